from pydantic import Field

from .base_model import BaseModel
from .fragments import OrganizationDetails


class CreateOrganization(BaseModel):
    create_organization: "CreateOrganizationCreateOrganization" = Field(
        alias="createOrganization"
    )


CreateOrganizationCreateOrganization = OrganizationDetails
