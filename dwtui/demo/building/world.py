"""Builds the world, step by step, as much of it at once as does not depend on the rest."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dwtui.client.connection import Connection
from dwtui.demo.api_process import Address, ApiProcess
from dwtui.demo.building.installation import Installation
from dwtui.demo.building.organizations import OrganizationBuilder
from dwtui.demo.cloud.keys import KeyPair, new_key_pair
from dwtui.demo.cloud.port import listening_socket
from dwtui.demo.environment import aws_environment, clean_environment
from dwtui.demo.messages import Message, Progress, Ready
from dwtui.demo.sample.people import NEIGHBOUR_ORGANIZATION, NEIGHBOURS, ORGANIZATION, PEOPLE, SamplePerson
from dwtui.demo.sample.storages import NEIGHBOUR_STORAGES, STORAGES, SampleStorage
from dwtui.demo.sample.studies import NEIGHBOUR_STUDIES, STUDIES, SampleStudy

_REGION = "us-east-1"
_AT_ONCE = 6


@dataclass(frozen=True)
class _Sample:
    """One organization of the sample, and which storages its studies begin with."""

    name: str
    people: Sequence[SamplePerson]
    storages: Sequence[SampleStorage]
    studies: Sequence[SampleStudy]
    defaults: tuple[str, str] | None = None


_LANTERN = _Sample(ORGANIZATION, PEOPLE, STORAGES, STUDIES, ("Documents", "Harmonized data"))
_NEIGHBOUR = _Sample(NEIGHBOUR_ORGANIZATION, NEIGHBOURS, NEIGHBOUR_STORAGES, NEIGHBOUR_STUDIES)


class _Steps:
    """Counts the steps, and tells of each as it begins."""

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
    """Build the world in that folder and this process. `look_after` gets the API's process, to end it."""
    steps = _Steps(len(STORAGES) + len(NEIGHBOUR_STORAGES) + 6, tell)
    steps.next("Starting the API")
    listening, application_pair = listening_socket(), new_key_pair()
    endpoint = "http://{}:{}".format(*listening.getsockname())
    installation = Installation.create(folder)
    environment = {
        **clean_environment(),
        **installation.environment,
        **aws_environment(folder, endpoint, _REGION, application_pair),
    }
    api = ApiProcess(address, environment, folder)
    look_after(api)
    api.start()
    starting = asyncio.create_task(asyncio.to_thread(api.wait_until_ready))

    steps.next("Starting a local AWS")
    # moto and the database's libraries take a second each to import; the API does the same meanwhile.
    from dwtui.demo.building.cloud import fill_cloud
    from dwtui.demo.cloud.server import CloudServer

    CloudServer(listening).start()
    steps.next("Filling buckets")
    cloud = fill_cloud(application_pair)
    steps.next("Creating the organizations")
    from dwtui.demo.building.operating import allow_places, create_first_organization, create_organization

    lantern = await create_first_organization(installation.settings, _LANTERN.name, _LANTERN.people)
    neighbour = await create_organization(installation.settings, _NEIGHBOUR.name, _NEIGHBOUR.people)
    await allow_places(installation.settings, lantern.id, _LANTERN.storages)
    url = await starting
    await asyncio.gather(
        _furnish(url, lantern, _LANTERN, cloud.pairs, steps),
        _furnish(url, neighbour, _NEIGHBOUR, cloud.pairs, steps),
    )
    steps.next("Done")
    tell(Ready(url, lantern.tokens, lantern.id, endpoint, cloud.trials))


async def _furnish(
    url: str, made: "NewOrganization", sample: _Sample, pairs: Mapping[str, KeyPair], steps: _Steps
) -> None:
    """Give an organization all it has, as its administrator."""
    async with Connection(url, made.administrator_token) as api:
        builder = OrganizationBuilder(api, made.id)
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def attach(storage: SampleStorage) -> None:
            async with at_once:
                steps.next(f"Attaching and verifying {storage.name}")
                await builder.attach(storage, pairs.get(storage.name))

        async def verify_again(storage: SampleStorage) -> None:
            befall(storage)
            await builder.verify(storage.name)

        users = dict(zip(sample.people[1:], await asyncio.gather(*map(builder.add_member, sample.people[1:])), strict=True))
        await asyncio.gather(*map(attach, sample.storages), builder.verify_default())
        if sample.defaults:
            await builder.set_defaults(*sample.defaults)
        await asyncio.gather(*map(builder.create_study, sample.studies))
        await asyncio.gather(
            *map(builder.give_storages, sample.studies),
            *(builder.give_studies(person, user) for person, user in users.items()),
            *(verify_again(storage) for storage in sample.storages if storage.mishap),
        )
