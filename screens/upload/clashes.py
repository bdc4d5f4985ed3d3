"""Names that a study has already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from screens.shell.connections import FIRST

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api


def name_key(name: str) -> str:
    """What two names have in common that are the same in a study."""
    return normalize("NFC", name.strip()).casefold()


async def taken_names(api: Api, study_id: str, names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Which of these names are taken: the id and name of the document by each."""
    taken: dict[str, tuple[str, str]] = {}
    for name in names:
        study = await api.study_documents(study_id, first=FIRST, search=name)
        for edge in study.documents.edges:
            if name_key(edge.node.name) == name_key(name):
                taken[name] = (edge.node.id, edge.node.name)
    return taken
