"""Opens the terminal UI, alone or on the sample world. Light: `dwtui` without a command comes through here."""

import sys
from typing import TYPE_CHECKING

from dwtui.launch import LaunchOptions

if TYPE_CHECKING:
    from dwtui.briefing import Briefing
    from dwtui.demo.launch import World
    from dwtui.demo.messages import Ready


def open_terminal_ui(options: LaunchOptions) -> int:
    """Open the terminal UI until it is left, then what it was left for; the exit code."""
    _require_terminal()
    from dwtui.app import run
    from dwtui.app.departures import Departure

    if run(options) is Departure.DEMO:
        return open_demo(LaunchOptions(theme=options.theme, mouse=options.mouse))
    return 0


def open_demo(options: LaunchOptions) -> int:
    """Build the sample world, open the terminal UI on it, and leave nothing behind; the exit code."""
    _require_terminal()
    from dataclasses import replace

    from dwtui.app import run
    from dwtui.cli.outcome import Failed
    from dwtui.demo.launch import World

    with World.start() as world:
        ready = _wait_for(world)
        if ready is None:
            raise Failed("The sample world has ended unexpectedly. Start it again: dwtui demo")
        briefing = _briefing(ready)
        run(replace(options, url=ready.url, token=ready.tokens["administrator"], briefing=briefing))
    return 0


def _wait_for(world: "World") -> "Ready | None":
    """Tell how far the world is; None when it ends instead of becoming ready."""
    from dwtui.cli.outcome import Failed
    from dwtui.demo.messages import Failed as WorldFailed
    from dwtui.demo.messages import Progress, Ready

    for message in world.messages():
        if isinstance(message, Progress):
            sys.stderr.write(f"\r\x1b[K[{message.done}/{message.total}] {message.text}")
            sys.stderr.flush()
        elif isinstance(message, Ready):
            sys.stderr.write("\r\x1b[K")
            return message
        elif isinstance(message, WorldFailed):
            sys.stderr.write("\r\x1b[K")
            raise Failed(message.text)
    return None


def _briefing(ready: "Ready") -> "Briefing":
    """The key pairs to try things with, for the program to show when asked."""
    from dwtui.briefing import Briefing

    lines = ["Key pairs of the sample world, to attach a storage with:"]
    for account in ready.accounts:
        lines += ["", f"bucket      {account.bucket}", f"access key  {account.access_key}"]
        lines += [f"secret key  {account.secret_key}", f"            {account.expect}"]
    pairs = ((account.expect, f"{account.access_key}\n{account.secret_key}") for account in ready.accounts)
    return Briefing("\n".join(lines), tuple(pairs))


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from dwtui.cli.outcome import UsageError

        raise UsageError("The terminal UI needs a terminal. Commands work without one: dwtui --help")
