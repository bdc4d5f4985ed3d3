"""Who may do what: the table of the design, and the one place where it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dwtui.server.errors import ForbiddenError, NotFoundError
from dwtui.server.ids import shown_id
from dwtui.server.organizations.rows import OrganizationRole
from dwtui.server.studies.rows import StudyRole


class Permission(StrEnum):
    """What somebody may do, as in the contract."""

    SEE_STORAGES = "SEE_STORAGES"
    MANAGE_STORAGES = "MANAGE_STORAGES"
    MANAGE_ORGANIZATION = "MANAGE_ORGANIZATION"
    CHANGE_STUDY_STORAGES = "CHANGE_STUDY_STORAGES"
    UPLOAD_DOCUMENTS = "UPLOAD_DOCUMENTS"
    DELETE_DOCUMENTS = "DELETE_DOCUMENTS"
    LIST_OBJECTS = "LIST_OBJECTS"
    READ_OBJECTS = "READ_OBJECTS"
    SEE_ACTIVITY = "SEE_ACTIVITY"


class Role(StrEnum):
    """The role that counts in an organization."""

    ADMINISTRATOR = "ADMINISTRATOR"
    STUDY_ADMINISTRATOR = "STUDY_ADMINISTRATOR"
    SUPPORT = "SUPPORT"
    MEMBER = "MEMBER"


P = Permission

EVERYWHERE: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.STUDY_ADMINISTRATOR: frozenset({P.SEE_STORAGES, P.SEE_ACTIVITY}),
    Role.SUPPORT: frozenset({P.SEE_STORAGES, P.LIST_OBJECTS, P.SEE_ACTIVITY}),
    Role.MEMBER: frozenset(),
}
"What a role may do in the whole organization. A study administrator's SEE_ACTIVITY is narrowed to own studies."

IN_OWN_STUDIES: Mapping[StudyRole, frozenset[Permission]] = {
    StudyRole.ADMINISTRATOR: frozenset(
        {
            P.CHANGE_STUDY_STORAGES,
            P.UPLOAD_DOCUMENTS,
            P.DELETE_DOCUMENTS,
            P.LIST_OBJECTS,
            P.READ_OBJECTS,
            P.SEE_ACTIVITY,
        }
    ),
    StudyRole.MEMBER: frozenset({P.UPLOAD_DOCUMENTS, P.READ_OBJECTS}),
}
"What a role in a study adds, for that study. A study member reads the study's documents."

IN_STORAGES_OF_OWN_STUDIES = frozenset({P.LIST_OBJECTS, P.READ_OBJECTS})
"What a study administrator may do in the storages that the own studies use."


LISTS_DOCUMENTS = frozenset({P.LIST_OBJECTS, P.READ_OBJECTS})
"Each of them lets somebody know of a study's documents."


@dataclass(frozen=True)
class Standing:
    """Somebody's roles in one organization. Without a role (`organization_role` None) they do not know it exists."""

    user_id: str
    organization_id: str
    organization_role: OrganizationRole | None
    study_roles: Mapping[str, StudyRole] = field(default_factory=dict)

    @property
    def role(self) -> Role | None:
        """The role that counts."""
        return effective_role(self.organization_role, administers_a_study=bool(self.administered_studies()))

    def administered_studies(self) -> frozenset[str]:
        """Ids of the studies they administer."""
        return frozenset(study for study, role in self.study_roles.items() if role is StudyRole.ADMINISTRATOR)

    def in_organization(self) -> frozenset[Permission]:
        """What they may do in the whole organization."""
        return EVERYWHERE[self.role] if self.role else frozenset()

    def in_study(self, study_id: str) -> frozenset[Permission]:
        """What they may do in one study of the organization."""
        own = self.study_roles.get(study_id)
        everywhere = self.in_organization()
        if self.role is Role.STUDY_ADMINISTRATOR and own is not StudyRole.ADMINISTRATOR:
            everywhere -= {P.SEE_ACTIVITY}
        return everywhere | (IN_OWN_STUDIES[own] if own and self.role else frozenset())

    def in_storage(self, used_by: frozenset[str]) -> frozenset[Permission]:
        """What they may do to a storage that those studies use."""
        permissions = self.in_organization()
        if self.role and self.administered_studies() & used_by:
            permissions |= IN_STORAGES_OF_OWN_STUDIES
        return permissions

    def sees_study(self, study_id: str) -> bool:
        """Whether they may know of a study of the organization."""
        return study_id in self.study_roles or self.may(P.SEE_STORAGES)

    def lists_documents(self, study_id: str) -> bool:
        """Whether they may know of the documents of a study of the organization, if not of their bytes."""
        return bool(self.in_study(study_id) & LISTS_DOCUMENTS)

    def require_seen_study(self, study_id: str) -> None:
        """NotFoundError when they may not know of the study."""
        if not self.sees_study(study_id):
            raise not_found(study_id)

    def require_in_study(self, permission: Permission, study_id: str) -> None:
        """ForbiddenError unless they may do that in the study; NotFoundError when they may not know of it."""
        self.require_seen_study(study_id)
        if permission not in self.in_study(study_id):
            raise forbidden(permission)

    def may(self, permission: Permission) -> bool:
        """Whether they may do that in the whole organization."""
        return permission in self.in_organization()

    def require_member(self, what: str) -> None:
        """NotFoundError unless they belong to the organization; `what` is what they asked for, such as its id."""
        if self.role is None:
            raise not_found(what)

    def require(self, permission: Permission, what: str) -> None:
        """ForbiddenError unless they may do that in the organization; NotFoundError when they do not belong to it."""
        self.require_member(what)
        if not self.may(permission):
            raise forbidden(permission)


def effective_role(given: OrganizationRole | None, *, administers_a_study: bool) -> Role | None:
    """The role that counts: administering a study lifts a member to study administrator."""
    if given is None:
        return None
    if given is OrganizationRole.MEMBER and administers_a_study:
        return Role.STUDY_ADMINISTRATOR
    return Role(given.value)


NEEDED_ROLE: Mapping[Permission, str] = {
    P.SEE_STORAGES: "an organization administrator, a study administrator or support",
    P.MANAGE_STORAGES: "an organization administrator",
    P.MANAGE_ORGANIZATION: "an organization administrator",
    P.CHANGE_STUDY_STORAGES: "an organization administrator or an administrator of this study",
    P.UPLOAD_DOCUMENTS: "an organization administrator, or an administrator or member of this study",
    P.DELETE_DOCUMENTS: "an organization administrator or an administrator of this study",
    P.LIST_OBJECTS: "an organization administrator, support, or an administrator of a study that uses the storage",
    P.READ_OBJECTS: "an organization administrator, or an administrator or member of the study",
    P.SEE_ACTIVITY: "an organization administrator, a study administrator or support",
}


def forbidden(permission: Permission) -> ForbiddenError:
    """The refusal, with who could do it."""
    return ForbiddenError(
        f"You may not do this: it takes {NEEDED_ROLE[permission]}. "
        "An organization administrator can give you that role."
    )


def not_found(what: str) -> NotFoundError:
    """The answer for what is not there, or may not be known of."""
    return NotFoundError(f"There is no {shown_id(what)}, or you may not see it.")
