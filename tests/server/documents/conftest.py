"""A study whose documents lie in a storage that can misbehave."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.server.s3.fault_proxy import Proxy, running_proxy
from tests.support.cloud import Cloud, Place
from tests.support.world import World

UPDATE_STORAGES = (
    "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
)


@dataclass
class Shelf:
    """A study of a world, its document storage, and the way to S3 between API and bucket."""

    world: World
    cloud: Cloud
    place: Place
    proxy: Proxy
    study: str
    storage: str

    def objects(self) -> list[str]:
        """The keys in the bucket."""
        page = self.cloud.client("s3").list_objects_v2(Bucket=self.place.bucket)
        return [entry["Key"] for entry in page.get("Contents", [])]

    def open_uploads(self) -> list[str]:
        """The keys of multipart uploads that are open."""
        page = self.cloud.client("s3").list_multipart_uploads(Bucket=self.place.bucket)
        return [entry["Key"] for entry in page.get("Uploads", [])]

    def journal(self) -> list[Any]:
        """What the database knows of objects without a version."""
        return self.world.sql("SELECT id FROM pending_objects WHERE storage_id = :id", id=self.storage)

    def versions(self) -> list[Any]:
        """The versions of the study."""
        return self.world.sql("SELECT id FROM versions WHERE study_id = :id", id=self.study)

    def is_empty(self) -> bool:
        """Whether nothing is there: no version, nothing in the bucket, nothing to be looked after."""
        return not (self.versions() or self.objects() or self.open_uploads() or self.journal())


@pytest.fixture(scope="module")
def proxy(cloud: Cloud) -> Iterator[Proxy]:
    """The way to S3."""
    with running_proxy(cloud.endpoint) as proxy:
        yield proxy


@pytest.fixture
def shelf(shared_world: World, cloud: Cloud, proxy: Proxy) -> Iterator[Shelf]:
    """A new study with a new bucket, reached through the proxy."""
    place = cloud.place()
    storage = shared_world.create_storage(place, endpointUrl=proxy.url).value["id"]
    study = shared_world.create_study().value["id"]
    assert (
        shared_world.post(UPDATE_STORAGES, {"id": study, "input": {"documentBucket": storage}}).code == "OK"
    )
    proxy.asked.clear()
    yield Shelf(shared_world, cloud, place, proxy, study, storage)
    proxy.rules.clear()
