"""Copying and saving a text, wherever one is shown."""

from asyncio import to_thread
from itertools import count
from pathlib import Path

from textual import work

from screens.shell.page import Page


class TextSaving(Page):
    """A page with a text in hand."""

    @property
    def text_to_save(self) -> tuple[str, str]:
        """The name of a file for it, and the text."""
        raise NotImplementedError

    def action_copy_text_whole(self) -> None:
        """Send all of it to the terminal's clipboard."""
        self.host.copy_to_clipboard(self.text_to_save[1])
        self.tell("Sent to the terminal's clipboard.", "good")

    @work(group="save", exclusive=True)
    async def action_save_text(self) -> None:
        """Write it to a file of its own in the folder dwtui was started in."""
        name, text = self.text_to_save
        try:
            path = await to_thread(save_beside, Path.cwd(), name, text)
        except OSError as error:
            self.tell(f"✗ It could not be written to {Path.cwd()}: {error.strerror}.", "bad", stays=True)
        else:
            self.tell(f"Written to {path}", "good")


def save_beside(folder: Path, name: str, text: str) -> Path:
    """Write a text to `name` in a folder, or to `name-2`… where that is taken; where it went."""
    wanted = Path(name)
    for number in count(1):
        path = folder / (wanted.name if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text if text.endswith("\n") else text + "\n")
        except FileExistsError:
            continue
        return path
    raise AssertionError("unreachable")
