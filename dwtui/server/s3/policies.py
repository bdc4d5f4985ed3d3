"""The least that an IAM user must be allowed, as IAM policy statements."""

import json
import re
from collections.abc import Collection
from typing import Any

from dwtui.server.s3.location import Location, partition_of
from dwtui.server.s3.results import StorageUse

Statement = dict[str, Any]

DOCUMENT_ACTIONS = (
    "s3:GetObject",
    "s3:GetObjectTagging",
    "s3:PutObject",
    "s3:PutObjectTagging",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
)
DATA_ACTIONS = ("s3:GetObject", "s3:GetObjectTagging")
INTROSPECTION_ACTIONS = ("iam:GetUser", "iam:ListAccessKeys", "iam:GetAccessKeyLastUsed")

_KMS_KEY = re.compile(r"arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\d{12}):key/[A-Za-z0-9-]{1,64}")


def policy_document(
    location: Location,
    uses: Collection[StorageUse],
    *,
    kms_key_arn: str | None = None,
    introspection: bool = True,
    account_id: str | None = None,
) -> dict[str, Any]:
    """The least-privilege policy for those uses of a location."""
    statements = [list_statement(location, uses)]
    if StorageUse.DOCUMENTS in uses:
        statements.append(documents_statement(location))
    if StorageUse.DATA in uses:
        statements.append(data_statement(location))
    if kms_key_arn:
        statements.append(kms_statement(kms_key_arn, uses, location.region))
    if introspection:
        statements += introspection_statements(location.partition, account_id)
    return document_of(statements)


def document_of(statements: list[Statement]) -> dict[str, Any]:
    """A policy document of these statements."""
    return {"Version": "2012-10-17", "Statement": statements}


def list_statement(location: Location, uses: Collection[StorageUse]) -> Statement:
    """May list the bucket below the prefix; the documents' folder alone when no data are to be found."""
    statement: Statement = {
        "Sid": "ListBelowPrefix",
        "Effect": "Allow",
        "Action": ["s3:ListBucket"],
        "Resource": [location.bucket_arn],
    }
    folder = location.folder if StorageUse.DATA in uses else location.documents_folder
    if folder:
        # Without a prefix there is no condition: a listing without a prefix would never meet it.
        statement["Condition"] = {"StringLike": {"s3:prefix": [f"{literal(folder)}*"]}}
    return statement


def documents_statement(location: Location, actions: Collection[str] = DOCUMENT_ACTIONS) -> Statement:
    """May read and write the objects of documents."""
    return {
        "Sid": "KeepDocuments",
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": [f"{location.bucket_arn}/{literal(location.documents_folder)}*"],
    }


def data_statement(location: Location, actions: Collection[str] = DATA_ACTIONS) -> Statement:
    """May read the objects of data files."""
    return {
        "Sid": "ReadData",
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": [f"{location.bucket_arn}/{literal(location.folder)}*"],
    }


def kms_statement(
    key_arn: str,
    uses: Collection[StorageUse],
    region: str | None = None,
    actions: Collection[str] | None = None,
) -> Statement:
    """May use a customer's KMS key, through S3 only. The region is that of the key when none is given.

    Raises ValueError when the ARN is not that of a key.
    """
    if problems := kms_key_problems(key_arn):
        raise ValueError(problems[0])
    if actions is None:
        actions = ("kms:GenerateDataKey", "kms:Decrypt") if StorageUse.DOCUMENTS in uses else ("kms:Decrypt",)
    region = region or kms_key_region(key_arn)
    domain = "amazonaws.com.cn" if partition_of(region) == "aws-cn" else "amazonaws.com"
    return {
        "Sid": "UseKey",
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": [key_arn],
        "Condition": {"StringEquals": {"kms:ViaService": f"s3.{region}.{domain}"}},
    }


def introspection_statements(partition: str = "aws", account_id: str | None = None) -> list[Statement]:
    """May see the age and use of its own keys, and the account's alias."""
    return [
        {
            "Sid": "SeeOwnKeys",
            "Effect": "Allow",
            "Action": list(INTROSPECTION_ACTIONS),
            "Resource": [f"arn:{partition}:iam::{account_id or '*'}:user/${{aws:username}}"],
        },
        {
            "Sid": "SeeAccountAlias",
            "Effect": "Allow",
            "Action": ["iam:ListAccountAliases"],
            "Resource": ["*"],
        },
    ]


def kms_key_problems(key_arn: str) -> list[str]:
    """What is wrong with the ARN of a KMS key, in words."""
    if _KMS_KEY.fullmatch(key_arn):
        return []
    return [
        "A KMS key is named by its ARN, such as arn:aws:kms:us-east-1:111122223333:key/…; not by an alias."
    ]


def kms_key_region(key_arn: str) -> str | None:
    """The region in the ARN of a KMS key."""
    match = _KMS_KEY.fullmatch(key_arn)
    return match.group(2) if match else None


def as_json(policy: Any, *, indent: int | None = 2) -> str:
    """A policy or statement as JSON text, in ASCII."""
    return json.dumps(policy, indent=indent)


def literal(text: str) -> str:
    """A text in which IAM sees no wildcards and no variables: `*`, `?` and `${` stand for themselves."""
    return re.sub(r"[*?]|\$(?=\{)", lambda match: f"${{{match.group()}}}", text)
