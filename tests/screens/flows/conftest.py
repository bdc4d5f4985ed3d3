"""What the tests of the flows share: a world, a way to walk through it, a home of one's own."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from dwtui.server.operating.people import end_token, make_token
from tests.screens.flows.walking import Walker, walking
from tests.support.cloud import READ_ONLY, Cloud, Keys, Place
from tests.support.world import ADMINISTRATOR, World

Open = Callable[..., AbstractAsyncContextManager[Walker]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, which is also the folder the program is started in."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def open_program(world: World) -> Open:
    """Opens the program as the administrator of a new organization."""

    def opened(**how: Any) -> AbstractAsyncContextManager[Walker]:
        token = how.pop("token", world.people.tokens[ADMINISTRATOR])
        url = how.pop("url", world.client.url)
        return walking(url, token, organization=world.organization, **how)

    return opened


@pytest.fixture
def reader(cloud: Cloud, place: Place) -> Keys:
    """Keys that may look into the place, but not write there."""
    return cloud.user(place.bucket, actions=READ_ONLY)


def new_token(world: World) -> tuple[str, Callable[[], None]]:
    """Another token of the administrator's, and how to end it."""
    email = world.people.emails[ADMINISTRATOR]
    # The program under test runs on this thread's event loop; the operator's functions need one of their own.
    made = apart(lambda: make_token(world.settings, email=email, name="flows", days=1))
    return made.secret, lambda: apart(lambda: end_token(world.settings, token_id=made.token_id))


def apart(work: Callable[[], Any]) -> Any:
    """Run an operator's function, a coroutine's, on a thread with a loop of its own."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


def both(keys: Keys) -> str:
    """A key pair as two lines."""
    return f"{keys.access_key}\n{keys.secret_key}\n"
