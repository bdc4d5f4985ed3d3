"""Finding each study's own storage by its name or bucket, as where each study has a bucket of its own."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageSummary, StudySummary

DEFAULT_PATTERN = "*{id}*"
FIELDS = ("{id}", "{code}", "{end}", "{external}")


def problem_with(pattern: str) -> str | None:
    """Why a pattern would not tell one study from another; None: it would."""
    if any(field in pattern for field in FIELDS):
        return None
    return f"It has to hold one of {', '.join(FIELDS)}: without, all studies would match the same."


def matching(study: StudySummary, pattern: str, storages: Sequence[StorageSummary]) -> list[StorageSummary]:
    """The storages whose name, bucket, or bucket and prefix are as the pattern says for this study.

    `*` stands for any text, `{id}`, `{code}` and `{external}` for what the study has, `{end}` for what follows the last
    hyphen of its code. Case, and whether `_` or `-`, does not count.
    """
    code = study.short_code or ""
    values = {
        "{id}": study.id,
        "{code}": code,
        "{end}": code.rpartition("-")[2],
        "{external}": study.external_id,
    }
    wanted = pattern
    for field, value in values.items():
        if field in wanted and not value:
            return []
        wanted = wanted.replace(field, _literal(value or ""))
    wanted = _plain(wanted)
    return [
        storage for storage in storages if any(fnmatchcase(_plain(text), wanted) for text in _texts(storage))
    ]


def _texts(storage: StorageSummary) -> list[str]:
    bucket, prefix = storage.bucket or "", storage.prefix or ""
    return [storage.name, bucket, f"{bucket}/{prefix}" if prefix else bucket]


def _plain(text: str) -> str:
    return text.casefold().replace("_", "-")


def _literal(text: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)
