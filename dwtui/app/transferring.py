"""Uploads and downloads as the application keeps them: shown on every page, cancelled from anywhere."""

from __future__ import annotations

from textual.app import App

from dwtui.app.departures import Departure
from screens.shell.page import Page
from screens.shell.places import Place
from screens.shell.session import Session
from screens.shell.transfers import State, Transfer, Transfers
from screens.widgets.lines import Foot, KeyLine


class TransferringApp(App[Departure]):
    """An application in which uploads and downloads go on while one moves about."""

    session: Session

    @property
    def transfers(self) -> Transfers:
        """The queue of them. It is made when it is asked for."""
        if self._transfers is None:
            self._transfers = Transfers(self.show_progress, self._transfer_ended)
        return self._transfers

    _transfers: Transfers | None = None

    @property
    def transferring(self) -> list[Transfer]:
        """Those that are under way or wait."""
        return self._transfers.active if self._transfers is not None else []

    async def stop_transfers(self) -> None:
        """Stop all of them, when the program ends."""
        if self._transfers is not None:
            await self._transfers.close()

    def show_progress(self) -> None:
        """Let the page in front tell how they stand, while there are any."""
        page = self.screen
        if self._transfers is None or not isinstance(page, Page) or not page.is_mounted:
            return
        from screens.widgets.progress_line import ProgressLine

        shown = page.query(ProgressLine)
        if self.transferring and not shown:
            page.query_one(Foot).mount(ProgressLine(self._transfers), before=page.query_one(KeyLine))
        elif not self.transferring:
            # Hidden before it is removed, so that what stands above it moves down at once.
            for line in shown:
                line.display = False
            shown.remove()
        self.refresh_bindings()

    def _transfer_ended(self, transfer: Transfer) -> None:
        if not self.is_running:
            return
        if transfer.kind == "upload" and transfer.state is State.DONE:
            self.session.note_change()
        if isinstance(self.screen, Page):
            self.screen.transfer_ended(transfer)
        self.show_progress()

    def action_show_transfers(self) -> None:
        """Show all of them."""
        self.go(Place("transfers"))

    def action_cancel_transfer(self) -> None:
        """Cancel the one that is under way."""
        if self._transfers is not None and self._transfers.current is not None:
            self._transfers.cancel(self._transfers.current)

    def go(self, place: Place) -> None:
        """Show a place above what is shown now."""
        raise NotImplementedError
