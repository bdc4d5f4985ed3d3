"""A local S3, STS and IAM whose authentication is enforced, with a few buckets and IAM users."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

APPLICATION_BUCKET = "dwtui-application"
REGION = "us-east-1"


@dataclass(frozen=True)
class Keys:
    """The keys of an IAM user."""

    access: str
    secret: str


@dataclass(frozen=True)
class Cloud:
    """The endpoint, and IAM users by name: `application`, `curator` (may do all), `reader` (may not write)."""

    url: str
    users: Mapping[str, Keys]


@contextmanager
def cloud(buckets: list[str]) -> Iterator[Cloud]:
    """Run it with these buckets beside the application's."""
    import logging

    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        session = boto3.Session("any", "any", region_name=REGION)
        s3, iam = (session.client(name, endpoint_url=url) for name in ("s3", "iam"))
        for bucket in [APPLICATION_BUCKET, *buckets]:
            s3.create_bucket(Bucket=bucket)
        users = {
            "application": _user(iam, "application", [_allow(["s3:*", "iam:GetUser"], "*")]),
            "curator": _user(iam, "curator", [_allow(["s3:*"], "arn:aws:s3:::lab-*")]),
            "reader": _user(iam, "reader", [_allow(["s3:Get*", "s3:List*"], "arn:aws:s3:::lab-*")]),
        }
        request = urllib.request.Request(f"{url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})
        urllib.request.urlopen(request).close()
        yield Cloud(url, users)
    finally:
        server.stop()


def _user(iam: Any, name: str, statements: list[dict[str, Any]]) -> Keys:
    iam.create_user(UserName=name)
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_user_policy(UserName=name, PolicyName="it", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return Keys(key["AccessKeyId"], key["SecretAccessKey"])


def _allow(actions: list[str], resource: str) -> dict[str, Any]:
    resources = [resource] if resource == "*" else [resource, f"{resource}/*"]
    return {"Effect": "Allow", "Action": actions, "Resource": resources}
