"""The world's folder: private, and removed when nobody is left who holds it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dwtui.demo.folder import create_folder, hold, remove_abandoned_folders


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_only_the_owner_may_enter() -> None:
    assert stat.S_IMODE(create_folder().stat().st_mode) == 0o700


def test_a_folder_is_kept_while_somebody_holds_it_and_removed_afterwards() -> None:
    folder = create_folder()
    holding = hold(folder), hold(folder)
    (folder / "api.sock").touch()
    os.close(holding[0])
    remove_abandoned_folders()
    assert (folder / "api.sock").exists()
    os.close(holding[1])
    remove_abandoned_folders()
    assert not folder.exists()


def test_the_folder_of_a_killed_process_is_removed(temporary: Path) -> None:
    code = (
        "import os, signal, tempfile; tempfile.tempdir = os.environ['WHERE'];"
        "from dwtui.demo.folder import create_folder, hold; hold(create_folder());"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "WHERE": str(temporary)}, check=False
    )
    assert done.returncode == -9
    assert len(list(temporary.iterdir())) == 1
    remove_abandoned_folders()
    assert list(temporary.iterdir()) == []


def test_what_is_not_the_worlds_is_left_alone(temporary: Path) -> None:
    mine = temporary / "my-files"
    mine.mkdir()
    (mine / "in-use").touch()
    just_being_made = create_folder()
    elsewhere = temporary / "dwtui-demo-link"
    elsewhere.symlink_to(mine)
    remove_abandoned_folders()
    assert mine.exists()
    assert just_being_made.exists()
    assert elsewhere.exists()
