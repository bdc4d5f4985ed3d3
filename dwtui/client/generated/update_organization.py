from pydantic import Field

from .base_model import BaseModel
from .fragments import OrganizationDetails


class UpdateOrganization(BaseModel):
    update_organization: "UpdateOrganizationUpdateOrganization" = Field(
        alias="updateOrganization"
    )


UpdateOrganizationUpdateOrganization = OrganizationDetails
