"""Migrations: forwards, from every earlier revision, to exactly the tables that the code knows; one at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from dwtui.server.database.engine import Database, UnsupportedDatabaseError
from dwtui.server.database.migrate import NewerDatabaseError, migrate, revisions
from dwtui.server.database.tables import metadata
from tests.support.api import ApiProcess, api_process, settings_for
from tests.support.cloud import Cloud
from tests.support.databases import PostgreSQL, run_sql, sqlite_database
from tests.support.world import build_world, make_people


@pytest.fixture
def empty_database(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if database_kind == "sqlite":
        return sqlite_database(tmp_path)
    url: str = request.getfixturevalue("postgresql").new_database()
    return url


def differences(url: str, *steps: str) -> list[Any]:
    """What the database lacks or has too much, after migrating to those revisions one after the other."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async def run() -> list[Any]:
        database = Database(url)
        try:
            for step in steps:
                await migrate(database, step)
            async with database.engine.connect() as connection:
                return await connection.run_sync(compare)
        finally:
            await database.close()

    return asyncio.run(run())


@pytest.mark.parametrize("revision", revisions())
def test_from_every_earlier_revision_to_the_tables_of_today(empty_database: str, revision: str) -> None:
    assert differences(empty_database, revision, "head", "head") == []


def test_what_is_there_stays_and_gets_documents(empty_database: str) -> None:
    differences(empty_database, "0001")
    at = (
        datetime(2026, 8, 1, tzinfo=UTC)
        if empty_database.startswith("postgresql")
        else "2026-08-01 00:00:00.000000"
    )
    run_sql(
        empty_database,
        "INSERT INTO organizations (id, name, name_key, created_at, revision) "
        "VALUES ('OR_00000001', 'Rare Kids', 'rare kids', :at, 1)",
        at=at,
    )
    run_sql(
        empty_database,
        "INSERT INTO storage_backends (id, organization_id, name, name_key, bucket, prefix, location_key, "
        "for_documents, for_data, is_default, blank_keys, created_at, revision) VALUES ('SB_00000001', 'OR_00000001', "
        "'Default', 'default', 'bucket', '', ' bucket', true, true, true, true, :at, 1)",
        at=at,
    )
    run_sql(
        empty_database,
        "INSERT INTO studies (id, organization_id, name, name_key, document_storage_id, created_at, revision) "
        "VALUES ('SD_00000001', 'OR_00000001', 'Tumours', 'tumours', 'SB_00000001', :at, 3)",
        at=at,
    )

    assert differences(empty_database, "head") == []

    run_sql(
        empty_database,
        "INSERT INTO versions (id, study_id, number, file_name, description, size, content_type, created_at, "
        "storage_id, key) VALUES ('FV_00000001', 'SD_00000001', 1, 'a.csv', '', 5000000000, 'text/csv', :at, "
        "'SB_00000001', 'dewrangle/a.csv')",
        at=at,
    )
    assert run_sql(
        empty_database,
        "SELECT studies.name, studies.revision, versions.size FROM studies "
        "JOIN versions ON versions.study_id = studies.id AND versions.storage_id = studies.document_storage_id",
    ) == [("Tumours", 3, 5_000_000_000)]


def test_the_comparison_would_notice(empty_database: str) -> None:
    differences(empty_database, "head")
    run_sql(empty_database, "ALTER TABLE users ADD COLUMN shoe_size INTEGER")

    assert differences(empty_database) != []


def test_a_newer_database_is_left_alone(empty_database: str) -> None:
    differences(empty_database, "head")
    run_sql(empty_database, "UPDATE alembic_version SET version_num = 'from_the_future'")

    with pytest.raises(NewerDatabaseError, match="newer"):
        differences(empty_database, "head")

    assert run_sql(empty_database, "SELECT version_num FROM alembic_version") == [("from_the_future",)]


def test_an_api_does_not_start_on_a_newer_database(cloud: Cloud, tmp_path: Path, database_kind: str) -> None:
    if database_kind != "sqlite":
        pytest.skip("one database shows it")
    settings = settings_for(sqlite_database(tmp_path), tmp_path)
    url = settings.database_url.get_secret_value()
    differences(url, "head")
    run_sql(url, "UPDATE alembic_version SET version_num = 'from_the_future'")
    log = tmp_path / "log"

    process = ApiProcess(settings, cloud.environment(), log)

    assert process.process.wait(timeout=60) != 0
    assert "Run that newer version" in log.read_text()
    assert "Traceback" not in log.read_text()


def test_two_processes_that_start_at_once_migrate_once(
    cloud: Cloud, tmp_path: Path, postgresql: PostgreSQL, database_kind: str
) -> None:
    if database_kind == "sqlite":
        pytest.skip("SQLite serves one process")
    settings = settings_for(postgresql.new_database(), tmp_path)

    with ExitStack() as stack:
        opening = [
            api_process(settings, cloud.environment(), tmp_path / f"log-{number}") for number in range(2)
        ]
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(stack.enter_context, opening)
        world = build_world(settings, one.client, make_people(settings))
        study = world.create_study(name="Seen by both").value["id"]
        query = "query ($id: ID!) { study(id: $id) { name } }"
        token = world.people.tokens["administrator"]
        assert other.client.post(query, {"id": study}, token).value == {"name": "Seen by both"}

    versions = run_sql(settings.database_url.get_secret_value(), "SELECT version_num FROM alembic_version")
    assert versions == [(revisions()[-1],)]


@pytest.mark.parametrize("url", ["mysql://host/name", "oracle://host", "sqlite+pysqlcipher://"])
def test_other_databases_are_refused(url: str) -> None:
    if url.startswith("sqlite"):
        assert Database(url).is_sqlite  # whatever driver was named, ours is used
        return
    with pytest.raises(UnsupportedDatabaseError, match="not a database dwtui runs on"):
        Database(url)


def test_a_database_does_not_show_its_password() -> None:
    database = Database("postgresql://dwtui:hunter22@host/name")

    assert "hunter22" not in repr(database)
