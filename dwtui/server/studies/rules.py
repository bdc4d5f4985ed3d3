"""Rules of studies: their creation with the organization's defaults, their storages, their members."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import Permission, Standing, not_found
from dwtui.server.database.engine import HELD
from dwtui.server.database.search import checked_search, contains
from dwtui.server.documents.effects import effect_in_words, effects_of
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.ids import new_id
from dwtui.server.names import checked_name, checked_optional, name_key
from dwtui.server.organizations.rows import OrganizationRow
from dwtui.server.organizations.rules import get_member, refuse_if_unfit_for_documents, storage_of
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyDataStorageRow, StudyMemberRow, StudyRole, StudyRow

NAME_LENGTH = 200
SHORT_CODE_LENGTH = 32
EXTERNAL_ID_LENGTH = 64
MOST_DATA_STORAGES = 100


@dataclass(frozen=True)
class NewStudy:
    """What is known of a study before it exists."""

    name: str
    short_code: str | None = None
    external_id: str | None = None


async def get_study(session: AsyncSession, study_id: str, *, to_change: bool = False) -> StudyRow:
    """The study; `to_change` holds it until the transaction ends."""
    row = await session.get(StudyRow, study_id, with_for_update=HELD if to_change else None)
    if row is None:
        raise not_found(study_id)
    return row


def visible_studies(standing: Standing, search: str | None, storage_id: str | None) -> Select[StudyRow]:
    """The studies of an organization that somebody may see."""
    statement = select(StudyRow).where(StudyRow.organization_id == standing.organization_id)
    if not standing.may(Permission.SEE_STORAGES):
        statement = statement.where(StudyRow.id.in_(standing.study_roles))
    if part := checked_search(search):
        statement = statement.where(
            or_(
                contains(StudyRow.name_key, name_key(part)),
                contains(StudyRow.short_code_key, name_key(part)),
                contains(func.lower(StudyRow.external_id), part.lower()),
                contains(func.lower(StudyRow.id), part.lower()),
            )
        )
    if storage_id:
        statement = statement.where(uses_storage(storage_id))
    return statement


def uses_storage(storage_id: str) -> ColumnElement[bool]:
    """Whether a study uses a storage, for documents or for data."""
    return or_(
        StudyRow.document_storage_id == storage_id,
        exists().where(
            StudyDataStorageRow.study_id == StudyRow.id, StudyDataStorageRow.storage_id == storage_id
        ),
    )


async def create_study(
    session: AsyncSession, organization: OrganizationRow, default_storage_id: str, new: NewStudy
) -> StudyRow:
    """A new study with the organization's two defaults."""
    name = checked_name(new.name, "name", NAME_LENGTH)
    short_code = checked_optional(new.short_code, "shortCode", SHORT_CODE_LENGTH)
    await _refuse_taken(session, organization.id, name, short_code)
    row = StudyRow(
        id=new_id("SD"),
        organization_id=organization.id,
        name=name,
        name_key=name_key(name),
        short_code=short_code,
        short_code_key=name_key(short_code) if short_code else None,
        external_id=checked_optional(new.external_id, "externalId", EXTERNAL_ID_LENGTH),
        document_storage_id=organization.default_document_storage_id or default_storage_id,
        created_at=clock.now(),
        revision=1,
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise _taken("name", name) from error
    data_storage_id = organization.default_data_storage_id or default_storage_id
    session.add(StudyDataStorageRow(study_id=row.id, storage_id=data_storage_id, position=0))
    return row


async def _refuse_taken(
    session: AsyncSession, organization_id: str, name: str, short_code: str | None
) -> None:
    for field, column, value in (
        ("name", StudyRow.name_key, name),
        ("shortCode", StudyRow.short_code_key, short_code),
    ):
        if value and await session.scalar(
            select(StudyRow.id).where(StudyRow.organization_id == organization_id, column == name_key(value))
        ):
            raise _taken(field, value)


def _taken(field: str, value: str) -> ConflictError:
    return ConflictError(f"Another study of this organization is called “{value}” already.", field=field)


async def change_storages(
    session: AsyncSession,
    study: StudyRow,
    *,
    document_storage_id: str | None,
    data_storage_ids: Sequence[str] | None,
) -> list[str]:
    """Change what a study uses; None leaves it as it is. The answer tells the changes in words."""
    changes = []
    if document_storage_id is not None and document_storage_id != study.document_storage_id:
        storage = await storage_of(session, study.organization_id, document_storage_id, "documentBucket")
        refuse_if_unfit_for_documents(storage, "documentBucket")
        effects = await effects_of(session, [(study.id, storage.id)])
        study.document_storage_id = storage.id
        told = effect_in_words(effects[study.id, storage.id])
        changes.append(f"documents now go to “{storage.name}”" + (f" ({told})" if told else ""))
    if data_storage_ids is not None:
        wanted = list(dict.fromkeys(data_storage_ids))
        if len(wanted) > MOST_DATA_STORAGES:
            raise BadInputError("dataBuckets", f"A study has at most {MOST_DATA_STORAGES} data storages.")
        storages = [
            await storage_of(session, study.organization_id, storage_id, "dataBuckets")
            for storage_id in wanted
        ]
        if await replace_data_storages(session, study.id, [storage.id for storage in storages]):
            names = ", ".join(f"“{storage.name}”" for storage in storages) or "none"
            changes.append(f"data storages are now {names}")
    return changes


async def replace_data_storages(session: AsyncSession, study_id: str, wanted: Sequence[str]) -> bool:
    """Set a study's data storages, in that order; whether anything changed."""
    statement = (
        select(StudyDataStorageRow.storage_id)
        .where(StudyDataStorageRow.study_id == study_id)
        .order_by(StudyDataStorageRow.position)
    )
    if list(await session.scalars(statement)) == list(wanted):
        return False
    await session.execute(delete(StudyDataStorageRow).where(StudyDataStorageRow.study_id == study_id))
    session.add_all(
        StudyDataStorageRow(study_id=study_id, storage_id=storage_id, position=position)
        for position, storage_id in enumerate(wanted)
    )
    await session.flush()
    return True


async def fall_back(session: AsyncSession, storage: StorageBackendRow, default_storage_id: str) -> None:
    """Take a storage away from the studies that use it.

    Documents fall back to the default storage; a study that would be left without any data storage gets it, too.
    """
    users = await session.scalars(select(StudyRow).where(uses_storage(storage.id)).with_for_update(**HELD))
    for study in users.all():
        if study.document_storage_id == storage.id:
            study.document_storage_id = default_storage_id
        data = await session.scalars(
            select(StudyDataStorageRow.storage_id)
            .where(StudyDataStorageRow.study_id == study.id)
            .order_by(StudyDataStorageRow.position)
        )
        had = list(data)
        if storage.id in had:
            left = [storage_id for storage_id in had if storage_id != storage.id]
            await replace_data_storages(session, study.id, left or [default_storage_id])
        study.revision += 1
    await session.flush()


async def set_study_member(session: AsyncSession, study: StudyRow, user_id: str, role: StudyRole) -> None:
    """Give a member of the study's organization a role in the study."""
    await get_member(session, study.organization_id, user_id)
    row = await session.get(StudyMemberRow, (study.id, user_id))
    if row is None:
        session.add(StudyMemberRow(study_id=study.id, user_id=user_id, role=role))
    else:
        row.role = role
    await session.flush()


async def remove_study_member(session: AsyncSession, study: StudyRow, user_id: str) -> None:
    """Take somebody's role in a study away."""
    row = await session.get(StudyMemberRow, (study.id, user_id))
    if row is None:
        raise BadInputError("user", "This user has no role in this study.")
    await session.delete(row)
