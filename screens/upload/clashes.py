"""Names that a study has already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dwtui.client.generated.api import Api


async def taken_names(api: Api, study_id: str, names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Which of these names are taken: the id and name of the document by each."""
    taken: dict[str, tuple[str, str]] = {}
    for name in names:
        study = await api.document_files(study_id, first=1, name=name)
        for edge in study.documents.edges:
            taken[name] = (edge.node.id, edge.node.name)
    return taken
