from .base_model import BaseModel
from .fragments import OrganizationDetails


class Organization(BaseModel):
    organization: "OrganizationOrganization"


OrganizationOrganization = OrganizationDetails
