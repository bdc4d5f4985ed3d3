"""The command line as a whole: help, exit codes, errors, remote text, and what is loaded when."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dwtui.cli.app import app, main
from dwtui.cli.outcome import Exit
from dwtui.client import errors
from tests.cli.conftest import Run

HEAVY = ["textual", "httpx", "pydantic", "boto3", "sqlalchemy", "ariadne", "starlette", "graphql"]


def commands(at: object = app, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command there is, by its words."""
    found = [path]
    for name in at:
        if not name.startswith("-"):
            found += commands(at[name], (*path, name))
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_explains_itself_and_its_exit_codes(run: Run, words: tuple[str, ...]) -> None:
    explained = run(*words, "--help")
    assert explained.code == Exit.OK
    assert "Usage: dwtui" in explained.out
    for code in Exit:
        assert f"{code.value} " in explained.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["storages", "lst"], 'Did you mean "list"?'),
        (["storages", "list", "--serch", "x"], "Did you mean --search?"),
        (["storages", "list", "--sort", "colour"], "colour"),
        (["storages", "list", "--limit", "many"], "--limit"),
        (["storages", "show"], "requires an argument"),
        (["nonsense"], "nonsense"),
        (["--open"], "--open"),
        (["demo", "--port", "1"], "--serve"),
    ],
)
def test_wrong_usage_is_explained_in_a_few_lines(run: Run, arguments: list[str], words: str) -> None:
    wrong = run(*arguments)
    assert wrong.code == Exit.USAGE
    assert words in wrong.err
    assert len(wrong.err.splitlines()) <= 3
    assert wrong.out == ""


def test_the_terminal_ui_needs_a_terminal(run: Run) -> None:
    for arguments in ([], ["--open", "SB_0123ABCD"], ["demo"]):
        refused = run(*arguments)
        assert refused.code == Exit.USAGE
        assert "needs a terminal" in refused.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.Unauthenticated("x"), 3),
        (errors.Forbidden("x"), 4),
        (errors.NotFound("x"), 5),
        (errors.Conflict("x"), 6),
        (errors.VerificationFailed("x"), 7),
        (errors.ConnectionLost("x"), 8),
        (errors.BadInput("x", field="name"), 2),
        (errors.LimitExceeded("x"), 1),
        (errors.Stranded("x"), 9),
        (errors.Detached("x"), 9),
        (errors.ServerFailed("x", request_id="r-1"), 1),
        (errors.UnexpectedAnswer("x"), 1),
        (KeyboardInterrupt(), 130),
        (KeyError("secret"), 1),
    ],
)
def test_each_error_has_its_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("dwtui.cli.profiles.load_settings", fail)
    ended = run("profiles", "--json")
    assert ended.code == code
    assert ended.err.startswith("dwtui: ")
    assert "Traceback" not in ended.err
    assert "secret" not in ended.err
    if isinstance(error, errors.ApiError):
        assert ended.json["error"]["code"] == error.code
    if isinstance(error, errors.ServerFailed):
        assert "r-1" in ended.err


@given(st.text(min_size=1))
@settings(max_examples=50)
def test_no_argument_leads_to_a_traceback_or_steers_the_terminal(text: str) -> None:
    import contextlib
    import io

    output = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stderr(output), contextlib.redirect_stdout(output):
        code = main(["completion", "script", text.replace("\x00", "") or "x"])
    output.seek(0)
    shown = output.read()
    assert code in (Exit.OK, Exit.USAGE)
    if code == Exit.USAGE:
        assert not [one for one in shown if one in "\x1b\x9b\x07\u202e\u2066"]


def test_nobody_reading_ends_quietly() -> None:
    command = f"{sys.executable} -m dwtui completion script bash | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def loaded(code: str) -> set[str]:
    """Which of the heavy packages, and of the command line's, some code loads in a fresh Python."""
    script = f"{code}\nimport sys, json; sys.stderr.write('LOADED' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = json.loads(done.stderr.rpartition("LOADED")[2])
    return set(modules) & {*HEAVY, "cyclopts", "rich", "platformdirs"}


def test_the_way_to_the_terminal_ui_is_light() -> None:
    modules = ("__main__", "cli.boundary", "cli.terminal_ui", "settings", "target", "visible")
    assert loaded("; ".join(f"import dwtui.{module}" for module in modules)) == set()


def test_a_command_that_asks_no_api_loads_none_of_its_parts() -> None:
    code = "import sys; from dwtui.cli.app import main; assert main(['profiles', '--json']) == 0"
    assert loaded(code) & set(HEAVY) == set()


def test_completion_scripts_know_the_commands(run: Run) -> None:
    for shell in ("bash", "zsh", "fish"):
        script = run("completion", "script", shell)
        assert script.code == Exit.OK
        assert "storages" in script.out
        assert "rotate" in script.out


def test_completion_is_installed(run: Run, home) -> None:
    installed = run("completion", "install", "bash")
    assert installed.code == Exit.OK
    assert list(home.rglob("dwtui"))
