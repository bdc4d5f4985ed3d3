"""Making documents of versions, and changing what is said of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import not_found
from dwtui.server.documents.names import checked_description, checked_file_name, checked_tags
from dwtui.server.documents.rows import DocumentRow, FileType, VersionRow
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.ids import new_id
from dwtui.server.names import name_key


async def create_document(
    session: AsyncSession, version_id: str, input: Mapping[str, Any], creator_id: str | None
) -> DocumentRow:
    """Make a document of a version that belongs to none. The version is held until the transaction ends."""
    version = await session.get(VersionRow, version_id, with_for_update=True)
    if version is None:
        raise not_found(version_id)
    if version.document_id is not None:
        raise ConflictError(
            "This version belongs to a document already. Upload the file again to make another document.",
            field="version",
            document=version.document_id,
        )
    name = checked_file_name(version.file_name if input.get("name") is None else input["name"], "name")
    await _refuse_taken(session, version.study_id, name, None)
    row = DocumentRow(
        id=new_id("SF"),
        study_id=version.study_id,
        name=name,
        name_key=name_key(name),
        description=checked_description(input.get("description")),
        file_type=FileType(input.get("file_type") or FileType.OTH),
        tags=checked_tags(input.get("tags")),
        created_at=clock.now(),
        created_by_id=creator_id,
        revision=1,
        latest_id=version.id,
    )
    row.found_by = _found_by(row)
    session.add(row)
    await _flush_name(session, version.study_id, name)
    version.document_id, version.number = row.id, 1
    await session.flush()
    return row


async def update_document(session: AsyncSession, row: DocumentRow, input: Mapping[str, Any]) -> list[str]:
    """Change what an input says of a document; what it leaves out stays. The answer tells the changes in words."""
    for field, shown in (("name", "name"), ("file_type", "fileType")):
        if field in input and input[field] is None:
            raise BadInputError(shown, "A document always has one; leave the field out to keep it.")
    changes = []
    if "name" in input:
        name = checked_file_name(input["name"], "name")
        if name != row.name:
            await _refuse_taken(session, row.study_id, name, row.id)
            changes.append(f"renamed from “{row.name}” to “{name}”")
            row.name, row.name_key = name, name_key(name)
    if "description" in input:
        described = checked_description(input["description"])
        if described != row.description:
            row.description = described
            changes.append("description" if described else "description removed")
    if "file_type" in input and FileType(input["file_type"]) is not row.file_type:
        row.file_type = FileType(input["file_type"])
        changes.append(f"file type {row.file_type}")
    if "tags" in input:
        tags = checked_tags(input["tags"])
        if tags != row.tags:
            row.tags = tags
            changes.append(f"tags {', '.join(tags)}" if tags else "tags removed")
    if changes:
        row.revision += 1
        row.found_by = _found_by(row)
        await _flush_name(session, row.study_id, row.name)
    return changes


def _found_by(row: DocumentRow) -> str:
    return "\n".join(name_key(text) for text in (row.description, *row.tags))


async def _refuse_taken(session: AsyncSession, study_id: str, name: str, own_id: str | None) -> None:
    taken = await session.scalar(
        select(DocumentRow.id).where(DocumentRow.study_id == study_id, DocumentRow.name_key == name_key(name))
    )
    if taken is not None and taken != own_id:
        raise _taken(name, taken)


async def _flush_name(session: AsyncSession, study_id: str, name: str) -> None:
    """Write; two who take the same name at once are told apart by the database."""
    try:
        await session.flush()
    except IntegrityError as error:
        raise _taken(name, None) from error


def _taken(name: str, document_id: str | None) -> ConflictError:
    return ConflictError(
        f"This study has a document called “{name}” already. Upload the file as a new version of it, "
        "or choose another name.",
        field="name",
        **({"document": document_id} if document_id else {}),
    )
