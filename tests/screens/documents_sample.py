"""Sample documents of the screens' tests, as the API answers them."""

from datetime import timedelta
from typing import Any

from tests.screens.sample import NAMES, NOW

DEFAULT, OLD = "SB_00000005", "SB_00000001"
"""The studies' document storage, and one that some versions were uploaded to before."""
STORAGE_NAMES = {f"SB_000000{at:02d}": row[0] for at, row in enumerate(NAMES)}
OBSTACLE = (
    "It lies in “{name}”, which is not the study's document storage. Switch the study back to “{name}”, "
    "or have its documents moved."
)
ADA = {"id": "US_0000AAAA", "name": "Ada Okafor", "email": "ada@example.org"}

DOCUMENTS: list[tuple[str, str, str, list[tuple[int, str]]]] = [
    (
        "participants.csv",
        "CLN",
        "One row a participant",
        [(48_213, DEFAULT), (47_001, DEFAULT), (40_100, OLD)],
    ),
    ("sequencing-manifest-2026.tsv", "SEQ", "", [(1_204_551, DEFAULT)]),
    ("consent-form.pdf", "OTH", "As signed in 2024", [(312_000, OLD)]),
]
"""Name, type, description, and the size and storage of each version, newest first."""


def version(document: int, at: int, name: str, size: int, storage: str) -> dict[str, Any]:
    """A version, without what depends on its study."""
    key = f"dewrangle/studies/SD_00000001/uploads/FV_000000{document}{at}_{name}"
    return {
        "id": f"FV_000000{document}{at}",
        "fileName": name,
        "description": "" if at else "Corrected dates",
        "size": size,
        "sha256": f"{document}{at}" * 32,
        "contentType": "text/csv",
        "createdAt": NOW - timedelta(days=10 * (at + 1), hours=document),
        "createdBy": ADA,
        "storage": {"id": storage, "name": STORAGE_NAMES[storage]},
        "storageName": STORAGE_NAMES[storage],
        "key": key,
        "s3Uri": f"s3://bucket/{key}",
        "downloadPath": f"/download/study/SD_00000001/file/SF_000000{document:02d}/version/FV_000000{document}{at}",
    }


def document(number: int, name: str, kind: str, said: str, versions: list[tuple[int, str]]) -> dict[str, Any]:
    """A document with its versions."""
    made = [version(number, at, name, size, storage) for at, (size, storage) in enumerate(versions)]
    return {
        "id": f"SF_000000{number:02d}",
        "name": name,
        "description": said,
        "fileType": kind,
        "tags": ["release-1"] if number == 0 else [],
        "createdAt": made[-1]["createdAt"] if made else NOW,
        "createdBy": ADA,
        "revision": 1,
        "versions": made,
    }


def documents() -> list[dict[str, Any]]:
    """All of them."""
    return [document(at, *row) for at, row in enumerate(DOCUMENTS)]


def seen_version(one: dict[str, Any], document_storage: str) -> dict[str, Any]:
    """A version as a study with that document storage sees it."""
    at_hand = one["storage"]["id"] == document_storage
    name = one["storageName"]
    return {
        **one,
        "place": "AT_HAND" if at_hand else "STRANDED",
        "obstacle": None if at_hand else OBSTACLE.format(name=name),
    }


def seen_document(one: dict[str, Any], document_storage: str, may: list[str]) -> dict[str, Any]:
    """A document as its study sees it."""
    versions = [seen_version(it, document_storage) for it in one["versions"]]
    return {
        **one,
        "latest": versions[0],
        "versions": versions,
        "versionCount": len(versions),
        "bytes": sum(it["size"] for it in versions),
        "strandedCount": sum(it["place"] != "AT_HAND" for it in versions),
        "viewerMay": may,
    }


def counted(versions: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, int]:
    """Documents and versions, counted."""
    return {
        "documents": len({one["id"] for one, _ in versions}),
        "versions": len(versions),
        "bytes": sum(it["size"] for _, it in versions),
    }
