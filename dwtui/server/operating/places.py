"""The places that an organization may use with blank keys, as the operator sets them."""

from sqlalchemy import select

from dwtui.server.database.engine import Database
from dwtui.server.errors import BadInputError, ConflictError
from dwtui.server.operating.opening import opened, operators_action
from dwtui.server.organizations.rows import BlankKeyLocationRow
from dwtui.server.organizations.rules import get_organization
from dwtui.server.s3.location import bucket_problems, normalise_prefix, prefix_problems
from dwtui.server.settings import ServerSettings


async def allow_blank_keys(
    settings: ServerSettings, *, organization_id: str, bucket: str, prefix: str
) -> BlankKeyLocationRow:
    """Let an organization use a place with the application's own identity."""
    for field, problems in (("bucket", bucket_problems(bucket)), ("prefix", prefix_problems(prefix))):
        if problems:
            raise BadInputError(field, " ".join(problems))
    place = (organization_id, bucket, normalise_prefix(prefix))
    async with opened(settings) as database:
        name = await _name_of(database, organization_id)
        action = operators_action(database, "blank_keys.allow", organization_id)
        action.about(organization_id, name)
        action.summary = f"s3://{place[1]}/{place[2]}"
        async with action.transaction() as session:
            if await session.get(BlankKeyLocationRow, place) is not None:
                raise ConflictError("This place is allowed already.")
            row = BlankKeyLocationRow(organization_id=place[0], bucket=place[1], prefix=place[2])
            session.add(row)
            return row


async def list_blank_keys(settings: ServerSettings) -> list[BlankKeyLocationRow]:
    """All places, by organization."""
    order = (BlankKeyLocationRow.organization_id, BlankKeyLocationRow.bucket, BlankKeyLocationRow.prefix)
    async with opened(settings) as database, database.read() as session:
        return list(await session.scalars(select(BlankKeyLocationRow).order_by(*order)))


async def forbid_blank_keys(
    settings: ServerSettings, *, organization_id: str, bucket: str, prefix: str
) -> None:
    """Take a place back. Storages that use it stay in the list, and are refused at their next verification."""
    place = (organization_id, bucket, normalise_prefix(prefix))
    async with opened(settings) as database:
        name = await _name_of(database, organization_id)
        action = operators_action(database, "blank_keys.forbid", organization_id)
        action.about(organization_id, name)
        action.summary = f"s3://{place[1]}/{place[2]}"
        async with action.transaction() as session:
            row = await session.get(BlankKeyLocationRow, place)
            if row is None:
                raise BadInputError("bucket", "This place is not allowed to that organization.")
            await session.delete(row)


async def _name_of(database: Database, organization_id: str) -> str:
    async with database.read() as session:
        return (await get_organization(session, organization_id)).name
