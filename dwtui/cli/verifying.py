"""A verification on the command line: each probe told as it finishes, then the verdict."""

import sys
from contextlib import aclosing
from typing import TYPE_CHECKING

from dwtui.cli import words
from dwtui.cli.printing import Styled, note, say
from dwtui.client.errors import ConnectionLost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dwtui.client.generated.api import Api
    from dwtui.client.generated.fragments import ProbeDetails, VerificationDetails
    from dwtui.client.generated.input_types import VerifySavedStorageBackendInput, VerifyStorageBackendInput


async def watch(
    api: "Api",
    *,
    id: str | None = None,
    saved: "VerifySavedStorageBackendInput | None" = None,
    input: "VerifyStorageBackendInput | None" = None,
) -> "VerificationDetails":
    """Verify a saved storage (`id`, `saved`) or settings (`input`), telling each step; the report."""
    given = {
        name: value for name, value in (("id", id), ("saved", saved), ("input", input)) if value is not None
    }
    countdown = _Countdown()
    skipped: list[ProbeDetails] = []
    async with aclosing(api.watch_verification(**given)) as steps:  # type: ignore[type-var,arg-type]
        async for step in steps:
            if step.waiting_seconds is not None:
                countdown.show(step.waiting_seconds)
                continue
            countdown.clear()
            if step.probe is not None and step.probe.status.value == "SKIP":
                skipped.append(step.probe)
            elif step.probe is not None:
                print_probe(step.probe)
            if step.verification is not None:
                _print_skipped(skipped)
                print_verdict(step.verification)
                return step.verification
    raise ConnectionLost("The API ended the verification without a verdict. Try again.", sent=True)


def print_probes(probes: "Sequence[ProbeDetails]") -> None:
    """The results of probes: those that were skipped in one line at the end."""
    for probe in probes:
        if probe.status.value != "SKIP":
            print_probe(probe)
    _print_skipped([probe for probe in probes if probe.status.value == "SKIP"])


def print_probe(probe: "ProbeDetails") -> None:
    """A probe's result; what is wrong comes with what was found and what to do about it."""
    found = words.status(probe.status)
    say(Styled(f"{found.text:<12}{probe.title}" + ("" if probe.required else "  (optional)"), found.style))
    if probe.status.value == "PASS":
        return
    say(probe.message, indent=12)
    if probe.remedy:
        actor = f"{words.who(probe.who_must_act.value)}: " if probe.who_must_act else ""
        say(f"→ {actor}{probe.remedy}", indent=12)
    # A warning's statement is a whole policy, which `dwtui storages policy` prints.
    if probe.statement and probe.status.value == "FAIL":
        for line in probe.statement.splitlines():
            say(line, indent=14)
    if probe.error_code:
        asked = f", request {probe.request_id}" if probe.request_id else ""
        say(Styled(f"({probe.error_code}{asked})", "dim"), indent=12)


def print_verdict(verification: "VerificationDetails") -> None:
    """What the probes mean together, and whose keys they were."""
    found = words.verdict(verification.verdict)
    seconds = (verification.finished_at - verification.started_at).total_seconds()
    say(Styled(f"{found.text} ({len(verification.probes)} probes, {seconds:.1f} s)", found.style))
    if verification.arn:
        say(f"as {verification.arn}", indent=2)


def _print_skipped(probes: "Sequence[ProbeDetails]") -> None:
    if probes:
        say(Styled("- skipped   " + ", ".join(probe.title for probe in probes), "dim"))


class _Countdown:
    """Tells how long AWS may still take to learn of new keys: on one changing line, or once in a file."""

    def __init__(self) -> None:
        self._told = False

    def show(self, seconds: int) -> None:
        text = f"AWS does not know these keys yet. Waiting up to {seconds} s more."
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
        elif not self._told:
            note(text)
        self._told = True

    def clear(self) -> None:
        if self._told and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
