"""Builds the world, step by step, as much of it at once as does not depend on the rest."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
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
_DEFAULT_FOR_DOCUMENTS, _DEFAULT_FOR_DATA = "Documents", "Harmonized data"


class _Steps:
    """Counts the steps, and tells of each as it begins."""

    def __init__(self, total: int, tell: Callable[[Message], None]) -> None:
        self._done, self._total, self._tell = 0, total, tell

    def next(self, text: str) -> None:
        self._tell(Progress(self._done, self._total, text))
        self._done += 1
