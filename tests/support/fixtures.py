"""Fixtures for everybody: the cloud, databases, a running API, a world in it.

`cloud` and `postgresql` start once a session. `api` is made once a module, on a database of its own with nothing but
the people in it: SQLite, unless the module (or its conftest) overrides `database_kind`. `people` are users, one a role;
`world` is a new organization of theirs for each test, `shared_world` one for the module.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from dwtui.server.s3.identity import _session
from dwtui.server.settings import ServerSettings
from tests.support.api import ApiProcess, api_in_thread, api_process, settings_for
from tests.support.cloud import Cloud, Place, running_cloud
from tests.support.databases import PostgreSQL, running_postgresql, sqlite_database
from tests.support.graphql import GraphQLClient
from tests.support.world import People, World, build_world, make_people


@pytest.fixture(scope="session")
def cloud() -> Iterator[Cloud]:
    """A local AWS with its authentication on."""
    with running_cloud() as running:
        yield running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server."""
    with running_postgresql() as running:
        yield running


@pytest.fixture(scope="module")
def database_kind() -> str:
    """`sqlite` or `postgresql`; override it to choose, or to run on both."""
    return "sqlite"


@dataclass(frozen=True)
class Template:
    """A database with the people in it, to be copied."""

    url: str
    people: People


@pytest.fixture(scope="session")
def templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Template]:
    """The template of a kind of database, made when it is first asked for."""

    @cache
    def template(kind: str) -> Template:
        folder = tmp_path_factory.mktemp("template")
        settings = settings_for(new_database(request, kind, folder), folder)
        return Template(settings.database_url.get_secret_value(), make_people(settings))

    return template


def new_database(request: pytest.FixtureRequest, kind: str, folder: Path, template: str | None = None) -> str:
    """The URL of a new database of that kind."""
    if kind == "sqlite":
        return sqlite_database(folder, template)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.new_database(template)


@pytest.fixture(scope="module")
def api_settings(
    database_kind: str,
    request: pytest.FixtureRequest,
    templates: Callable[[str], Template],
    tmp_path_factory: pytest.TempPathFactory,
) -> ServerSettings:
    """Settings with a database of the module's own and a local key."""
    folder = tmp_path_factory.mktemp("api")
    url = new_database(request, database_kind, folder, templates(database_kind).url)
    return settings_for(url, folder)


@pytest.fixture(scope="module")
def api(api_settings: ServerSettings, cloud: Cloud) -> Iterator[GraphQLClient]:
    """A running API in a thread of this process, which takes `cloud` for AWS."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in cloud.environment().items():
            environment.setenv(name, value)
        _session.cache_clear()  # it may remember another application's own keys
        with api_in_thread(api_settings) as client:
            yield client
        _session.cache_clear()


@pytest.fixture(scope="module")
def api_apart(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    """A running API as a process of its own, on SQLite."""
    folder = tmp_path_factory.mktemp("api")
    settings = settings_for(sqlite_database(folder), folder)
    with api_process(settings, cloud.environment(), folder / "log") as process:
        yield process


@pytest.fixture(scope="module")
def people(database_kind: str, templates: Callable[[str], Template]) -> People:
    """A user of each role, with tokens."""
    return templates(database_kind).people


@pytest.fixture
def world(api_settings: ServerSettings, api: GraphQLClient, people: People) -> World:
    """A new organization with its people."""
    return build_world(api_settings, api, people)


@pytest.fixture(scope="module")
def shared_world(api_settings: ServerSettings, api: GraphQLClient, people: People) -> World:
    """One organization for all tests of a module; leave it as you found it."""
    return build_world(api_settings, api, people)


@pytest.fixture
def place(cloud: Cloud) -> Place:
    """A new bucket with a user who may do everything in it."""
    return cloud.place()
