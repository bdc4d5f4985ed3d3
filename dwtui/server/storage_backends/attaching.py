"""Attaching a storage: verified first, then saved, with its keys sealed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import Permission
from dwtui.server.activity.recording import Action
from dwtui.server.database.engine import lock
from dwtui.server.documents.counting import in_words
from dwtui.server.documents.departures import come_back
from dwtui.server.ids import new_id
from dwtui.server.names import checked_name, name_key
from dwtui.server.parts import Parts
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.results import StorageUse
from dwtui.server.storage_backends.inputs import settings_of, wait_of
from dwtui.server.storage_backends.keys import seal
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import (
    NAME_LENGTH,
    StorageSettings,
    flush_name,
    refuse_foreign_identity,
    refuse_shared_place,
    refuse_taken_name,
)
from dwtui.server.verification.keeping import keep_report
from dwtui.server.verification.running import verified


async def attach(parts: Parts, action: Action, input: Mapping[str, Any]) -> StorageBackendRow:
    """Attach the storage that an input describes.

    The rules are asked before the verification, which takes its time, and again in the transaction that saves.
    """
    name = checked_name(input["name"], "name", NAME_LENGTH)
    action.about(None, name)
    settings = settings_of(input, parts.settings)
    organization_id = action.organization_id
    async with parts.database.read() as session:
        await _refuse(session, organization_id, name, settings)
    report = await verified(parts, organization_id, settings, wait_for_keys=wait_of(input, 60))
    storage_id = new_id("SB")
    sealed = await seal(parts.cipher, settings.keys, organization_id, storage_id) if settings.keys else None
    action.about(storage_id, name)
    async with action.transaction() as session:
        await action.require_still(session, Permission.MANAGE_STORAGES)
        await lock(session, f"places in {settings.location_key}")
        await _refuse(session, organization_id, name, settings)
        row = new_row(storage_id, organization_id, name, settings, sealed)
        row.created_by_id = action.actor.id if action.actor else None
        keep_report(row, report)
        session.add(row)
        await flush_name(session, name)
        action.summary = f"{settings.location.s3_uri}, {'with a key pair' if settings.keys else 'blank keys'}"
        found = await come_back(session, row)
        if found.documents:
            action.summary += f"; documents found in it again: {in_words(found)}"
    return row


async def _refuse(session: AsyncSession, organization_id: str, name: str, settings: StorageSettings) -> None:
    await refuse_taken_name(session, organization_id, name)
    await refuse_foreign_identity(session, organization_id, settings)
    await refuse_shared_place(session, organization_id, settings)


def new_row(
    storage_id: str, organization_id: str, name: str, settings: StorageSettings, sealed: bytes | None
) -> StorageBackendRow:
    """The row of a new storage, not verified yet."""
    moment = clock.now()
    row = StorageBackendRow(
        id=storage_id,
        organization_id=organization_id,
        name=name,
        name_key=name_key(name),
        bucket=settings.location.bucket,
        prefix=settings.location.prefix,
        endpoint_url=settings.location.endpoint_url,
        location_key=settings.location_key,
        path_style=settings.location.path_style,
        given_region=settings.location.region,
        for_documents=StorageUse.DOCUMENTS in settings.uses,
        for_data=StorageUse.DATA in settings.uses,
        is_default=False,
        healthy=None,
        created_at=moment,
        created_by_id=None,
        revision=1,
    )
    set_keys(row, settings.keys, sealed)
    return row


def set_keys(row: StorageBackendRow, pair: KeyPair | None, sealed: bytes | None) -> None:
    """Give a storage its key pair, sealed; None: blank keys. What was known of the old keys' owner is forgotten."""
    row.arn = row.account_id = row.account_alias = row.user_name = row.key_created_at = None
    row.sealed_keys = sealed
    row.blank_keys = pair is None
    row.access_key_ending = pair.access_key[-4:] if pair else None
    row.keys_changed_at = clock.now() if pair else None
