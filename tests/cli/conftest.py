"""A real API over a real (local) S3, and the command line in this process."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dwtui.cli.app import main
from tests.cli.api_process import ApiProcess, api_process
from tests.support.cloud import READ_ONLY, Cloud, Keys


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class S3:
    """IAM users by name: `curator` may do everything in the buckets `lab-…`, `reader` may only look."""

    users: Mapping[str, Keys]


@pytest.fixture(scope="session")
def s3(cloud: Cloud) -> S3:
    """Buckets that nobody has attached yet, and users for them."""
    for name in ("documents", "data", "rotation", "spare"):
        cloud.bucket(name=f"lab-{name}")
    return S3({"curator": cloud.user("lab-*"), "reader": cloud.user("lab-*", actions=READ_ONLY)})


@pytest.fixture(scope="session")
def api(cloud: Cloud, s3: S3, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    """An API that took the commands of an operator to make and run."""
    with api_process(tmp_path_factory.mktemp("api"), cloud) as it:
        yield it


@pytest.fixture(scope="session")
def people(api: ApiProcess) -> dict[str, str]:
    """Tokens of people beside Ada, who is the administrator: Sue (support), Max (member), Eve (in no organization)."""
    tokens = {"ada": api.token}
    for name in ("sue", "max", "eve"):
        api.operate("users", "create", f"{name}@example.org", "--name", name.title())
        tokens[name] = api.operate("tokens", "create", f"{name}@example.org")["token"]
    return tokens


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person without settings, and without anything in the environment."""
    for name in ("DWTUI_URL", "DWTUI_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in this process, where nobody can be asked; `stdin` is what it may read."""

    def it(*arguments: str, stdin: str = "") -> Ran:
        import io

        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = main(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return it


@pytest.fixture
def ada(api: ApiProcess, people: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same, signed in as the administrator by the environment."""
    monkeypatch.setenv("DWTUI_URL", api.url)
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    return run
