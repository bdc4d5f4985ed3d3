"""The permission matrix: a row for each probe, and below it all that is known of the one under the cursor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll

from dwtui.visible import visible
from screens.shell.action import bindings
from screens.shell.flow_actions import MORE_DETAILS
from screens.widgets.health import probe_status, who_must_act
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.table import Chunk, Column, Table
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import ProbeDetails


WAITING = Cell("… waiting", "warn")
UNKNOWN = "AWS does not know this key yet."


@dataclass(frozen=True, slots=True)
class ProbeRow:
    """A probe that will run, is running, or has been answered. The words are those of the contract."""

    probe: str
    title: str
    required: bool
    status: str | None = None
    """None: still running."""
    waiting: bool = False
    """Whether it is asked again and again, because AWS does not know the keys yet."""
    message: str = ""
    error_code: str | None = None
    request_id: str | None = None
    who_must_act: str | None = None
    remedy: str | None = None
    statement: str | None = None
    milliseconds: int | None = None


def probe_row(probe: "ProbeDetails") -> ProbeRow:
    """A probe's result as a row of the matrix."""
    return ProbeRow(
        probe=probe.probe.value,
        title=probe.title,
        required=probe.required,
        status=probe.status.value,
        message=probe.message,
        error_code=probe.error_code,
        request_id=probe.request_id,
        who_must_act=probe.who_must_act.value if probe.who_must_act else None,
        remedy=probe.remedy,
        statement=probe.statement,
        milliseconds=probe.milliseconds,
    )


class ProbeMatrix(Vertical):
    """Probes with what they found. `plan` and `finish` let it grow while a verification runs."""

    DEFAULT_CSS = """
    ProbeMatrix {
        height: 1fr;
        Table { height: 1fr; min-height: 4; }
        VerticalScroll { height: 9; border-top: hkey $foreground 20%; scrollbar-size-vertical: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings([MORE_DETAILS])]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._order: list[str] = []
        self._rows: dict[str, ProbeRow] = {}
        self._alone = False

    def compose(self) -> ComposeResult:
        columns: list[Column[ProbeRow]] = [
            Column("status", "RESULT", _result, 11, 11),
            Column("title", "CHECK", _title, 25, 28, grow=1),
            Column(
                "required", "NEEDED", lambda row: Cell("yes" if row.required else "no", "muted"), 6, 6, rank=2
            ),
            Column("message", "FOUND", _found, 34, grow=9, rank=1),
        ]
        yield Table(
            columns,
            key=lambda row: row.probe,
            opens=False,
            empty=(Cell("Never verified."),),
        )
        with VerticalScroll(can_focus=False):
            yield KeyValues()

    def on_mount(self) -> None:
        """Whether there is more than fits is known once it is laid out."""
        self.watch(
            self.query_one(VerticalScroll), "show_vertical_scrollbar", self.refresh_bindings, init=False
        )

    @property
    def rows(self) -> list[ProbeRow]:
        """The probes, in the order they were planned."""
        return [self._rows[probe] for probe in self._order]

    @property
    def selected(self) -> ProbeRow | None:
        """The probe under the cursor."""
        return self.query_one(Table).row

    def explain(self, *lines: Cell) -> None:
        """Say why there is no report, and what to do about it."""
        self.query_one(Table).empty = lines

    def say(self, loading: str) -> None:
        """Say that results are coming."""
        self.query_one(Table).say(loading)

    def plan(self, rows: Sequence[ProbeRow]) -> None:
        """Begin anew with these probes."""
        self._order = [row.probe for row in rows]
        self._rows = {row.probe: row for row in rows}
        self.query_one(Table).show(Chunk(list(rows), len(rows), None))

    def finish(self, row: ProbeRow) -> None:
        """Put in what a probe found; one that was not planned is added at the end."""
        if row.probe in self._rows:
            self._rows[row.probe] = row
            self.query_one(Table).change(row)
        else:
            self.plan([*self.rows, row])

    def wait(self, waiting: bool) -> None:
        """Whether AWS does not know the keys yet: then the first probe without an answer is asked again and again."""
        for at, row in enumerate(row for row in self.rows if row.status is None):
            if row.waiting != (waiting and at == 0):
                self.finish(replace(row, waiting=not row.waiting))

    def show(self, rows: Iterable[ProbeRow]) -> None:
        """Show a whole report, the cursor on the first thing that is wrong."""
        report = list(rows)
        self.plan(report)
        wrong = [at for at, row in enumerate(report) if row.status == "FAIL"]
        if wrong:
            self.query_one(Table).cursor = wrong[0]

    def stop(self) -> None:
        """The verification ended early: what has no answer was not asked, or was not known to AWS by then."""
        words = {False: "Not asked.", True: "AWS did not know this key yet."}
        self.plan(
            [
                row if row.status else replace(row, status="SKIP", message=words[row.waiting], waiting=False)
                for row in self.rows
            ]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is more where the details do not fit."""
        return action != MORE_DETAILS.id or self.query_one(VerticalScroll).show_vertical_scrollbar

    def action_more_details(self) -> None:
        """Scroll the details on; after their end, back to their beginning."""
        pane = self.query_one(VerticalScroll)
        if pane.scroll_offset.y >= pane.max_scroll_y:
            pane.scroll_home(animate=False)
        else:
            pane.scroll_page_down(animate=False)

    def on_table_moved(self, event: Table.Moved) -> None:
        """Tell all about the probe under the cursor."""
        event.stop()
        row = self.selected
        self.query_one(KeyValues).show(details(row) if row is not None else [])
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def plain(self) -> str:
        """The report as text."""
        parts: list[str] = []
        for row in self.rows:
            parts.append(f"{probe_status(row.status).text}  {visible(row.title)}")
            for name, cell in details(row):
                label = f"{name}: " if name.strip() else "  "
                parts.append(f"    {label}{visible(cell.text)}".rstrip())
        return "\n".join(parts)


def _result(row: ProbeRow) -> Cell:
    return WAITING if row.waiting else probe_status(row.status)


def _found(row: ProbeRow) -> Cell:
    return Cell(UNKNOWN if row.waiting else row.message, "muted")


def _title(row: ProbeRow) -> Cell:
    return Cell(row.title, "strong" if row.status == "FAIL" else "plain")


def details(row: ProbeRow) -> list[Pair]:
    """All that is known of a probe: who must act, and how, then what was found, which is often long."""
    if row.waiting:
        return [
            ("found", Cell(UNKNOWN, "warn")),
            ("asking again", Cell("every second: a new key takes up to a minute to be known everywhere")),
            ("not new?", Cell("Then it was mistyped, deactivated or deleted: esc stops waiting, IAM tells.")),
        ]
    pairs: list[Pair] = []
    if row.who_must_act:
        pairs.append(("who must act", Cell(who_must_act(row.who_must_act), "strong")))
    if row.remedy:
        pairs.append(("remedy", Cell(row.remedy)))
    pairs.append(("found", Cell(row.message or probe_status(row.status).text)))
    if row.statement:
        lines = row.statement.split("\n")
        pairs += [("statement" if at == 0 else " ", Cell(line, "key")) for at, line in enumerate(lines)]
    if row.error_code:
        pairs.append(
            (
                "AWS said",
                Cell(row.error_code + (f" · request {row.request_id}" if row.request_id else ""), "muted"),
            )
        )
    pairs.append(("needed", Cell("yes" if row.required else "no, only good to have", "muted")))
    return pairs
