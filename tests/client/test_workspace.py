"""The workspace of one's own: made once, started when needed, one at a time, and explained when it can not be."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from dwtui.client.errors import ConnectionLost
from dwtui.client.generated.api import Api
from dwtui.client.opening import open_api
from dwtui.client.workspace import NewWorkspace, Workspace, WorkspaceError
from dwtui.settings import Profile
from dwtui.target import Target
from tests.client.test_running_api import another

NEW = NewWorkspace("My Lab", "Ada", "ada@example.org", "my-application-bucket")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """A workspace, and its owner's token."""
    it = Workspace(tmp_path_factory.mktemp("w") / "workspace")
    yield it, it.create(NEW).token
    for process in running(it):
        process.terminate()
        process.wait(20)


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The workspace of somebody who has none."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return Workspace()


def running(workspace: Workspace) -> list[psutil.Process]:
    """The API processes of a workspace."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "serve" in command and str(workspace.socket) in command:
            found.append(process)
    return found


def target(workspace: Workspace, token: str) -> Target:
    return Target(workspace.url, token, Profile("own", workspace.url, "workspace"))


async def first_organization(api: Api) -> str:
    async with api:
        return (await api.viewer()).organizations[0].name


@pytest.mark.slow
def test_many_who_start_it_at_once_get_one(made: tuple[Workspace, str]) -> None:
    workspace, _ = made
    start = "import sys; from pathlib import Path; from dwtui.client.workspace import Workspace; "
    start += "Workspace(Path(sys.argv[1])).start()"
    command = [sys.executable, "-c", start, str(workspace.folder)]
    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(lambda _: subprocess.run(command, check=False).returncode, range(3)))
    assert codes == [0, 0, 0]
    assert len(running(workspace)) == 1


@pytest.mark.slow
def test_it_is_started_again_by_whoever_needs_it(made: tuple[Workspace, str]) -> None:
    workspace, token = made
    for process in running(workspace):
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    renewed = workspace.renew().token
    assert renewed != token
    for one in (token, renewed):
        api = Api(workspace.url, one, revive=workspace.revive)
        assert asyncio.run(first_organization(api)) == "My Lab"
    files = [workspace.folder / name for name in ("", "key", "api.log", "dwtui.sqlite", "run/api.sock")]
    assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in files] == [0] * len(files)


@pytest.mark.slow
def test_one_of_the_version_before_is_replaced(made: tuple[Workspace, str]) -> None:
    workspace, token = made
    for process in running(workspace):
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    workspace.socket.unlink()
    with another(workspace.socket, "0.0.9") as before:
        api = Api(workspace.url, token, revive=workspace.revive, prepare=workspace.replace_outdated)
        assert asyncio.run(first_organization(api)) == "My Lab"
        assert before.wait(10) == 7
    assert len(running(workspace)) == 1


@pytest.mark.slow
def test_there_is_one_only(made: tuple[Workspace, str]) -> None:
    with pytest.raises(WorkspaceError, match="already"):
        made[0].create(NEW)


@pytest.mark.slow
def test_what_keeps_it_from_starting_is_told(made: tuple[Workspace, str]) -> None:
    workspace, _ = made
    for process in running(workspace):
        process.terminate()
        process.wait(20)
    key = workspace.folder / "key"
    key.chmod(0o644)
    with pytest.raises(WorkspaceError, match="can be read by others"):
        workspace.start()
    key.chmod(0o600)


def test_without_one_it_says_how_to_make_it(nothing: Workspace) -> None:
    assert not nothing.exists
    with pytest.raises(WorkspaceError, match="no workspace in"):
        nothing.start()


def test_a_path_too_long_for_a_socket_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="XDG_DATA_HOME"):
        Workspace(tmp_path / ("x" * 120)).create(NEW)


async def test_a_request_that_can_not_be_revived_tells_why(nothing: Workspace) -> None:
    profile = Profile("own", nothing.url, "workspace")
    async with open_api(Target(nothing.url, "dwt_x", profile)) as api:
        with pytest.raises(ConnectionLost, match="no workspace in"):
            await api.viewer()


async def test_a_socket_nobody_listens_at_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "api.sock"
    with socket.socket(socket.AF_UNIX) as unused:
        unused.bind(os.fspath(path))
    async with Api(f"unix://{path}", "dwt_x", patience=()) as api:
        with pytest.raises(ConnectionLost, match="No API runs"):
            await api.viewer()
