"""Looking up somebody's standing in an organization."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dwtui.server.accounts.permissions import Standing
from dwtui.server.organizations.rows import MemberRow
from dwtui.server.studies.rows import StudyMemberRow, StudyRow


async def standing_in(session: AsyncSession, user_id: str, organization_id: str) -> Standing:
    """The user's roles in the organization; without a membership the standing has no role."""
    role = await session.scalar(
        select(MemberRow.role).where(
            MemberRow.organization_id == organization_id, MemberRow.user_id == user_id
        )
    )
    if role is None:
        return Standing(user_id, organization_id, None)
    studies = await session.execute(
        select(StudyMemberRow.study_id, StudyMemberRow.role)
        .join(StudyRow, StudyRow.id == StudyMemberRow.study_id)
        .where(StudyMemberRow.user_id == user_id, StudyRow.organization_id == organization_id)
    )
    return Standing(user_id, organization_id, role, dict(studies.all()))
