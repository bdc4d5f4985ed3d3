"""An API that goes away in the middle: told as what it is, never as a file that is not there or is whole."""

import asyncio
import random
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dwtui.files.errors import ApiUnreachable
from dwtui.files.filesystem import DewrangleFileSystem
from tests.files.conftest import Study
from tests.support.api import ApiProcess, api_process, settings_for
from tests.support.cloud import Cloud
from tests.support.databases import sqlite_database
from tests.support.line import line_to
from tests.support.waiting import until
from tests.support.world import ADMINISTRATOR, build_world, make_people


@pytest.mark.slow
def test_reading_and_writing_while_the_api_ends(cloud: Cloud, tmp_path: Path) -> None:
    settings = settings_for(sqlite_database(tmp_path), tmp_path)
    with api_process(settings, cloud.environment(), tmp_path / "log") as api:
        people = make_people(settings)
        world = build_world(settings, api.client, people)
        files = DewrangleFileSystem(
            url=api.client.url, token=people.tokens[ADMINISTRATOR], skip_instance_cache=True
        )
        path = f"{world.own_study}/uploads/a.bin"
        files.pipe_file(path, bytes(12_000_000))
        reading = files.open(path)
        reading.read(1000)
        writing = files.open(f"{path}.new", "wb")
        writing.write(b"x")
        kill(api)
        asked: list[Callable[[], object]] = [
            reading.read,
            writing.close,
            lambda: files.exists(path),
            lambda: files.glob(f"{world.own_study}/uploads/*"),
            lambda: files.find(world.own_study),
            lambda: files.get_file(path, tmp_path / "a.bin"),
        ]
        with ThreadPoolExecutor(len(asked)) as pool:
            failures = [pool.submit(ask).exception for ask in asked]
        for failure in failures:
            assert isinstance(failure(), ApiUnreachable)
            assert any(words in str(failure()) for words in ("Nothing answers", "broke"))
    assert not (tmp_path / "a.bin").exists()


MARK = "the line breaks here"


async def test_what_breaks_off_is_gone_on_with(study: Study) -> None:
    path = f"{study.folder}/a.bin"
    content = random.Random(5).randbytes(300_000) + MARK.encode() * 10_000 + bytes(300_000)
    await asyncio.to_thread(study.files().pipe_file, path, content)
    async with line_to(study.url) as line:
        files = study.files(url=line.url)
        line.cut_at(MARK)
        reading = asyncio.create_task(asyncio.to_thread(files.cat_file, path))
        await asyncio.to_thread(until, lambda: not takes_connections(line.port))
        await line.up()
        assert await reading == content


def takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def kill(api: ApiProcess) -> None:
    api.process.kill()
    api.process.wait(timeout=20)
