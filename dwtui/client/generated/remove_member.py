from pydantic import Field

from .base_model import BaseModel
from .fragments import MemberDetails


class RemoveMember(BaseModel):
    remove_member: "RemoveMemberRemoveMember" = Field(alias="removeMember")


RemoveMemberRemoveMember = MemberDetails
