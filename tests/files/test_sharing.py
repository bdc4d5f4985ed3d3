"""File systems that are remembered, pickled and forked; what is seen of their token: nothing."""

import copy
import json
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import fsspec
import pytest

from dwtui.files.filesystem import DewrangleFileSystem
from dwtui.settings import Profile, Settings, change_settings
from dwtui.tokens import keep_token
from tests.files.conftest import Study
from tests.support.cloud import ROOT
from tests.support.world import ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT


@pytest.fixture
def path(files: DewrangleFileSystem, study: Study) -> str:
    path = f"{study.folder}/a.txt"
    files.pipe_file(path, b"0123456789")
    return path


def everything_shown(files: DewrangleFileSystem) -> str:
    """All that a program, a log, a task graph or an error report shows of a file system."""
    shown = [
        repr(files),
        str(files),
        files.to_json(),
        json.dumps(files.to_dict()),
        repr(files.storage_options),
    ]
    shown += [repr(vars(files)), repr(vars(files.documents)), repr(files._access), str(files._fs_token)]
    shown.append(repr(pickle.dumps(files)))
    shown += [str(key) for key in DewrangleFileSystem._cache]
    return "\n".join(shown)


def test_the_token_is_shown_nowhere(study: Study, path: str) -> None:
    files = DewrangleFileSystem(**study.options())
    with files.open(path) as file:
        shown = everything_shown(files) + repr(file) + repr(pickle.dumps(file))
    assert study.token() not in shown
    assert study.token() not in repr(pickle.dumps(copy.deepcopy(files)))


def test_errors_do_not_show_it(study: Study) -> None:
    wrong = "dwt_" + "x" * 40
    for options in ({"token": wrong}, {"token": wrong, "url": "http://127.0.0.1:9"}):
        files = study.files(**options)
        with pytest.raises(OSError, match=r"token|Nothing answers") as caught:
            files.ls(study.folder)
        assert wrong not in "".join(traceback.format_exception(caught.value))


def test_a_pickle_finds_a_token_where_it_is_read(
    study: Study, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumped = pickle.dumps(study.files())
    again = pickle.loads(dumped)
    with pytest.raises(PermissionError, match="There is no token"):
        again.cat_file(path)
    monkeypatch.setenv("DWTUI_TOKEN", study.token())
    assert again.cat_file(path) == b"0123456789"
    assert DewrangleFileSystem.from_json(study.files().to_json()).cat_file(path) == b"0123456789"


def test_an_open_file_is_pickled_where_it_stands(
    study: Study, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DWTUI_TOKEN", study.token())
    with study.files().open(path) as file:
        file.seek(4)
        with pickle.loads(pickle.dumps(file)) as again:
            assert again.read() == b"456789"


def test_a_token_goes_along_where_that_is_asked_for(study: Study, path: str) -> None:
    files = study.files(share_token=True)
    assert pickle.loads(pickle.dumps(files)).cat_file(path) == b"0123456789"
    assert DewrangleFileSystem.from_json(files.to_json()).cat_file(path) == b"0123456789"
    assert study.token() not in files.to_json(include_password=False)
    assert study.token() not in repr(files)


def test_who_is_remembered_is_whose_token_it_is(study: Study, path: str) -> None:
    one = fsspec.filesystem("dewrangle", **study.options(STUDY_ADMINISTRATOR))
    assert fsspec.filesystem("dewrangle", **study.options(STUDY_ADMINISTRATOR)) is one
    other = fsspec.filesystem("dewrangle", **study.options(SUPPORT))
    assert other is not one
    with pytest.raises(PermissionError):
        other.open(path, "wb")


def test_another_token_in_the_environment_is_another_person(
    study: Study, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = fsspec.filesystem("dewrangle")
    monkeypatch.setenv("DWTUI_URL", study.url)
    monkeypatch.setenv("DWTUI_TOKEN", study.token(STUDY_ADMINISTRATOR))
    files.open(path, "wb").discard()
    monkeypatch.setenv("DWTUI_TOKEN", study.token(SUPPORT))
    assert fsspec.filesystem("dewrangle") is files
    with pytest.raises(PermissionError):
        files.open(path, "wb")


def test_profiles_are_those_of_the_command_line(study: Study, path: str) -> None:
    profile = Profile("work", study.url)
    change_settings(lambda settings: Settings.with_profile(settings, profile))
    keep_token(profile, "dwt_" + "x" * 40)
    files = DewrangleFileSystem(profile="work", skip_instance_cache=True)
    with pytest.raises(PermissionError):
        files.cat_file(path)
    keep_token(profile, study.token(ADMINISTRATOR))  # as `dwtui login` does
    assert files.cat_file(path) == b"0123456789"
    with pytest.raises(OSError, match="There is no profile 'play'"):
        DewrangleFileSystem(profile="play", skip_instance_cache=True).ls(study.folder)


def test_without_any_settings_it_says_what_to_do(study: Study) -> None:
    with pytest.raises(OSError, match="DWTUI_URL"):
        DewrangleFileSystem(skip_instance_cache=True).ls(study.folder)
    with pytest.raises(OSError, match="no address"):
        DewrangleFileSystem(url="nowhere", token="dwt_x", skip_instance_cache=True).ls(study.folder)


FORKING = """
import os, signal, sys, fsspec
path, = sys.argv[1:]
files = fsspec.filesystem("dewrangle")
file = files.open(path)
assert files.cat_file(path) == b"0123456789"
children = []
for number in range(2):
    child = os.fork()
    if not child:
        signal.alarm(40)  # a child that hangs does not stay
        try:
            assert file.read(3) == b"012"
            assert files.cat_file(path) == b"0123456789"
            with fsspec.open(f"dewrangle://{path}.{number}", "wb") as mine:
                mine.write(b"from a child")
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
assert file.read() == b"0123456789"
print(*files.ls(os.path.dirname(path), detail=False))
"""


def test_a_forked_process_goes_on_by_itself(study: Study, path: str, bare_settings: Path) -> None:
    import os

    environment = {**os.environ, "DWTUI_URL": study.url, "DWTUI_TOKEN": study.token()}
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKING, path],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [path, f"{path}.0", f"{path}.1"]
