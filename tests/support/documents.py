"""Documents put straight into the database, without bytes: for what counts, lists and moves them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dwtui.server.ids import new_id
from dwtui.server.names import name_key
from tests.support.world import ADMINISTRATOR, World

VERSION = (
    "INSERT INTO versions (id, study_id, document_id, number, file_name, description, size, sha256, content_type, "
    "created_at, created_by_id, storage_id, key) "
    "VALUES (:id, :study, NULL, :number, :name, '', :size, :sha256, 'text/csv', :at, :by, :storage, :key)"
)
DOCUMENT = (
    "INSERT INTO documents (id, study_id, name, name_key, description, file_type, tags, found_by, created_at, "
    "created_by_id, revision, latest_id) "
    "VALUES (:id, :study, :name, :key, '', 'OTH', '[]', '', :at, :by, 1, :latest)"
)


def as_moment(world: World, when: datetime) -> Any:
    """A moment, as the world's database takes it in plain SQL."""
    sqlite = world.settings.database_url.get_secret_value().startswith("sqlite")
    return when.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else when


def moment(world: World) -> Any:
    """This moment, as the world's database takes it in plain SQL."""
    return as_moment(world, datetime.now(UTC))


def add_version(world: World, study: str, name: str, *, storage: str, size: int = 1000) -> str:
    """A new version that belongs to no document yet; its id."""
    row = _version(world, study, name, 1, storage, size)
    world.sql(VERSION, row)
    version: str = row["id"]
    return version


def key_of(study: str, version: str, name: str) -> str:
    """The key of a version below its storage's prefix."""
    return f"dewrangle/studies/{study}/uploads/{version}_{name}"


def _version(world: World, study: str, name: str, number: int, storage: str, size: int) -> dict[str, Any]:
    version = new_id("FV")
    return {
        "id": version,
        "study": study,
        "number": number,
        "name": name,
        "size": size,
        "sha256": "0" * 64,
        "at": moment(world),
        "by": world.people.users[ADMINISTRATOR],
        "storage": storage,
        "key": key_of(study, version, name),
    }


def add_documents(
    world: World, study: str, names: Sequence[str], *, storage: str, versions: int = 1, size: int = 1000
) -> list[str]:
    """New documents of a study with so many versions each, all of them in that storage; their ids."""
    rows: list[dict[str, Any]] = []
    documents: list[dict[str, Any]] = []
    owners: list[dict[str, str]] = []
    for name in names:
        of_document = [
            _version(world, study, name, number, storage, size) for number in range(1, versions + 1)
        ]
        document = {
            "id": new_id("SF"),
            "study": study,
            "name": name,
            "key": name_key(name),
            "at": moment(world),
            "by": world.people.users[ADMINISTRATOR],
            "latest": of_document[-1]["id"],
        }
        rows += of_document
        documents.append(document)
        owners += [{"document": document["id"], "id": row["id"]} for row in of_document]
    world.sql(VERSION, *rows)
    world.sql(DOCUMENT, *documents)
    world.sql("UPDATE versions SET document_id = :document WHERE id = :id", *owners)
    return [document["id"] for document in documents]
