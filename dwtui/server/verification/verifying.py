"""Verifying on request: settings that are not saved, or a saved storage, whose report is then kept."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from dwtui.server.accounts.permissions import Permission
from dwtui.server.acting import acting
from dwtui.server.context import RequestContext
from dwtui.server.errors import BadInputError
from dwtui.server.s3.results import Event, Finished, ProbeStatus, Report
from dwtui.server.s3.verification import report_of
from dwtui.server.storage_backends.editing import wanted_settings
from dwtui.server.storage_backends.inputs import changes_keys, changes_uses, settings_of, wait_of
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.storage_backends.rules import (
    StorageSettings,
    get_storage,
    refuse_foreign_identity,
    refuse_shared_place,
    uses_of,
)
from dwtui.server.verification.keeping import keep_report
from dwtui.server.verification.running import events_of


@dataclass(frozen=True)
class _Subject:
    """What is verified. `revision` is set when the report is to be kept with the saved storage."""

    organization_id: str
    storage_id: str | None
    name: str
    settings: StorageSettings
    wait_for_keys: int
    revision: int | None


async def verification_events(
    context: RequestContext,
    storage_id: str | None,
    saved: Mapping[str, Any] | None,
    input: Mapping[str, Any] | None,
) -> AsyncGenerator[Event, None]:
    """Check that the viewer may ask for it, then begin; the events follow as the probes finish."""
    if (storage_id is None) == (input is None):
        raise BadInputError(
            "input", "Give either the id of a saved storage or the settings of one that is not saved."
        )
    if input is not None:
        subject = await _unsaved(context, input)
    else:
        assert storage_id is not None
        subject = await _saved(context, storage_id, saved or {})
    return _run(context, subject)


async def _unsaved(context: RequestContext, input: Mapping[str, Any]) -> _Subject:
    organization_id = input["organization"]
    standing = await context.standing(organization_id)
    standing.require_member(organization_id)
    async with acting(context, "storage_backend.verify", organization_id) as action:
        action.about(None, f"s3://{input['bucket'][:63]}/")
        standing.require(Permission.MANAGE_STORAGES, organization_id)
        settings = settings_of(input, context.parts.settings)
        async with context.database.read() as session:
            await refuse_foreign_identity(session, organization_id, settings)
            await refuse_shared_place(session, organization_id, settings)
    return _Subject(
        organization_id, None, settings.location.s3_uri, settings, wait_of(input, default=60), None
    )


async def _saved(context: RequestContext, storage_id: str, changes: Mapping[str, Any]) -> _Subject:
    async with context.database.read() as session:
        row = await get_storage(session, storage_id, with_keys=True)
    standing = await context.standing(row.organization_id)
    standing.require_member(storage_id)
    async with acting(context, "storage_backend.verify", row.organization_id) as action:
        action.about(row.id, row.name)
        standing.require(Permission.MANAGE_STORAGES, storage_id)
        return await _subject_of(context, row, changes)


async def _subject_of(
    context: RequestContext, row: StorageBackendRow, changes: Mapping[str, Any]
) -> _Subject:
    """A saved storage, loaded with its keys, with the changes that are to be tried on it."""
    wanted = await wanted_settings(context.parts, row, changes)
    if wanted.keys is None and not row.is_default:
        async with context.database.read() as session:
            await refuse_foreign_identity(session, row.organization_id, wanted)
    keeps = not changes_keys(changes) and not changes_uses(changes, uses_of(row))
    return _Subject(
        row.organization_id,
        row.id,
        row.name,
        wanted,
        wait_of(changes, default=0),
        row.revision if keeps else None,
    )


async def verify_saved(context: RequestContext, storage_id: str) -> Report:
    """Verify a saved storage with what it has, and keep the report. Who may ask is the caller's affair."""
    async with context.database.read() as session:
        row = await get_storage(session, storage_id, with_keys=True)
    return await report_of(_run(context, await _subject_of(context, row, {})))


async def _run(context: RequestContext, subject: _Subject) -> AsyncGenerator[Event, None]:
    async with acting(context, "storage_backend.verify", subject.organization_id) as action:
        action.about(subject.storage_id, subject.name)
        events = events_of(
            context.parts, subject.organization_id, subject.settings, wait_for_keys=subject.wait_for_keys
        )
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Finished):
                    action.summary = summary_of(event.report)
                    async with action.transaction() as session:
                        if subject.storage_id is not None and subject.revision is not None:
                            row = await get_storage(session, subject.storage_id, to_change=True)
                            if row.revision == subject.revision:
                                keep_report(row, event.report)
                yield event


def summary_of(report: Report) -> str:
    """A report in a few words."""
    wrong = [
        f"{probe.title} ({probe.error_code or probe.status.lower()})"
        for probe in report.probes
        if probe.required and probe.status in (ProbeStatus.FAIL, ProbeStatus.INCONCLUSIVE)
    ]
    return report.verdict.lower() + (f": {', '.join(wrong)}" if wrong else "")
