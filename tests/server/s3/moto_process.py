"""A local S3, STS, IAM and KMS with its authentication enforced, in a process of its own.

Run as a script it serves on a free port, prints that port, and ends when its standard input closes.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import botocore.session

from dwtui.server.s3.keys import KeyPair

ACCOUNT = "123456789012"
_numbers = count(1)
_session = botocore.session.Session()


@dataclass(frozen=True)
class World:
    """The running stand-in. What it makes is made as its root, by names that no other test uses."""

    url: str
    root: KeyPair

    def client(self, service: str, region: str = "us-east-1") -> Any:
        return _session.create_client(
            service,
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id=self.root.access_key,
            aws_secret_access_key=self.root.reveal(),
        )

    def bucket(self, **objects: bytes) -> str:
        name = f"lab-{next(_numbers):04}"
        s3 = self.client("s3")
        s3.create_bucket(Bucket=name)
        for key, body in objects.items():
            s3.put_object(Bucket=name, Key=key, Body=body)
        return name

    def user(self, *statements: dict[str, Any]) -> tuple[str, KeyPair]:
        """A new IAM user who may do that much: name and keys."""
        name = f"user-{next(_numbers):04}"
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
        page = self.client("s3").list_objects_v2(Bucket=bucket)
        return [entry["Key"] for entry in page.get("Contents", [])]

    def uploads_in(self, bucket: str) -> list[str]:
        page = self.client("s3").list_multipart_uploads(Bucket=bucket)
        return [entry["Key"] for entry in page.get("Uploads", [])]


@contextmanager
def running_world() -> Iterator[World]:
    """Start the process, make a root of its own, and turn authentication on."""
    process = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        url = process.stdout.readline().strip()
        world = World(url, KeyPair("AKIABEFOREALLOTHERS", "before-all-others"))
        _, root = world.user({"Effect": "Allow", "Action": "*", "Resource": "*"})
        request = urllib.request.Request(
            f"{url}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"}
        )
        urllib.request.urlopen(request).read()
        yield World(url, root)
    finally:
        process.stdin.close()
        process.wait(timeout=10)


def _serve() -> None:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    _serve()
