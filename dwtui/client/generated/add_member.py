from pydantic import Field

from .base_model import BaseModel
from .fragments import MemberDetails


class AddMember(BaseModel):
    add_member: "AddMemberAddMember" = Field(alias="addMember")


AddMemberAddMember = MemberDetails
