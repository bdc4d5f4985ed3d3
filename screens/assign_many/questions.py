"""What is asked on the page of the bulk assignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from screens.assign_many.matching import DEFAULT_PATTERN, problem_with
from screens.shell.page import Page
from screens.storages.words import health_of, s3_uri
from screens.widgets.dock import Chooser
from screens.widgets.text_question import TextQuestion

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageSummary


class Way(NamedTuple):
    """A way to choose that is no storage."""

    id: str
    name: str
    text: str


AS_NOW = Way("as-now", "As now", "change nothing of this")
BY_NAME = Way("by-name", "Each its own…", "the storage whose name or bucket holds the study's id or code")
LIKE_DOCUMENTS = Way("like-documents", "Where its documents are", "the same storage for both")
NONE = Way("none", "None", "no data storage")


def storage_chooser(title: str, storages: Sequence[StorageSummary], use: str, *ways: Way) -> Chooser[str]:
    """A choice among these ways and the storages for that use; the id of what was chosen."""
    options = [(way.name, way.text, way.id) for way in ways]
    options += [
        (storage.name, f"{health_of(storage).text}   {s3_uri(storage)}", storage.id)
        for storage in storages
        if use in [it.value for it in storage.uses]
    ]
    return Chooser(title, options)


async def ask_for_pattern(page: Page) -> str | None:
    """Ask how each study's own storage is found; None: nothing was given."""
    question = "Each study's own storage is the one whose name, bucket, or bucket/prefix is like"
    hint = "* is any text; {id}, {code}, {end} (of the code) and {external} are the study's; case and _ - are alike"
    return await page.ask(TextQuestion(question, DEFAULT_PATTERN, hint, problem_with))
