"""Editing a storage and rotating its keys: what changes is verified before it replaces what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Permission
from dwtui.server.activity.recording import Action
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.names import checked_name, name_key
from dwtui.server.organizations.usage import hold_usage, refuse_needed_use
from dwtui.server.parts import Parts
from dwtui.server.s3.results import Report, StorageUse
from dwtui.server.storage_backends.attaching import set_keys
from dwtui.server.storage_backends.inputs import changes_keys, changes_uses, new_keys_of, wait_of
from dwtui.server.storage_backends.keys import seal, unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import (
    NAME_LENGTH,
    StorageSettings,
    chosen_uses,
    flush_name,
    get_storage,
    location_of,
    refuse_default,
    refuse_foreign_identity,
    refuse_taken_name,
    uses_of,
)
from dwtui.server.verification.keeping import keep_report
from dwtui.server.verification.running import verified


@dataclass(frozen=True)
class _Proven:
    """New keys or uses, and the report that they work. `sealed`: the new key pair, encrypted."""

    settings: StorageSettings
    report: Report
    new_keys: bool
    sealed: bytes | None


async def wanted_settings(parts: Parts, row: StorageBackendRow, input: Mapping[str, Any]) -> StorageSettings:
    """The settings of a saved storage with the keys and uses that an input changes; what is left out stays.

    The row must have been loaded with its keys. They are opened only if they stay, so that new ones can be given where
    the old ones do not open any more.
    """
    location = location_of(row)
    if changes_keys(input):
        keys = new_keys_of(input, aws=location.endpoint_url is None)
    else:
        keys = await unseal(parts.cipher, row)
    uses = chosen_uses(input["uses"]) if changes_uses(input, uses_of(row)) else uses_of(row)
    return StorageSettings(location, uses, keys, row.bucket_owner)


async def edit(parts: Parts, action: Action, storage_id: str, input: Mapping[str, Any]) -> StorageBackendRow:
    """Change a storage. When the verification of what changes fails, everything stays as it was.

    The rules are asked before the verification, which takes its time, and again in the transaction that saves.
    """
    async with parts.database.read() as session:
        before = await get_storage(session, storage_id, with_keys=True)
        refuse_default(before, "edited")
        name = _name_of(input, before)
        _refuse_changed(before, input.get("expected_revision"))
        await _refuse(session, before, name, input)
    proven = await _proven(parts, before, input)
    async with action.transaction() as session:
        await action.require_still(session, Permission.MANAGE_STORAGES)
        await hold_usage(session, before.organization_id)
        row = await get_storage(session, storage_id, with_keys=True, to_change=True)
        _refuse_changed(row, before.revision)
        await _refuse(session, row, name, input)
        if proven is not None:
            await refuse_foreign_identity(session, row.organization_id, proven.settings)
        changes = [f"renamed from “{row.name}”"] if name != row.name else []
        row.name, row.name_key = name, name_key(name)
        if proven is not None:
            changes += _replace(row, proven)
        row.revision += 1 if changes else 0
        action.summary = "; ".join(changes) or "nothing changed"
        await flush_name(session, name)
    return row


def _name_of(input: Mapping[str, Any], row: StorageBackendRow) -> str:
    if input.get("name") is None:
        if "name" in input:
            raise BadInputError("name", "A name is needed; leave the field out to keep the present one.")
        return row.name
    return checked_name(input["name"], "name", NAME_LENGTH)


def _refuse_changed(row: StorageBackendRow, expected_revision: int | None) -> None:
    """ConflictError for the later of two who change a storage."""
    if expected_revision not in (None, row.revision):
        raise ConflictError(
            f"“{row.name}” was changed by somebody else in the meantime, so nothing was saved. "
            "Look at it again, then repeat your change.",
            revision=row.revision,
        )


async def _refuse(session: AsyncSession, row: StorageBackendRow, name: str, input: Mapping[str, Any]) -> None:
    await refuse_taken_name(session, row.organization_id, name, row.id)
    present = uses_of(row)
    if changes_uses(input, present) and StorageUse.DOCUMENTS in present - chosen_uses(input["uses"]):
        await refuse_needed_use(session, row)


async def _proven(parts: Parts, row: StorageBackendRow, input: Mapping[str, Any]) -> _Proven | None:
    """New keys or uses, verified; None when neither changes."""
    new_keys = changes_keys(input)
    if not new_keys and not changes_uses(input, uses_of(row)):
        return None
    wanted = await wanted_settings(parts, row, input)
    async with parts.database.read() as session:
        await refuse_foreign_identity(session, row.organization_id, wanted)
    report = await verified(parts, row.organization_id, wanted, wait_for_keys=wait_of(input, 60))
    sealed = None
    if new_keys and wanted.keys is not None:
        sealed = await seal(parts.cipher, wanted.keys, row.organization_id, row.id)
    return _Proven(wanted, report, new_keys, sealed)


def _replace(row: StorageBackendRow, proven: _Proven) -> list[str]:
    """Replace what changes. The answer tells it in words."""
    changes = []
    uses, keys = proven.settings.uses, proven.settings.keys
    if proven.new_keys:
        set_keys(row, keys, proven.sealed)
        changes.append("keys rotated" if keys else "keys are now blank")
    if uses != uses_of(row):
        row.for_documents, row.for_data = StorageUse.DOCUMENTS in uses, StorageUse.DATA in uses
        changes.append("used for " + " and ".join(sorted(use.lower() for use in uses)))
    keep_report(row, proven.report)
    return changes
