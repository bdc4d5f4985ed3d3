"""A real API over a real (local) S3, and the command line in this process."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dwtui.cli.app import main
from tests.cli.api_process import ApiProcess, api_process
from tests.cli.cloud import Cloud, cloud


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def s3() -> Iterator[Cloud]:
    with cloud(["lab-documents", "lab-data", "lab-rotation", "lab-spare"]) as it:
        yield it


@pytest.fixture(scope="session")
def api(s3: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    with api_process(tmp_path_factory.mktemp("api"), s3) as it:
        yield it


@dataclass
class People:
    """Tokens by name."""

    tokens: dict[str, str] = field(default_factory=dict)


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
