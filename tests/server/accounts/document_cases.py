"""The part of the table of who may do what that is about documents."""

from itertools import count
from typing import Any

from tests.server.accounts.permission_table import (
    CHANGE_OTHER,
    CHANGE_OWN,
    OWN_STUDY,
    Case,
    Scene,
    row_of,
)
from tests.support.documents import add_documents, add_version

CREATE_VERSION = "Mutation.createVersion"
"""Sent with a file."""

_numbers = count(1)

#                administrator | study adm. | support | member | study member | outsider | operator | nobody
LIST_OTHER = row_of(
    "            ok | hidden     | ok      | hidden | hidden       | hidden   | hidden   | sign in"
)
UPLOAD_OWN = row_of(
    "            ok | ok         | no      | hidden | ok           | hidden   | hidden   | sign in"
)
UPLOAD_OTHER = row_of(
    "            ok | hidden     | no      | hidden | hidden       | hidden   | hidden   | sign in"
)
DELETE_OWN = row_of(
    "            ok | ok         | no      | hidden | no           | hidden   | hidden   | sign in"
)


CREATE_OTHER = row_of(
    "            ok | no         | no      | hidden | hidden       | hidden   | hidden   | sign in"
)
READ_OTHER = row_of(
    "            ok | hidden     | no      | hidden | hidden       | hidden   | hidden   | sign in"
)


def _study(scene: Scene, about: str) -> str:
    return scene.world.own_study if about == "own" else scene.world.other_study


def _storage(scene: Scene) -> str:
    """The default storage: the document storage of both studies."""
    [(storage,)] = scene.world.sql(
        "SELECT document_storage_id FROM studies WHERE id = :id", id=scene.world.own_study
    )
    found: str = storage
    return found


def _document(scene: Scene, about: str) -> str:
    name = f"document-{next(_numbers)}.csv"
    return add_documents(scene.world, _study(scene, about), [name], storage=_storage(scene), versions=2)[0]


def _version(scene: Scene, about: str) -> str:
    name = f"version-{next(_numbers)}.csv"
    return add_version(scene.world, _study(scene, about), name, storage=_storage(scene))


def _change(scene: Scene, about: str) -> dict[str, Any]:
    return {"study": _study(scene, about), "documentBucket": _storage(scene)}


def _of_a_document(operation: str, document: str, own: tuple[str, ...], other: tuple[str, ...]) -> list[Case]:
    return [
        Case(operation, document, own, lambda scene, who: {"id": _document(scene, "own")}, "own"),
        Case(operation, document, other, lambda scene, who: {"id": _document(scene, "other")}, "other"),
    ]


def _of_a_version(operation: str, document: str, own: tuple[str, ...], other: tuple[str, ...]) -> list[Case]:
    return [
        Case(operation, document, own, lambda scene, who: {"id": _version(scene, "own")}, "own"),
        Case(operation, document, other, lambda scene, who: {"id": _version(scene, "other")}, "other"),
    ]


def _of_a_change(operation: str, document: str) -> list[Case]:
    return [
        Case(operation, document, CHANGE_OWN, lambda scene, who: _change(scene, "own"), "own"),
        Case(operation, document, CHANGE_OTHER, lambda scene, who: _change(scene, "other"), "other"),
    ]


DOCUMENT_CASES = (
    Case(CREATE_VERSION, "", UPLOAD_OWN, lambda scene, who: {"study": _study(scene, "own")}, "own"),
    Case(CREATE_VERSION, "", CREATE_OTHER, lambda scene, who: {"study": _study(scene, "other")}, "other"),
    *_of_a_document(
        "Mutation.signedUrl",
        "mutation ($id: ID!) { signedUrl(fileId: $id) { url } }",
        UPLOAD_OWN,
        READ_OTHER,
    ),
    *_of_a_document(
        "Query.document", "query ($id: ID!) { document(id: $id) { name } }", OWN_STUDY, LIST_OTHER
    ),
    *_of_a_version(
        "Query.version", "query ($id: ID!) { version(id: $id) { fileName } }", OWN_STUDY, LIST_OTHER
    ),
    *_of_a_change(
        "Query.relocationPreview",
        "query ($study: ID!, $documentBucket: ID!) "
        "{ relocationPreview(study: $study, documentBucket: $documentBucket) { summary } }",
    ),
    *_of_a_change(
        "Query.relocationPreviews",
        "query ($study: ID!, $documentBucket: ID!) "
        "{ relocationPreviews(changes: [{ study: $study, documentBucket: $documentBucket }]) { summary } }",
    ),
    *_of_a_version(
        "Mutation.createFile",
        "mutation ($id: ID!) { createFile(input: { version: $id }) { id } }",
        UPLOAD_OWN,
        UPLOAD_OTHER,
    ),
    *_of_a_document(
        "Mutation.updateFile",
        'mutation ($id: ID!) { updateFile(id: $id, input: { description: "new" }) { id } }',
        UPLOAD_OWN,
        UPLOAD_OTHER,
    ),
    *_of_a_document(
        "Mutation.deleteFile", "mutation ($id: ID!) { deleteFile(id: $id) { id } }", DELETE_OWN, UPLOAD_OTHER
    ),
    *_of_a_version(
        "Mutation.deleteVersion",
        "mutation ($id: ID!) { deleteVersion(id: $id) { id } }",
        DELETE_OWN,
        UPLOAD_OTHER,
    ),
)
