"""The root of the command line: its commands by noun, and the one place where errors become exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

from cyclopts import App, CycloptsError, Group, Parameter

from dwtui import __version__
from dwtui.cli.keys import refuse_secrets
from dwtui.cli.outcome import EXIT_CODES_HELP, EXPECTED, Exit, document_of, exit_of, lines_of
from dwtui.cli.printing import note, print_json
from dwtui.launch import LaunchOptions

WORK = Group("Working with an organization", sort_key=1)
ACCESS = Group("Signing in", sort_key=2)
RUNNING = Group("Running the application", sort_key=3)
THIS = Group("This program", sort_key=4)

_NOUNS = (
    ("storages", WORK, "Attach, verify, rotate and remove storages."),
    ("organizations", WORK, "Organizations, their defaults and their members."),
    ("studies", WORK, "Studies and the storages they use."),
    ("activity", WORK, "Who did what, when, to what, with what outcome."),
    ("login", ACCESS, "Sign in to an API with a token."),
    ("logout", ACCESS, "Forget the token of a profile."),
    ("whoami", ACCESS, "Who you are, and where."),
    ("profiles", ACCESS, "The APIs you work with."),
    ("tokens", ACCESS, "Your tokens."),
    ("demo", RUNNING, "Look around in an embedded sample world."),
    ("serve", RUNNING, "Run the API."),
    ("server", RUNNING, "For operators: organizations, users, tokens and keys in the API's database."),
    ("completion", THIS, "Let the shell complete commands and options."),
)
_PLACES = {"login": "login:login", "logout": "login:logout", "whoami": "login:whoami"}

app = App(
    name="dwtui",
    help="Organizations bring their own S3 buckets. Without a command it opens the terminal UI.",
    help_epilogue=EXIT_CODES_HELP
    + '\nWith --json, what is printed has the contract\'s field names; failures are {"error": …}.',
    help_format="plaintext",
    help_formatter="plain",
    version=__version__,
    version_flags=["--version", "-V"],
    exit_on_error=False,
    print_error=False,
    suppress_keyboard_interrupt=False,
    result_action="return_value",
)
for _noun, _group, _help in _NOUNS:
    app.command(f"dwtui.cli.{_PLACES.get(_noun, f'{_noun}:app')}", name=_noun, help=_help, group=_group)


@app.default
def open_terminal_ui(
    *,
    open: Annotated[
        str | None, Parameter(help="Show this first: the id of a storage, study or organization.")
    ] = None,
    profile: Annotated[str | None, Parameter(help="The profile to use (default: the default one).")] = None,
    url: Annotated[str | None, Parameter(help="The API to use instead of a profile's.")] = None,
    read_only: Annotated[bool | None, Parameter(help="Hide everything that changes anything.")] = None,
    mouse: Annotated[
        bool | None, Parameter(help="React to the mouse; --no-mouse leaves selecting to the terminal.")
    ] = None,
    theme: Annotated[str | None, Parameter(help="The theme to use.")] = None,
) -> int:
    """Open the terminal UI."""
    options = LaunchOptions(
        open=open, profile=profile, url=url, read_only=read_only, mouse=mouse, theme=theme
    )
    return launch(options)


def launch(options: LaunchOptions) -> int:
    """Open the terminal UI, where there is a terminal; the exit code."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        note("dwtui: the terminal UI needs a terminal. Commands work without one: dwtui --help")
        return Exit.USAGE
    from dwtui.app import run

    return run(options) or Exit.OK


def main(arguments: Sequence[str]) -> int:
    """Run one command line, without the program's name; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        refuse_secrets(arguments)
        result = app(list(arguments))
        sys.stdout.flush()
        return int(result or Exit.OK)
    except KeyboardInterrupt:
        note("\ndwtui: interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return _without_reader()
    except CycloptsError as error:
        chain = " ".join(["dwtui", *(error.command_chain or ())])
        _explain([str(error), f"See: {chain} --help"])
        return Exit.USAGE
    except EXPECTED as error:
        if "--json" in arguments:
            print_json(document_of(error))
        _explain(list(lines_of(error)))
        return exit_of(error)
    except Exception as error:
        if os.environ.get("DWTUI_TRACEBACK"):
            raise
        _explain(
            [f"This is a defect of dwtui ({type(error).__name__}). With DWTUI_TRACEBACK=1 it shows where."]
        )
        return Exit.FAILURE


def _explain(lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        note(line if number else f"dwtui: {line}")


def _without_reader() -> int:
    """The reader of our output has gone, as `head` does: end quietly, without Python's complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.FAILURE
