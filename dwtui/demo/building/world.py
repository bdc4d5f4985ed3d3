"""Builds the world, step by step, as much of it at once as depends on nothing else."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from dwtui.client.connection import Connection
from dwtui.demo.api_process import Address, ApiProcess
from dwtui.demo.building.operating import Operator
from dwtui.demo.building.organizations import OrganizationBuilder
from dwtui.demo.cloud.keys import KeyPair, new_key_pair
from dwtui.demo.cloud.port import listening_socket
from dwtui.demo.environment import aws_environment, clean_environment
from dwtui.demo.messages import Message, Progress, Ready
from dwtui.demo.sample.accounts import APPLICATION_BUCKET
from dwtui.demo.sample.people import NEIGHBOUR_ORGANIZATION, NEIGHBOURS, ORGANIZATION, PEOPLE, SamplePerson
from dwtui.demo.sample.storages import NEIGHBOUR_STORAGES, STORAGES, SampleStorage
from dwtui.demo.sample.studies import NEIGHBOUR_STUDIES, STUDIES, SampleStudy

_REGION = "us-east-1"


class _Steps:
    """Counts the steps and tells of each."""

    def __init__(self, total: int, tell: Callable[[Message], None]) -> None:
        self._done, self._total, self._tell = 0, total, tell

    def next(self, text: str) -> None:
        self._tell(Progress(self._done, self._total, text))
        self._done += 1


async def build(
    folder: Path,
    address: Address,
    tell: Callable[[Message], None],
    look_after: Callable[[ApiProcess], None],
) -> None:
    """Build the world in this process and that folder. `look_after` gets the API's process as it starts."""
    steps = _Steps(len(STORAGES) + 7, tell)
    steps.next("Starting the API and a local AWS")
    listening, pair = listening_socket(), new_key_pair()
    endpoint = "http://{}:{}".format(*listening.getsockname())
    api = ApiProcess(address, _environment(folder, endpoint, pair), folder)
    look_after(api)
    api.start()
