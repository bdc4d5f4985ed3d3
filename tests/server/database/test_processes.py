"""An API process that is killed in the middle of its work leaves nothing half done."""

import socket
import threading
from pathlib import Path

import httpx
import pytest

from tests.support.api import ApiProcess, api_process, settings_for
from tests.support.cloud import Cloud, Place
from tests.support.databases import sqlite_database
from tests.support.world import World, build_world, make_people


@pytest.fixture(scope="module")
def database_kind() -> str:
    return "sqlite"


def test_killed_while_it_verifies_a_new_storage(cloud: Cloud, place: Place, tmp_path: Path) -> None:
    settings = settings_for(sqlite_database(tmp_path), tmp_path)
    first = ApiProcess(settings, cloud.environment(), tmp_path / "log")
    first.wait_until_ready()
    world = build_world(settings, first.client, make_people(settings))
    saved = world.create_storage(place, name="Saved", uses=["DATA"]).value["id"]
    silent = socket.create_server(("127.0.0.1", 0))  # an endpoint that takes requests and never answers
    endpoint = "http://{}:{}".format(*silent.getsockname())
    nowhere = Place("some-bucket", place.keys, place.account)
    lost: list[Exception] = []

    def attach() -> None:
        try:
            world.create_storage(nowhere, name="Lost", endpointUrl=endpoint)
        except httpx.HTTPError as error:
            lost.append(error)

    attaching = threading.Thread(target=attach)
    attaching.start()
    with silent:
        silent.settimeout(30)
        silent.accept()  # the verification has begun
        first.process.kill()
    attaching.join(timeout=30)
    first.stop()
    assert lost

    with api_process(settings, cloud.environment(), tmp_path / "log") as second:
        again = World(settings, second.client, world.people, world.organization)
        assert set(again.storages()) == {"Default Storage", "Saved"}
        verify = "mutation ($id: ID!) { verifyStorageBackend(id: $id) { verdict } }"
        assert again.post(verify, {"id": saved}).value["verdict"] == "HEALTHY"
        assert again.create_storage(cloud.place(), name="Lost", uses=["DATA"]).code == "OK"
