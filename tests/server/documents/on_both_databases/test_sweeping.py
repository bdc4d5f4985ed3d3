"""What lies in a bucket without a version that accounts for it is removed: in time, not before, and for good."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dwtui.server.database.engine import Database
from dwtui.server.documents.janitor import sweep
from dwtui.server.ids import new_id
from dwtui.server.parts import Parts
from dwtui.server.secrets import open_cipher
from tests.support.cloud import Cloud, Place
from tests.support.documents import as_moment
from tests.support.transfers import make_document, upload
from tests.support.world import World

UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"


@pytest.fixture
def storage(world: World, place: Place) -> str:
    """The document storage of the own study."""
    storage: str = world.create_storage(place).value["id"]
    assert world.post(UPDATE, {"id": world.own_study, "input": {"documentBucket": storage}}).code == "OK"
    return storage


def swept(world: World) -> None:
    """One round of the janitor, as another process on the same database makes it."""

    async def once() -> None:
        settings = world.settings
        parts = Parts(Database(settings.database_url.get_secret_value()), open_cipher(settings), settings)
        try:
            await sweep(parts)
        finally:
            parts.transfers.close()
            await parts.database.close()

    asyncio.run(once())


def ago(world: World, **time: float) -> Any:
    return as_moment(world, datetime.now(UTC) - timedelta(**time))


def keys_in(cloud: Cloud, place: Place) -> list[str]:
    found = cloud.client("s3").list_objects_v2(Bucket=place.bucket)
    return [entry["Key"] for entry in found.get("Contents", [])]


def open_uploads(cloud: Cloud, place: Place) -> list[str]:
    found = cloud.client("s3").list_multipart_uploads(Bucket=place.bucket)
    return [entry["UploadId"] for entry in found.get("Uploads", [])]


def begin(world: World, cloud: Cloud, place: Place, storage: str, due: Any) -> str:
    """An upload that was begun: an object, an open multipart upload, and its row in the journal; its id."""
    version = new_id("FV")
    key = f"dewrangle/studies/{world.own_study}/uploads/{version}_a.csv"
    s3 = cloud.client("s3")
    s3.put_object(Bucket=place.bucket, Key=key, Body=b"x")
    upload_id = s3.create_multipart_upload(Bucket=place.bucket, Key=key)["UploadId"]
    world.sql(
        "INSERT INTO pending_objects (id, storage_id, key, upload_id, begun_at, due_at, abandoned) "
        "VALUES (:id, :storage, :key, :upload, :begun, :due, false)",
        id=version,
        storage=storage,
        key=key,
        upload=upload_id,
        begun=ago(world, hours=1),
        due=due,
    )
    return version


def journal(world: World, storage: str) -> list[str]:
    return [row[0] for row in world.sql("SELECT id FROM pending_objects WHERE storage_id = :id", id=storage)]


def test_versions_that_nobody_made_a_document_are_removed_after_a_day(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    old, young = (upload(world, b"x", name).value["id"] for name in ("old.csv", "young.csv"))
    made = make_document(world, b"x", "document.csv")
    for version in (old, made["version"]):
        world.sql("UPDATE versions SET created_at = :at WHERE id = :id", id=version, at=ago(world, hours=25))
    world.sql("UPDATE versions SET created_at = :at WHERE id = :id", id=young, at=ago(world, hours=23))

    swept(world)
    world.sql("UPDATE pending_objects SET due_at = :at", at=ago(world, minutes=1))
    swept(world)

    assert {key.rpartition("_")[2] for key in keys_in(cloud, place)} == {"young.csv", "document.csv"}
    gone = world.post("query ($id: ID!) { version(id: $id) { id } }", {"id": old})
    assert gone.code == "NOT_FOUND"
    assert journal(world, storage) == []
    late = world.post("mutation ($id: ID!) { createFile(input: { version: $id }) { id } }", {"id": old})
    assert late.code == "NOT_FOUND"


def test_what_a_dead_process_left_is_removed(world: World, cloud: Cloud, place: Place, storage: str) -> None:
    begin(world, cloud, place, storage, due=ago(world, seconds=1))
    alive = begin(world, cloud, place, storage, due=ago(world, minutes=-2))

    swept(world)

    assert journal(world, storage) == [alive]
    assert [key for key in keys_in(cloud, place) if alive not in key] == []
    assert len(open_uploads(cloud, place)) == 1


def test_what_can_not_be_removed_is_kept_in_mind(world: World, cloud: Cloud) -> None:
    place = cloud.place(actions=["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"])
    storage = world.create_storage(place).value["id"]
    stuck = begin(world, cloud, place, storage, due=ago(world, seconds=1))

    swept(world)

    [(due, abandoned)] = world.sql("SELECT due_at, abandoned FROM pending_objects WHERE id = :id", id=stuck)
    due = datetime.fromisoformat(due) if isinstance(due, str) else due
    due = due if due.tzinfo else due.replace(tzinfo=UTC)
    # it is an hour old, so it is tried again in an hour
    assert timedelta(minutes=55) < due - datetime.now(UTC) < timedelta(minutes=65)
    assert abandoned
    swept(world)
    assert journal(world, storage) == [stuck]
    world.sql("DELETE FROM pending_objects")


def test_what_lies_in_a_deleted_storage_is_forgotten(
    world: World, cloud: Cloud, place: Place, storage: str
) -> None:
    begin(world, cloud, place, storage, due=ago(world, seconds=1))
    world.post("mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }", {"id": storage})

    swept(world)

    assert journal(world, storage) == []
    assert len(keys_in(cloud, place)) == 1
