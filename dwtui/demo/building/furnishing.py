"""Gives an organization all it has: storages, studies, people with their roles."""

import asyncio
from collections.abc import Mapping

from dwtui.client.connection import Connection
from dwtui.demo.building.documents import DocumentUploader
from dwtui.demo.building.made import MadeOrganization
from dwtui.demo.building.mishaps import befall
from dwtui.demo.building.organizations import OrganizationBuilder
from dwtui.demo.building.steps import Steps
from dwtui.demo.cloud.keys import KeyPair
from dwtui.demo.sample.organizations import SampleOrganization
from dwtui.demo.sample.storages import SampleStorage
from dwtui.demo.sample.studies import SampleStudy

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

        await asyncio.gather(*map(attach, (*sample.storages, *sample.departed)))
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
        if sample.documents:
            steps.next("Uploading documents")
            await _upload_documents(url, made, sample, builder)


async def _upload_documents(
    url: str, made: MadeOrganization, sample: SampleOrganization, builder: OrganizationBuilder
) -> None:
    """Upload what there was before studies were given other storages, then give them, then upload the rest."""
    uploader = DocumentUploader(url, made.tokens)
    departed = {storage.name: storage for storage in sample.departed}

    async def fill(study: SampleStudy) -> None:
        id = builder.studies[study.code]
        of_study = [document for document in sample.documents if document.study == study.code]
        await uploader.upload(id, [document for document in of_study if not document.afterwards])
        if study.formerly in departed:
            await builder.delete(departed[study.formerly])
        if study.formerly is not None:
            await builder.move_on(study)
        await uploader.upload(id, [document for document in of_study if document.afterwards])

    try:
        await asyncio.gather(*map(fill, sample.studies))
    finally:
        await uploader.aclose()
