"""Editing a storage and rotating its keys: what changes is verified before it replaces what was."""

from collections.abc import Mapping
from typing import Any

from dwtui.server.activity.recording import Action
from dwtui.server.database.base import name_key
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.names import checked_name
from dwtui.server.organizations.usage import refuse_needed_use
from dwtui.server.parts import Parts
from dwtui.server.s3.results import Report, StorageUse
from dwtui.server.storage_backends.attaching import set_keys
from dwtui.server.storage_backends.inputs import changed_settings, wait_of
from dwtui.server.storage_backends.keys import seal, unseal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import (
    NAME_LENGTH,
    StorageSettings,
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


async def settings_of_row(parts: Parts, row: StorageBackendRow) -> StorageSettings:
    """The settings of a saved storage, its keys in the clear. The row must have been loaded with its keys."""
    keys = await unseal(parts.cipher, row)
    return StorageSettings(location_of(row), uses_of(row), keys, row.bucket_owner)


async def edit(parts: Parts, action: Action, storage_id: str, input: Mapping[str, Any]) -> StorageBackendRow:
    """Change a storage. When the verification of what changes fails, everything stays as it was."""
    async with parts.database.read() as session:
        before = await get_storage(session, storage_id, with_keys=True)
    refuse_default(before, "edited")
    name = _name_of(input, before)
    if input.get("expected_revision") not in (None, before.revision):
        raise changed_meanwhile(before)
    present = await settings_of_row(parts, before)
    wanted = changed_settings(present, input)
    keys_change = "access_key" in input or "secret_key" in input
    report = await _verified_change(parts, action, present, wanted, input, keys_change=keys_change)
    sealed = (
        await seal(parts.cipher, wanted.keys, before.organization_id, before.id)
        if keys_change and wanted.keys
        else None
    )
    async with action.transaction() as session:
        row = await get_storage(session, storage_id, with_keys=True, to_change=True)
        if row.revision != before.revision:
            raise changed_meanwhile(row)
        await refuse_taken_name(session, row.organization_id, name, row.id)
        if StorageUse.DOCUMENTS in present.uses - wanted.uses:
            await refuse_needed_use(session, row)
        changes = _changes(row, name, present, wanted, keys_change=keys_change)
        row.name, row.name_key = name, name_key(name)
        row.for_documents, row.for_data = StorageUse.DOCUMENTS in wanted.uses, StorageUse.DATA in wanted.uses
        if keys_change:
            set_keys(row, wanted.keys, sealed)
        if report is not None:
            keep_report(row, report)
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


async def _verified_change(
    parts: Parts,
    action: Action,
    present: StorageSettings,
    wanted: StorageSettings,
    input: Mapping[str, Any],
    *,
    keys_change: bool,
) -> Report | None:
    """The report on new keys or uses; None when neither changes."""
    if not keys_change and wanted.uses <= present.uses:
        return None
    if keys_change:
        async with parts.database.read() as session:
            await refuse_foreign_identity(session, action.organization_id, wanted)
    return await verified(parts.settings, wanted, wait_for_keys=wait_of(input, 60))


def _changes(
    row: StorageBackendRow, name: str, present: StorageSettings, wanted: StorageSettings, *, keys_change: bool
) -> list[str]:
    """What changes, in words."""
    changes = []
    if name != row.name:
        changes.append(f"renamed from “{row.name}”")
    if keys_change:
        changes.append("keys rotated" if wanted.keys else "keys are now blank")
    if wanted.uses != present.uses:
        changes.append("used for " + " and ".join(sorted(use.lower() for use in wanted.uses)))
    return changes


def changed_meanwhile(row: StorageBackendRow) -> ConflictError:
    """The answer to the later of two who change a storage."""
    return ConflictError(
        f"“{row.name}” was changed by somebody else in the meantime, so nothing was saved. "
        "Look at it again, then repeat your change.",
        revision=row.revision,
    )
