"""Questions to the person at the terminal. Where there is none, the option to use instead is named."""

import sys

from dwtui.cli.outcome import UsageError


def ask(question: str, *, otherwise: str) -> str:
    """A line of text. `otherwise`: the option to use where nobody can be asked."""
    _require_terminal(otherwise)
    while True:
        given = _line(f"{question}: ")
        if given:
            return given


def ask_hidden(question: str, *, otherwise: str) -> str:
    """A secret, typed unseen."""
    from getpass import getpass

    _require_terminal(otherwise)
    try:
        return getpass(f"{question} (not shown): ", stream=sys.stderr).strip()
    except EOFError:
        raise KeyboardInterrupt from None


def confirm_by_name(*names: str, otherwise: str) -> None:
    """Ask for a name, or one of several, to be typed; anything else ends the command."""
    shown = " or ".join(map(_shown, names))
    if ask(f"Type the name to go on ({shown})", otherwise=otherwise) not in names:
        raise UsageError("That is not its name. Nothing was changed.")


def confirm_number(number: int, of_what: str, *, otherwise: str) -> None:
    """Ask for a number to be typed, so that it has been read; anything else ends the command."""
    question = f"Type the number of {of_what} to go on ({number})"
    if ask(question, otherwise=otherwise).replace(",", "") != str(number):
        raise UsageError("That is another number. Nothing was changed.")


def _line(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()


def _require_terminal(otherwise: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f"Nobody can be asked here: the input is no terminal. Use {otherwise}.")


def _shown(name: str) -> str:
    from dwtui.visible import visible

    return visible(name)
