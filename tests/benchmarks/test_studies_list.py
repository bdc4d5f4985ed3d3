"""A list of 5,000 studies with documents against one of 50, in one API process: the time of a page."""

import asyncio
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from dwtui.client.generated.operations import STUDIES_GQL
from dwtui.server import clock
from dwtui.server.database.engine import Database
from dwtui.server.documents.rows import DocumentRow, FileType, VersionRow
from dwtui.server.ids import new_id
from dwtui.server.operating.people import initialise, make_organization
from dwtui.server.settings import ServerSettings
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyDataStorageRow, StudyRow
from tests.support.api import api_process, settings_for
from tests.support.cloud import Cloud

ROUNDS = 15
DOCUMENTS = 10
VERSIONS = 2
EMAIL = "ada@example.org"
COUNTED = """
query ($organization: ID!, $search: String, $problem: StudyProblem) {
  allStudies(organization: $organization, first: 50, search: $search, problem: $problem) {
    totalCount
    edges { node {
      id name documentStorage { name healthy } dataStorage { name healthy }
      documentCount { documents versions bytes } strandedCount { documents versions bytes }
    } }
  }
}
"""


async def fill(settings: ServerSettings, organization_id: str, studies: int) -> None:
    """Studies with documents of two versions each; every hundredth has one that is stranded."""
    database = Database(settings.database_url.get_secret_value())
    moment = clock.now()
    rows: dict[type[Any], list[dict[str, Any]]] = {
        StudyRow: [],
        StudyDataStorageRow: [],
        VersionRow: [],
        DocumentRow: [],
    }
    owners = []
    async with database.read() as session:
        storage = await session.scalar(
            select(StorageBackendRow.id).where(StorageBackendRow.organization_id == organization_id)
        )
    for number in range(studies):
        study, name = new_id("SD"), f"Study {number:05d}"
        rows[StudyRow].append(
            {"id": study, "organization_id": organization_id, "name": name, "name_key": name.lower()}
            | {"document_storage_id": storage, "created_at": moment, "revision": 1}
        )
        rows[StudyDataStorageRow].append({"study_id": study, "storage_id": storage, "position": 0})
        for index in range(DOCUMENTS):
            document, file_name = new_id("SF"), f"manifest-{index}.csv"
            lies = "SB_ELSEWHER" if index == 0 and number % 100 == 0 else storage
            for version_number in range(1, VERSIONS + 1):
                version = new_id("FV")
                owners.append((version, document))
                rows[VersionRow].append(
                    {"id": version, "study_id": study, "number": version_number, "file_name": file_name}
                    | {"description": "", "size": 1000, "content_type": "text/csv", "created_at": moment}
                    | {"storage_id": lies, "key": f"dewrangle/studies/{study}/uploads/{version}_{file_name}"}
                )
            rows[DocumentRow].append(
                {"id": document, "study_id": study, "name": file_name, "name_key": file_name}
                | {"description": "", "file_type": FileType.OTH, "tags": [], "found_by": ""}
                | {"created_at": moment, "revision": 1, "latest_id": version}
            )
    async with database.change() as session:
        for kind, values in rows.items():
            await session.execute(insert(kind), values)
        await session.execute(
            update(VersionRow), [{"id": version, "document_id": document} for version, document in owners]
        )
    await database.close()


@pytest.mark.benchmark
def test_a_page_of_many_studies(cloud: Cloud, tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'db.sqlite'}", tmp_path)
    first = asyncio.run(initialise(settings, organization="Few", name="Ada", email=EMAIL, days=1))
    many = asyncio.run(make_organization(settings, name="Many", administrator_email=EMAIL)).id
    few = first.organization_id
    asyncio.run(fill(settings, few, 50))
    asyncio.run(fill(settings, many, 5000))
    asked: dict[str, tuple[str, Mapping[str, Any]]] = {
        "as the screen asks": (STUDIES_GQL, {"first": 50}),
        "with all counts": (COUNTED, {}),
        "with a search": (COUNTED, {"search": "000"}),
        "with stranded documents": (COUNTED, {"problem": "STRANDED_DOCUMENTS"}),
    }
    with api_process(settings, cloud.environment(), tmp_path / "log") as api:
        for what, (document, variables) in asked.items():
            times: dict[str, list[float]] = {few: [], many: []}
            for _ in range(ROUNDS):
                for organization, taken in times.items():
                    begun = time.perf_counter()
                    answer = api.client.post(
                        document, {"organization": organization, **variables}, first.token.secret
                    )
                    taken.append(time.perf_counter() - begun)
                    assert answer.code == "OK", answer.body
            slow, quick = statistics.median(times[many]), statistics.median(times[few])
            print(f"\n{what}: {slow * 1000:.0f} ms of 5,000 studies, {slow / quick:.2f} × of 50 (budget 1.5)")
