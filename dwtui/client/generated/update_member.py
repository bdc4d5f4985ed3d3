from pydantic import Field

from .base_model import BaseModel
from .fragments import MemberDetails


class UpdateMember(BaseModel):
    update_member: "UpdateMemberUpdateMember" = Field(alias="updateMember")


UpdateMemberUpdateMember = MemberDetails
