from pydantic import Field

from .base_model import BaseModel
from .fragments import MemberDetails, PageMarks


class Members(BaseModel):
    organization: "MembersOrganization"


class MembersOrganization(BaseModel):
    members: "MembersOrganizationMembers"


class MembersOrganizationMembers(BaseModel):
    edges: list["MembersOrganizationMembersEdges"]
    page_info: "MembersOrganizationMembersPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class MembersOrganizationMembersEdges(BaseModel):
    node: "MembersOrganizationMembersEdgesNode"
    cursor: str


MembersOrganizationMembersEdgesNode = MemberDetails
MembersOrganizationMembersPageInfo = PageMarks
