"""A local AWS in a process of its own, filled by hand, spoken to by boto3 through its port."""

import json
import multiprocessing
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config

from dwtui.demo.cloud import accounts
from dwtui.demo.cloud.keys import KeyPair, new_key_pair
from dwtui.demo.cloud.port import listening_socket
from dwtui.demo.cloud.server import CloudServer

Caller = Callable[..., Any]
ClientMaker = Callable[..., Any]


class Cloud:
    """The process: `call` runs a function of the cloud in it."""

    def __init__(self, call: Caller) -> None:
        self.call = call
        self.endpoint: str = call(_serve)


def _serve() -> str:
    listening = listening_socket()
    CloudServer(listening).start()
    globals()["_kept"] = listening
    return "http://{}:{}".format(*listening.getsockname())


@pytest.fixture(scope="session")
def cloud() -> Iterator[Cloud]:
    # moto is one per process, and other tests have their own.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield Cloud(lambda function, *arguments, **named: pool.apply(function, arguments, named))


@pytest.fixture
def client(cloud: Cloud) -> ClientMaker:
    def make(service: str, pair: KeyPair, region: str = "us-east-1") -> Any:
        return boto3.client(
            service,
            endpoint_url=cloud.endpoint,
            region_name=region,
            aws_access_key_id=pair.access_key,
            aws_secret_access_key=pair.secret_key,
            config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    return make


@pytest.fixture
def user(cloud: Cloud) -> Callable[..., KeyPair]:
    def make(account: str, name: str, *statements: dict[str, Any], age: int = 3) -> KeyPair:
        pair = new_key_pair()
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        policies = {"storage": document} if statements else {}
        cloud.call(accounts.create_user, account, name, policies, pair, timedelta(days=age))
        return pair

    return make
