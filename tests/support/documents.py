"""Documents put straight into the database, without bytes: for what counts, lists and moves them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dwtui.server.ids import new_id
from dwtui.server.names import name_key
from tests.support.world import World

VERSION = (
    "INSERT INTO versions (id, study_id, document_id, number, file_name, description, size, sha256, content_type, "
    "created_at, storage_id, key) VALUES (:id, :study, NULL, :number, :name, '', :size, :sha256, 'text/csv', "
    ":at, :storage, :key)"
)
DOCUMENT = (
    "INSERT INTO documents (id, study_id, name, name_key, description, file_type, tags, found_by, created_at, "
    "revision, latest_id) VALUES (:id, :study, :name, :key, '', 'OTH', '[]', '', :at, 1, :latest)"
)


def moment(world: World) -> Any:
    """This moment, as the world's database takes it in plain SQL."""
    now = datetime.now(UTC)
    sqlite = world.settings.database_url.get_secret_value().startswith("sqlite")
    return now.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else now


def add_documents(
    world: World, study: str, names: Sequence[str], *, storage: str, versions: int = 1, size: int = 1000
) -> list[str]:
    """New documents of a study with so many versions each, all of them in that storage; their ids."""
    rows: list[dict[str, Any]] = []
    documents: list[dict[str, Any]] = []
    at = moment(world)
    for name in names:
        document = new_id("SF")
        for number in range(1, versions + 1):
            version = new_id("FV")
            rows.append(
                {
                    "id": version,
                    "study": study,
                    "document": document,
                    "number": number,
                    "name": name,
                    "size": size,
                    "sha256": "0" * 64,
                    "at": at,
                    "storage": storage,
                    "key": f"dewrangle/studies/{study}/uploads/{version}_{name}",
                }
            )
        documents.append(
            {"id": document, "study": study, "name": name, "key": name_key(name), "at": at}
            | {"latest": rows[-1]["id"]}
        )
    world.sql(VERSION, *({name: value for name, value in row.items() if name != "document"} for row in rows))
    world.sql(DOCUMENT, *documents)
    world.sql(
        "UPDATE versions SET document_id = :document WHERE id = :id",
        *({"document": row["document"], "id": row["id"]} for row in rows),
    )
    return [document["id"] for document in documents]
