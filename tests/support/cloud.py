"""A local AWS for tests: moto in a process of its own, its authentication on, with three accounts."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

ROOT = Path(__file__).parents[2]
REGION = "us-east-1"
EVERY_S3_ACTION = ("s3:*",)
READ_ONLY = ("s3:ListBucket", "s3:GetObject", "s3:GetBucketLocation")
LOOK_AT_ONESELF = {
    "Effect": "Allow",
    "Action": ["iam:GetUser", "iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:ListAccountAliases"],
    "Resource": "*",
}


@dataclass(frozen=True)
class Keys:
    """An access key id and its secret."""

    access_key: str
    secret_key: str = field(repr=False)

    def input(self) -> dict[str, str]:
        """As fields of the contract's inputs."""
        return {"accessKey": self.access_key, "secretKey": self.secret_key}


@dataclass(frozen=True)
class Place:
    """A bucket, and keys that do for it."""

    bucket: str
    keys: Keys
    account: str

    def input(self) -> dict[str, str]:
        """As fields of the contract's inputs."""
        return {"bucket": self.bucket, **self.keys.input()}


class Cloud:
    """Makes buckets and IAM users. The application itself belongs to `application_account`."""

    application_bucket = "dwtui-application"

    def __init__(self, endpoint: str, owners: dict[str, list[str]]) -> None:
        self.endpoint = endpoint
        self._owners = {account: Keys(*pair) for account, pair in owners.items()}
        self.application_account, self.account, self.other_account = owners
        self._clients: dict[tuple[str, str], Any] = {}
        self._numbers = count(1)
        self.client("iam").create_account_alias(AccountAlias="research")
        self.bucket(account=self.application_account, name=self.application_bucket)
        self.application_keys = self.user(self.application_bucket, account=self.application_account)

    def environment(self) -> dict[str, str]:
        """What the API's environment needs to take this for AWS, with an identity of its own."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": self.application_keys.access_key,
            "AWS_SECRET_ACCESS_KEY": self.application_keys.secret_key,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def client(self, service: str, account: str | None = None) -> Any:
        """A boto3 client with all rights in an account."""
        key = (service, account or self.account)
        if key not in self._clients:
            owner = self._owners[key[1]]
            self._clients[key] = boto3.client(
                service,
                endpoint_url=self.endpoint,
                region_name=REGION,
                aws_access_key_id=owner.access_key,
                aws_secret_access_key=owner.secret_key,
                config=Config(s3={"addressing_style": "path"}),
            )
        return self._clients[key]

    def bucket(self, *, account: str | None = None, name: str | None = None) -> str:
        """A new bucket."""
        name = name or f"bucket-{next(self._numbers)}"
        self.client("s3", account).create_bucket(Bucket=name)
        return name

    def user(
        self, bucket: str, *, actions: Sequence[str] = EVERY_S3_ACTION, account: str | None = None
    ) -> Keys:
        """The keys of a new IAM user who may do that in the bucket, look at the own keys, and nothing else."""
        iam, name = self.client("iam", account), f"user-{next(self._numbers)}"
        iam.create_user(UserName=name)
        resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": resources}
        document = {"Version": "2012-10-17", "Statement": [statement, LOOK_AT_ONESELF]}
        iam.put_user_policy(UserName=name, PolicyName="storage", PolicyDocument=json.dumps(document))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return Keys(key["AccessKeyId"], key["SecretAccessKey"])

    def allow_application(self, action: str) -> None:
        """Let the application's own identity do one thing more."""
        iam = self.client("iam", self.application_account)
        user = iam.get_access_key_last_used(AccessKeyId=self.application_keys.access_key)["UserName"]
        statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName=user, PolicyName=f"more-{next(self._numbers)}", PolicyDocument=document)

    def place(self, *, actions: Sequence[str] = EVERY_S3_ACTION, account: str | None = None) -> Place:
        """A new bucket with a new user who may use it."""
        bucket = self.bucket(account=account)
        return Place(bucket, self.user(bucket, actions=actions, account=account), account or self.account)

    def delete_keys(self, keys: Keys) -> None:
        """Delete a key pair, as somebody who tidies up the account would."""
        for account in self._owners:
            iam = self.client("iam", account)
            for user in iam.list_users()["Users"]:
                for key in iam.list_access_keys(UserName=user["UserName"])["AccessKeyMetadata"]:
                    if key["AccessKeyId"] == keys.access_key:
                        iam.delete_access_key(UserName=user["UserName"], AccessKeyId=keys.access_key)


@contextmanager
def running_cloud() -> Iterator[Cloud]:
    """The local AWS, until the block ends. It also ends when this process does, however that happens."""
    command = [sys.executable, "-m", "tests.support.cloud_process"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
            yield Cloud(ready["url"], ready["owners"])
        finally:
            process.stdin.close()
