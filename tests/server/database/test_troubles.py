"""A database file that others may not read, and one that can not be written for a while: told so, nothing lost."""

import resource
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from tests.support.api import ApiProcess
from tests.support.databases import run_sql, sqlite_database
from tests.support.world import ADMINISTRATOR, World, build_world, make_people

LONG_AGO = "UPDATE tokens SET last_used_at = '2020-01-01 00:00:00.000000'"


@pytest.fixture(scope="module")
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def apart(api_apart: ApiProcess) -> World:
    """An organization in an API process of its own."""
    return build_world(api_apart.settings, api_apart.client, make_people(api_apart.settings))


def test_a_new_database_is_its_owners_alone(apart: World) -> None:
    path = Path(apart.settings.database_url.get_secret_value().removeprefix("sqlite:///"))
    beside = sorted(path.parent.glob(f"{path.name}*"))
    assert [file.suffix for file in beside] == [".sqlite3", ".sqlite3-shm", ".sqlite3-wal"]
    assert {file.stat().st_mode & 0o777 for file in beside} == {0o600}


def test_a_database_that_others_could_read_is_taken_from_them(tmp_path: Path) -> None:
    url = sqlite_database(tmp_path)
    path = Path(url.removeprefix("sqlite:///"))
    run_sql(url, "CREATE TABLE things (id INTEGER)")
    journal = path.with_name(f"{path.name}-wal")
    journal.touch()
    for file in (path, journal):
        file.chmod(0o644)
    with closing(connect(path)) as reader:  # which keeps SQLite from removing the journal
        reader.execute("SELECT * FROM things")
        run_sql(url, "INSERT INTO things VALUES (1)")
        assert {file.stat().st_mode & 0o777 for file in (path, journal)} == {0o600}


def test_a_full_disk_is_told_and_what_was_saved_can_be_read(api_apart: ApiProcess, apart: World) -> None:
    apart.sql(LONG_AGO)  # so that the next request would note that its token was used
    process = api_apart.process.pid
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1, before[1]))  # no file may grow, as on a full disk
    try:
        assert "Own study" in str(
            apart.post("query ($id: ID!) { study(id: $id) { name } }", {"id": apart.own_study}).body
        )
        refused = apart.create_study(name="Too much")
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
    assert refused.code == "INTERNAL"
    assert "no room left" in refused.message
    assert "nothing was saved" in refused.message

    assert apart.create_study(name="Too much", by=ADMINISTRATOR).code == "OK"
    assert [line["subjectName"] for line in apart.activity(action="study.create")].count("Too much") == 1
