"""`dwtui completion`: let the shell complete commands and options."""

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from cyclopts import App, Parameter

from dwtui.cli.outcome import UsageError
from dwtui.cli.printing import say

app = App(name="completion", help="Let the shell complete commands and options.")
Result = TypeVar("Result")
Shell = Literal["bash", "zsh", "fish"]
ShellArgument = Annotated[Shell | None, Parameter(help="The shell (default: the one you use).")]


@app.command(help="Install the completion for your shell.")
def install(shell: ShellArgument = None) -> None:
    """Install the completion for a shell."""
    path = _with_shell(lambda: _root().install_completion(shell=shell, add_to_startup=True))
    say(f"Installed: {path}. Open a new shell to use it.")


@app.command(help="Print the completion script, to install it yourself.")
def script(shell: ShellArgument = None) -> None:
    """Print the completion script."""
    import sys

    sys.stdout.write(_with_shell(lambda: _root().generate_completion(shell=shell)))


def _root() -> App:
    from dwtui.cli.app import app as root

    return root


def _with_shell(make: Callable[[], Result]) -> Result:
    from cyclopts.completion.detect import ShellDetectionError

    try:
        return make()
    except ShellDetectionError as error:
        raise UsageError("Your shell is not recognized. Name it: bash, zsh or fish.") from error
