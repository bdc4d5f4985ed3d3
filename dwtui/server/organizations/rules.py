"""Rules of organizations: their creation with a default storage, their name, their defaults, their members."""

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server import clock
from dwtui.server.accounts.permissions import not_found
from dwtui.server.accounts.rows import UserRow
from dwtui.server.database.engine import HELD, lock
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.ids import new_id, shown_id
from dwtui.server.names import checked_name, name_key
from dwtui.server.organizations.rows import MemberRow, OrganizationRole, OrganizationRow
from dwtui.server.storage_backends.provisioning import default_storage_row
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyMemberRow, StudyRow

NAME_LENGTH = 100


async def get_organization(
    session: AsyncSession, organization_id: str, *, to_change: bool = False
) -> OrganizationRow:
    """The organization; `to_change` holds it until the transaction ends."""
    row = await session.get(OrganizationRow, organization_id, with_for_update=HELD if to_change else None)
    if row is None:
        raise not_found(organization_id)
    return row


def check_revision(found: int, expected: int | None, what: str) -> None:
    """ConflictError when somebody else has changed the thing since it was read."""
    if expected is not None and expected != found:
        raise ConflictError(
            f"{what} was changed by somebody else in the meantime, so nothing was saved. "
            "Look at it again, then repeat your change.",
            revision=found,
        )


async def create_organization(
    session: AsyncSession,
    name: str,
    creator_id: str | None,
    *,
    application_bucket: str,
    application_prefix: str,
    organization_id: str | None = None,
) -> OrganizationRow:
    """A new organization with its default storage; `creator_id` becomes its first administrator."""
    checked = checked_name(name, "name", NAME_LENGTH)
    await _refuse_taken_name(session, checked, None)
    moment = clock.now()
    row = OrganizationRow(
        id=organization_id or new_id("OR"),
        name=checked,
        name_key=name_key(checked),
        created_at=moment,
        revision=1,
        default_document_storage_id=None,
        default_data_storage_id=None,
    )
    session.add(row)
    await _flush_name(session, checked)
    session.add(default_storage_row(row.id, application_bucket, application_prefix, moment))
    if creator_id is not None:
        session.add(
            MemberRow(
                organization_id=row.id, user_id=creator_id, role=OrganizationRole.ADMINISTRATOR, since=moment
            )
        )
    await session.flush()
    return row


async def rename_organization(session: AsyncSession, row: OrganizationRow, name: str) -> None:
    """Give an organization another name."""
    checked = checked_name(name, "name", NAME_LENGTH)
    await _refuse_taken_name(session, checked, row.id)
    row.name, row.name_key = checked, name_key(checked)
    await _flush_name(session, checked)


async def _refuse_taken_name(session: AsyncSession, name: str, own_id: str | None) -> None:
    taken = await session.scalar(select(OrganizationRow.id).where(OrganizationRow.name_key == name_key(name)))
    if taken is not None and taken != own_id:
        raise _name_taken(name)


async def _flush_name(session: AsyncSession, name: str) -> None:
    """Write; two who take the same name at once are told apart by the database."""
    try:
        await session.flush()
    except IntegrityError as error:
        raise _name_taken(name) from error


def _name_taken(name: str) -> ConflictError:
    return ConflictError(
        f"There is an organization called “{name}” already. Choose another name.", field="name"
    )


async def storage_of(
    session: AsyncSession, organization_id: str, storage_id: str, field: str
) -> StorageBackendRow:
    """A storage of that organization, for an input field that names it."""
    row = await session.get(StorageBackendRow, storage_id)
    if row is None or row.organization_id != organization_id:
        raise BadInputError(
            field, f"There is no {shown_id(storage_id)} among the storages of this organization."
        )
    return row


async def set_default_document_storage(
    session: AsyncSession, row: OrganizationRow, storage_id: str | None
) -> str:
    """Where new studies keep their documents; None: the default storage. The answer is its name."""
    if storage_id is None:
        row.default_document_storage_id = None
        return "the default storage"
    storage = await storage_of(session, row.id, storage_id, "defaultDocumentStorage")
    refuse_if_unfit_for_documents(storage, "defaultDocumentStorage")
    row.default_document_storage_id = None if storage.is_default else storage.id
    return storage.name


async def set_default_data_storage(
    session: AsyncSession, row: OrganizationRow, storage_id: str | None
) -> str:
    """Where new studies' data files are looked for; None: the default storage. The answer is its name."""
    if storage_id is None:
        row.default_data_storage_id = None
        return "the default storage"
    storage = await storage_of(session, row.id, storage_id, "defaultDataStorage")
    row.default_data_storage_id = None if storage.is_default else storage.id
    return storage.name


def refuse_if_unfit_for_documents(storage: StorageBackendRow, field: str) -> None:
    """BadInputError when documents could not be kept in the storage: it was not verified for them."""
    if not storage.for_documents:
        raise BadInputError(
            field,
            f"“{storage.name}” was verified for data only. Edit it and add the use “documents” first.",
        )


async def add_member(
    session: AsyncSession, organization_id: str, user: UserRow, role: OrganizationRole
) -> MemberRow:
    """Make a user a member."""
    already = ConflictError(f"{user.name} is a member already. Change their role instead.", field="email")
    if await session.get(MemberRow, (organization_id, user.id)) is not None:
        raise already
    row = MemberRow(organization_id=organization_id, user_id=user.id, role=role, since=clock.now())
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise already from error
    return row


async def get_member(session: AsyncSession, organization_id: str, user_id: str) -> MemberRow:
    """Somebody's membership, held until the transaction ends."""
    row = await session.get(MemberRow, (organization_id, user_id), with_for_update=HELD)
    if row is None:
        raise BadInputError("user", "This user is not a member of this organization.")
    return row


async def change_role(session: AsyncSession, member: MemberRow, role: OrganizationRole) -> None:
    """Give a member another role."""
    if role is not OrganizationRole.ADMINISTRATOR:
        await _refuse_last_administrator(session, member)
    member.role = role


async def remove_member(session: AsyncSession, member: MemberRow) -> None:
    """Remove a member, with their roles in the organization's studies."""
    await _refuse_last_administrator(session, member)
    studies = select(StudyRow.id).where(StudyRow.organization_id == member.organization_id)
    roles = await session.scalars(
        select(StudyMemberRow).where(
            StudyMemberRow.user_id == member.user_id, StudyMemberRow.study_id.in_(studies)
        )
    )
    for role in roles:
        await session.delete(role)
    await session.delete(member)


async def _refuse_last_administrator(session: AsyncSession, member: MemberRow) -> None:
    """An organization without an administrator could not be mended from within."""
    if member.role is not OrganizationRole.ADMINISTRATOR:
        return
    await lock(session, f"administrators of {member.organization_id}")
    administrators = await session.scalar(
        select(func.count())
        .select_from(MemberRow)
        .where(
            MemberRow.organization_id == member.organization_id,
            MemberRow.role == OrganizationRole.ADMINISTRATOR,
        )
    )
    if administrators == 1:
        raise ConflictError("This is the organization's last administrator. Make somebody else one first.")


async def default_storage_of(session: AsyncSession, organization_id: str) -> StorageBackendRow:
    """The organization's default storage."""
    statement = select(StorageBackendRow).where(
        StorageBackendRow.organization_id == organization_id, StorageBackendRow.is_default
    )
    return (await session.execute(statement)).scalar_one()


async def forget_default(session: AsyncSession, storage_id: str) -> None:
    """Let the organization's defaults fall back to its default storage where they name that storage."""
    for column in (OrganizationRow.default_document_storage_id, OrganizationRow.default_data_storage_id):
        await session.execute(
            update(OrganizationRow)
            .where(column == storage_id)
            .values({column.key: None, "revision": OrganizationRow.revision + 1})
        )
