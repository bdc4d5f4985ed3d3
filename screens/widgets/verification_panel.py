"""A verification while it runs: a line that says how it stands, and the matrix of its probes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from screens.widgets.dock import Line
from screens.widgets.probe_matrix import ProbeMatrix, ProbeRow, probe_row
from screens.widgets.table import Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ProbeDetails, VerificationDetails
    from dwtui.client.generated.watch_verification import WatchVerificationVerifyStorageBackend as Event


class VerificationPanel(Vertical):
    """Give it the events of a verification as they come. What it says is worded so that it can be read aloud."""

    DEFAULT_CSS = """
    VerificationPanel {
        height: 1fr;
        #standing { padding: 0 1; min-height: 2; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.verdict: str | None = None
        """The verdict in the contract's words; None: there is none yet, or none of this run."""
        self._identity = ""
        self._waiting: int | None = None
        self._report = ""

    def compose(self) -> ComposeResult:
        yield Line(id="standing")
        yield ProbeMatrix()

    @property
    def matrix(self) -> ProbeMatrix:
        """The matrix."""
        return self.query_one(ProbeMatrix)

    @property
    def standing(self) -> str:
        """What the line says."""
        return self.query_one("#standing", Line).plain

    def plain(self) -> str:
        """The report as text, without what keys do here."""
        return f"{self._report}\n\n{self.matrix.plain()}"

    def begin(self, identity: str) -> None:
        """A verification is asked for; `identity` says in words as whom, such as `with the keys …WXYZ`."""
        self._identity = identity
        self.verdict = self._waiting = None
        self.matrix.plan([])
        self.matrix.say("Asking the API to begin…")
        self._say(Cell(f"Verifying {identity}…", "strong"))

    def take(self, event: Event) -> None:
        """Show what an event tells."""
        if event.planned is not None:
            self.matrix.plan([ProbeRow(it.probe.value, it.title, it.required) for it in event.planned])
        if event.probe is not None:
            self.matrix.finish(probe_row(event.probe))
        self._waiting = event.waiting_seconds
        self.matrix.wait(self._waiting is not None)
        if event.verification is not None:
            self.show(event.verification)
        else:
            self._progress()

    def show(self, report: VerificationDetails) -> None:
        """Show a whole report."""
        self.show_failure(report.verdict.value, report.probes)

    def show_failure(self, verdict: str, probes: Iterable[ProbeDetails]) -> None:
        """Show the probes of a report, the cursor on the first that failed."""
        self.verdict = verdict
        rows = [probe_row(probe) for probe in probes]
        self.matrix.show(rows)
        warned = [at for at, row in enumerate(rows) if row.status == "WARN"]
        if warned and all(row.status != "FAIL" for row in rows):
            self.matrix.query_one(Table).cursor = warned[0]
        self._conclude()

    def stop(self, why: str, tone: str = "warn") -> None:
        """It ended before its end."""
        self.matrix.stop()
        if self._waiting is not None and tone != "bad":
            why = "Stopped waiting: AWS does not know this key yet."
        self._say(Cell(why, "bad" if tone == "bad" else "warn"), hint="r verifies again, esc goes back.")

    def say_more(self, text: str) -> None:
        """Say what comes next, below the verdict."""
        self._conclude(text)

    def _progress(self) -> None:
        rows = self.matrix.rows
        answered = sum(row.status is not None for row in rows)
        counted = f"{answered} of {len(rows)} checks answered" if rows else ""
        if self._waiting is None:
            self._say(Cell(f"Verifying {self._identity}…", "strong"), Cell(counted, "muted"))
            return
        self._say(
            Cell(
                f"AWS does not know this key yet. Asking again, for {self._waiting} s more at most.", "warn"
            ),
            Cell("A new key takes up to a minute to be known everywhere.", "muted"),
            hint="esc stops waiting.",
        )

    def _conclude(self, more: str = "") -> None:
        rows = self.matrix.rows
        failed = sum(row.status == "FAIL" and row.required for row in rows)
        open_ = sum(row.status == "INCONCLUSIVE" and row.required for row in rows)
        warnings = sum(row.status == "WARN" or (row.status == "FAIL" and not row.required) for row in rows)
        if self.verdict == "HEALTHY":
            head = Cell("✓ All that is needed works.", "good")
        elif self.verdict == "UNHEALTHY":
            head = Cell(f"✗ {_counted(failed, 'needed check')} failed.", "bad")
        else:
            head = Cell(f"~ {_counted(open_, 'needed check')} had no answer, so there is no verdict.", "warn")
        warned = Cell(
            f"{_counted(warnings, 'warning')}: look at what is marked with !." if warnings else "", "warn"
        )
        self._say(head, warned, hint=more)

    def _say(self, *cells: Cell, hint: str = "") -> None:
        """Say how it stands. `hint`: what to press now, which is no part of the report."""
        said = [cell for cell in cells if cell.text]
        self._report = " ".join(cell.text for cell in said)
        line = [*said, Cell(hint, "muted")] if hint else said
        self.query_one("#standing", Line).show(*(part for cell in line for part in (cell, " ")))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
