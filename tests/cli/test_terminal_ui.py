"""`dwtui` and `dwtui demo` open the terminal UI, and leave nothing behind."""

from pathlib import Path

import pytest

from tests.cli.api_process import ApiProcess
from tests.cli.terminal import Terminal


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "c"), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@pytest.mark.slow
def test_on_an_api(environment: dict[str, str], api: ApiProcess, people: dict[str, str]) -> None:
    environment |= {"DWTUI_URL": api.url, "DWTUI_TOKEN": people["ada"]}
    with Terminal(environment=environment, columns=100) as it:
        it.wait_for("Default Storage")
        it.send("q")
        assert it.end() == 0


@pytest.mark.slow
def test_on_the_sample_world(environment: dict[str, str], tmp_path: Path) -> None:
    environment["TMPDIR"] = str(tmp_path / "t")
    (tmp_path / "t").mkdir()
    with Terminal("demo", environment=environment, columns=100) as it:
        it.wait_for("Filling buckets", 60)
        it.wait_for("Neuroblastoma", 60)
        it.send("q")
        assert it.end() == 0
    assert list((tmp_path / "t").iterdir()) == []


@pytest.mark.slow
def test_building_the_sample_world_can_be_interrupted(environment: dict[str, str], tmp_path: Path) -> None:
    environment["TMPDIR"] = str(tmp_path / "t")
    (tmp_path / "t").mkdir()
    with Terminal("demo", environment=environment) as it:
        it.wait_for("Filling buckets", 60)
        it.interrupt()
        assert it.end() == 130
        assert "Traceback" not in it.shown
    assert list((tmp_path / "t").iterdir()) == []


@pytest.mark.slow
def test_settings_that_can_not_be_followed(environment: dict[str, str], home: Path) -> None:
    (home / "c" / "dwtui").mkdir(parents=True)
    (home / "c" / "dwtui" / "settings.json").write_text("{")
    with Terminal(environment=environment) as it:
        assert it.end() == 1
        assert "not understood" in it.shown
        assert "Traceback" not in it.shown
