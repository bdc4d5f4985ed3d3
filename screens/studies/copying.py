"""What can be copied of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.shell.copying import Copyable

if TYPE_CHECKING:
    from screens.studies.words import Study


def study_copyables(study: Study | None) -> list[Copyable]:
    """What can be copied of a study."""
    if study is None:
        return []
    things = [Copyable("id", study.id), Copyable("name", study.name)]
    if study.short_code:
        things.append(Copyable("code", study.short_code))
    if study.external_id:
        things.append(Copyable("external id", study.external_id))
    return [
        *things,
        Copyable("dwtui command", f"dwtui studies show {study.id}"),
        Copyable("deep link", f"dwtui --open {study.id}"),
    ]
