"""What uploads leave behind when their process dies: never a version, and nothing in the bucket for good."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dwtui.server.settings import ServerSettings
from tests.server.documents.conftest import UPDATE_STORAGES, Shelf
from tests.server.s3 import fault_proxy
from tests.server.s3.fault_proxy import Answer, Asked, Proxy
from tests.server.transport.conftest import until
from tests.support.api import ApiProcess, api_process, settings_for
from tests.support.cloud import Cloud
from tests.support.databases import sqlite_database
from tests.support.graphql import GraphQLClient
from tests.support.transfers import make_document, upload
from tests.support.world import People, build_world, make_people

LARGE = bytes(12_000_000)
HELD = ("PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload")


@dataclass
class Gate:
    """Holds a request up until it is opened."""

    reached: threading.Event
    opened: threading.Event

    def before(self, asked: Asked) -> Answer | None:
        self.reached.set()
        self.opened.wait(30)
        return None


@pytest.fixture
def gates() -> Iterator[list[Gate]]:
    """A gate for each kind of request that is held up."""
    them = [Gate(threading.Event(), threading.Event()) for _ in HELD]
    yield them
    for gate in them:
        gate.opened.set()


@dataclass
class Place:
    """What outlives an API process: its settings, its people, the way to S3."""

    settings: ServerSettings
    people: People
    folder: Path
    cloud: Cloud
    proxy: Proxy

    def running(self) -> Any:
        return api_process(self.settings, self.cloud.environment(), self.folder / "log")

    def shelf(self, process: ApiProcess) -> Shelf:
        world = build_world(self.settings, process.client, self.people)
        place = self.cloud.place()
        storage = world.create_storage(place, endpointUrl=self.proxy.url).value["id"]
        world.post(UPDATE_STORAGES, {"id": world.own_study, "input": {"documentBucket": storage}})
        return Shelf(world, self.cloud, place, self.proxy, world.own_study, storage)


@pytest.fixture(scope="module")
def lasting(cloud: Cloud, proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("lasting")
    settings = settings_for(sqlite_database(folder), folder)
    return Place(settings, make_people(settings), folder, cloud, proxy)


def long_ago(shelf: Shelf) -> None:
    """As if the uploads under way had been silent for long."""
    shelf.world.sql("UPDATE pending_objects SET due_at = '2026-01-01 00:00:00.000000'")


def held_after(gate: Gate, shelf: Shelf) -> Callable[[Asked], Answer | None]:
    """A rule: S3 has done it, but the answer is held up, where it concerns that shelf."""

    def rule(asked: Asked) -> Answer | None:
        if asked.path.split("/")[1] != shelf.place.bucket:
            return None
        answer = fault_proxy._forward(shelf.proxy, asked)
        gate.before(asked)
        return answer

    return rule


def test_a_process_that_is_killed_leaves_nothing_for_good(lasting: Place, gates: list[Gate]) -> None:
    with lasting.running() as process, ThreadPoolExecutor(len(HELD)) as pool:
        shelves = [lasting.shelf(process) for _ in HELD]
        uploads: list[Future[Any]] = []
        for operation, shelf, gate in zip(HELD, shelves, gates, strict=True):
            lasting.proxy.rules[operation] = held_after(gate, shelf)
            uploads.append(pool.submit(upload, shelf.world, LARGE if operation != HELD[0] else b"small"))
            assert gate.reached.wait(20)
        process.process.kill()
        process.process.wait()
        assert all(uploading.exception(timeout=30) for uploading in uploads)
    lasting.proxy.rules.clear()
    for shelf in shelves:
        assert shelf.versions() == []
        assert shelf.objects() or shelf.open_uploads()
    long_ago(shelves[0])
    with lasting.running() as process:
        for shelf in shelves:
            until(shelf.is_empty, 30)
        shelf.world.client = process.client
        assert make_document(shelf.world, LARGE, study=shelf.study)["id"]


def test_uploads_of_another_process_are_left_alone(lasting: Place, gates: list[Gate]) -> None:
    gate = gates[0]
    with lasting.running() as process, ThreadPoolExecutor(1) as pool:
        shelf = lasting.shelf(process)
        lasting.proxy.rules["CompleteMultipartUpload"] = gate.before
        uploading: Future[Any] = pool.submit(upload, shelf.world, LARGE)
        assert gate.reached.wait(20)
        with lasting.running() as other:
            assert len(shelf.open_uploads()) == 1
            assert isinstance(other.client, GraphQLClient)
            gate.opened.set()
            assert uploading.result(timeout=30).code == "OK"
    lasting.proxy.rules.clear()
    assert (len(shelf.versions()), len(shelf.objects()), shelf.journal()) == (1, 1, [])
