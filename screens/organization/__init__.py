"""The organization, and the choice among several."""

from screens.organization.choice import ChooseOrganizationPage
from screens.organization.page import OrganizationPage

__all__ = ["ChooseOrganizationPage", "OrganizationPage"]
