"""Copying and saving a text, wherever one is shown."""

import os
import re
import socket
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
            self.tell(f"Written to {path}{elsewhere()}", "good", stays=True)


def elsewhere() -> str:
    """Over SSH, the machine on which files are written; empty otherwise."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return f" on {socket.gethostname()}, the machine dwtui runs on"
    return ""


def save_beside(folder: Path, name: str, text: str) -> Path:
    """Write a text to `name` in a folder, or to `name-2`… where that is taken; where it went. Mode 0600."""
    wanted = Path(re.sub(r"[^\w.+=,@-]", "_", name)[-120:].lstrip(".") or "dwtui.txt")
    for number in count(1):
        path = folder / (wanted.name if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}")
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text if text.endswith("\n") else text + "\n")
        return path
    raise AssertionError("unreachable")
