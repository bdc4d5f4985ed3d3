"""The root of the command line: its commands, by noun. Each is loaded when it is used."""

from collections.abc import Sequence
from typing import Annotated

from cyclopts import App, CycloptsError, Group, Parameter

from dwtui import __version__
from dwtui.cli.boundary import explained
from dwtui.cli.keys import refuse_secrets
from dwtui.cli.outcome import EXIT_CODES_HELP, UsageError
from dwtui.launch import LaunchOptions

WORK = Group("Working with an organization", sort_key=1)
ACCESS = Group("Signing in", sort_key=2)
RUNNING = Group("Running the application", sort_key=3)
THIS = Group("This program", sort_key=4)

_NOUNS = (
    ("storages", WORK, "Attach, verify, rotate and remove storages."),
    ("organizations", WORK, "Organizations, their defaults and their members."),
    ("studies", WORK, "Studies and the storages they use."),
    ("documents", WORK, "The documents of studies: list, upload, download, edit, delete."),
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
    default_parameter=Parameter(show_default=lambda default: None if default in (None, False) else default),
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
        str | None, Parameter(help="Show this first: the id of a storage, study, document or organization.")
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
    from dwtui.cli.terminal_ui import open_terminal_ui as start

    return start(
        LaunchOptions(open=open, profile=profile, url=url, read_only=read_only, mouse=mouse, theme=theme)
    )


def main(arguments: Sequence[str]) -> int:
    """Run one command line, without the program's name; the exit code."""
    return explained(lambda: _run(arguments), as_json="--json" in arguments)


def _run(arguments: Sequence[str]) -> int | None:
    refuse_secrets(arguments)
    try:
        result: int | None = app(list(arguments))
        return result
    except CycloptsError as error:
        chain = " ".join(["dwtui", *(error.command_chain or ())])
        raise UsageError(f"{error}\nSee: {chain} --help") from error
