"""Gives an organization all it has: storages, studies, people with their roles."""

import asyncio
from collections.abc import Mapping

from dwtui.client.connection import Connection
from dwtui.demo.building.made import MadeOrganization
from dwtui.demo.building.mishaps import befall
from dwtui.demo.building.organizations import OrganizationBuilder
from dwtui.demo.building.steps import Steps
from dwtui.demo.cloud.keys import KeyPair
from dwtui.demo.sample.organizations import SampleOrganization
from dwtui.demo.sample.storages import SampleStorage

_AT_ONCE = 6


async def furnish(
    url: str, made: MadeOrganization, sample: SampleOrganization, pairs: Mapping[str, KeyPair], steps: Steps
) -> None:
    """Furnish an organization through the API at that URL, as its administrator."""
    async with Connection(url, made.tokens[sample.people[0].email]) as api:
        builder = OrganizationBuilder(api, made.id)
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def attach(storage: SampleStorage) -> None:
            async with at_once:
                steps.next(f"Verifying and attaching {storage.name}")
                await builder.attach(storage, pairs.get(storage.name))
                if storage.mishap:
                    befall(storage)
                    await builder.verify(storage.name)

        await asyncio.gather(*map(attach, sample.storages))
        if sample.defaults:
            steps.next("Creating studies, with people and their roles")
            await asyncio.gather(builder.verify_default(), builder.set_defaults(*sample.defaults))
        others = sample.people[1:]
        users = await asyncio.gather(*map(builder.add_member, others))
        await asyncio.gather(*map(builder.create_study, sample.studies))
        await asyncio.gather(
            *map(builder.give_storages, sample.studies),
            *(builder.give_studies(person, user) for person, user in zip(others, users, strict=True)),
        )
