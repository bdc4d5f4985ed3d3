"""Fixtures for everybody: the cloud, databases, a running API, a world in it.

`cloud` and `postgresql` start once a session. `api` is made once a module, on an empty database of its own:
SQLite, unless the module (or its conftest) overrides `database_kind`. `people` are the module's users, one a role;
`world` is a new organization of theirs for each test, `shared_world` one for the module.
"""

from collections.abc import Iterator

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


@pytest.fixture(scope="module")
def api_settings(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> ServerSettings:
    """Settings with an empty database and a local key."""
    folder = tmp_path_factory.mktemp("api")
    if database_kind == "sqlite":
        return settings_for(sqlite_database(folder), folder)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return settings_for(server.new_database(), folder)


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
def people(api_settings: ServerSettings, api: GraphQLClient) -> People:
    """A user of each role, with tokens."""
    return make_people(api_settings)


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
