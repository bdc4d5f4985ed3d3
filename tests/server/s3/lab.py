"""Buckets and IAM users in the local AWS, as the tests of probes need them."""

import json
from itertools import count
from typing import Any

from dwtui.server.s3.keys import KeyPair
from tests.support.cloud import Cloud


class Lab:
    """One account of the local AWS. `root` may do everything there."""

    def __init__(self, cloud: Cloud) -> None:
        self.url = cloud.endpoint
        self.account = cloud.account
        self.client = cloud.client
        self.bucket = cloud.bucket
        self._numbers = count(1)
        _, self.root = self.user({"Effect": "Allow", "Action": "*", "Resource": "*"})

    def user(self, *statements: dict[str, Any]) -> tuple[str, KeyPair]:
        """A new IAM user who may do that much: name and keys."""
        name = f"lab-user-{next(self._numbers)}"
        iam = self.client("iam")
        iam.create_user(UserName=name)
        if statements:
            self.allow(name, *statements)
        made = iam.create_access_key(UserName=name)["AccessKey"]
        return name, KeyPair(made["AccessKeyId"], made["SecretAccessKey"])

    def allow(self, user: str, *statements: dict[str, Any]) -> None:
        """Give the user these statements in place of what they had."""
        document = {"Version": "2012-10-17", "Statement": list(statements)}
        self.client("iam").put_user_policy(
            UserName=user, PolicyName="storage", PolicyDocument=json.dumps(document)
        )

    def keys_in(self, bucket: str) -> list[str]:
        """The objects of a bucket."""
        page = self.client("s3").list_objects_v2(Bucket=bucket)
        return [entry["Key"] for entry in page.get("Contents", [])]

    def uploads_in(self, bucket: str) -> list[str]:
        """The keys of a bucket's open multipart uploads."""
        page = self.client("s3").list_multipart_uploads(Bucket=bucket)
        return [entry["Key"] for entry in page.get("Uploads", [])]
