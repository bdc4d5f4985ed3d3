"""What pages may ask of the application they run in."""

from typing import Protocol

from screens.shell.places import Place
from screens.shell.session import Session
from screens.shell.transfers import Transfers


class Host(Protocol):
    """The application, as pages see it."""

    session: Session
    transfers: Transfers

    def go(self, place: Place) -> None:
        """Show a place above what is shown now; a section takes the place of all."""

    def knows(self, kind: str) -> bool:
        """Whether there is a screen for that kind of place."""

    def show_progress(self) -> None:
        """Let the page in front tell how uploads and downloads stand, while there are any."""

    def leave(self, notice: str = "") -> None:
        """Go back from the page that is shown, saying what was done on the page before."""

    def leave_all(self, notice: str = "") -> None:
        """Go back to the section that all this was begun in, saying there what was done."""

    def begin_anew(self) -> None:
        """Another API or another user: show the storages as if the program had just been started."""

    def run_demo(self) -> None:
        """Leave the program for the demo."""

    def ask_to_sign_in(self, why: str) -> None:
        """Ask for another token, for the given reason, and come back to where one was."""

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the terminal's clipboard."""
