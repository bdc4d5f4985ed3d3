"""An organization with a user of each role, made through the operator's functions and the API itself."""

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, TypeVar

from dwtui.server.operating.people import make_token, make_user
from dwtui.server.settings import ServerSettings
from tests.support.cloud import Place
from tests.support.databases import run_sql
from tests.support.graphql import Answer, GraphQLClient

ADMINISTRATOR = "administrator"
STUDY_ADMINISTRATOR = "study administrator"  # of `own_study`, not of `other_study`
SUPPORT = "support"
MEMBER = "member"
STUDY_MEMBER = "study member"  # of `own_study`
OUTSIDER = "outsider"  # administrator of `other_organization`
OPERATOR = "operator"  # member of no organization
NOBODY = "nobody"  # has no token
EVERYBODY = (
    ADMINISTRATOR, STUDY_ADMINISTRATOR, SUPPORT, MEMBER, STUDY_MEMBER, OUTSIDER, OPERATOR, NOBODY,
)  # fmt: skip

_numbers = count(1)

CREATE_STORAGE = """
mutation ($input: CreateStorageBackendInput!) {
  createStorageBackend(input: $input) {
    id name bucket prefix revision healthy uses identity accessKey keysChangedAt isDefault
  }
}
"""
UPDATE_STORAGE = """
mutation ($id: ID!, $input: UpdateStorageBackendInput!) {
  updateStorageBackend(id: $id, input: $input) {
    id name revision healthy uses identity accessKey keysChangedAt keyCreatedAt user accountId
  }
}
"""
ALL_STORAGES = """
query ($id: ID!) {
  allStorageBackends(organization: $id, first: 1000) {
    edges { node { id name bucket prefix revision healthy uses isDefault documentStudyCount dataStudyCount } }
  }
}
"""
CREATE_STUDY = (
    "mutation ($input: CreateStudyInput!) "
    "{ createStudy(input: $input) { id name revision documentStorage { id } dataStorage { id } } }"
)
ADD_MEMBER = (
    "mutation ($input: AddMemberInput!) { addMember(input: $input) { user { id } role organizationRole } }"
)
CREATE_ORGANIZATION = (
    "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }"
)
REMOVE_MEMBER = """
mutation ($organization: ID!, $user: ID!) {
  removeMember(organization: $organization, user: $user) { role user { id } }
}
"""
UPDATE_MEMBER = """
mutation ($organization: ID!, $user: ID!, $role: OrganizationRole!) {
  updateMember(organization: $organization, user: $user, role: $role) { role organizationRole user { id } }
}
"""
SET_STUDY_MEMBER = """
mutation ($study: ID!, $user: ID!, $role: StudyRole!) {
  setStudyMember(study: $study, user: $user, role: $role) { id members { role user { id } } }
}
"""
ACTIVITY = """
query ($id: ID!, $action: String) {
  activity(organization: $id, action: $action, first: 1000) {
    edges { node { action actorName subjectId subjectName outcome summary requestId actor { id } } }
  }
}
"""

T = TypeVar("T")


@dataclass
class World:
    """Ids of an organization and its studies, and ways to speak to the API as one of its people."""

    settings: ServerSettings
    client: GraphQLClient
    people: "People"
    organization: str
    own_study: str = ""
    other_study: str = ""

    @cached_property
    def other_organization(self) -> str:
        """Another organization, whose administrator is OUTSIDER."""
        return self.found(OUTSIDER)

    def found(self, administrator: str) -> str:
        """The id of a new organization, founded by OPERATOR, who leaves it to its administrator."""
        input = {"name": f"Organization {next(_numbers)}"}
        organization: str = self.post(CREATE_ORGANIZATION, {"input": input}, OPERATOR).value["id"]
        email = self.people.emails[administrator]
        member = {"organization": organization, "email": email, "role": "ADMINISTRATOR"}
        assert self.post(ADD_MEMBER, {"input": member}, OPERATOR).code == "OK"
        leave = {"organization": organization, "user": self.people.users[OPERATOR]}
        assert self.post(REMOVE_MEMBER, leave, administrator).code == "OK"
        return organization

    def post(self, query: str, variables: Mapping[str, Any] | None = None, by: str = ADMINISTRATOR) -> Answer:
        """Ask as somebody."""
        return self.client.post(query, variables, self.people.tokens.get(by))

    def create_storage(
        self, place: Place, *, by: str = ADMINISTRATOR, organization: str | None = None, **fields: Any
    ) -> Answer:
        """Attach a storage at a place; names are made up unless given."""
        input = {
            "name": f"Storage {next(_numbers)}",
            "organization": organization or self.organization,
            "waitForKeys": 0,
            **place.input(),
            **fields,
        }
        return self.post(CREATE_STORAGE, {"input": input}, by)

    def update_storage(self, storage: str, *, by: str = ADMINISTRATOR, **fields: Any) -> Answer:
        """Change a storage."""
        return self.post(UPDATE_STORAGE, {"id": storage, "input": {"waitForKeys": 0, **fields}}, by)

    def storages(self) -> dict[str, dict[str, Any]]:
        """The organization's storages, by name."""
        rows = self.post(ALL_STORAGES, {"id": self.organization}).value["edges"]
        return {row["node"]["name"]: row["node"] for row in rows}

    def sql(self, statement: str, *many: dict[str, Any], **values: Any) -> list[Any]:
        """Run one statement straight on the database, past the application."""
        return run_sql(self.settings.database_url.get_secret_value(), statement, *many, **values)

    def create_study(
        self, *, by: str = ADMINISTRATOR, organization: str | None = None, **fields: Any
    ) -> Answer:
        """Create a study; names are made up unless given."""
        input = {
            "name": f"Study {next(_numbers)}",
            "organization": organization or self.organization,
            **fields,
        }
        return self.post(CREATE_STUDY, {"input": input}, by)

    def activity(self, *, action: str = "", by: str = ADMINISTRATOR) -> list[dict[str, Any]]:
        """The latest lines of the activity, newest first."""
        answer = self.post(ACTIVITY, {"id": self.organization, "action": action}, by)
        return [edge["node"] for edge in answer.value["edges"]]


@dataclass(frozen=True)
class People:
    """A user of each role with a token; which organization they have the role in is the world's affair."""

    users: Mapping[str, str]
    emails: Mapping[str, str]
    tokens: Mapping[str, str] = field(repr=False)


def make_people(settings: ServerSettings) -> People:
    """New users, made as the operator makes them."""
    number = next(_numbers)
    signed_in = [who for who in EVERYBODY if who is not NOBODY]
    emails = {who: f"{who.replace(' ', '.')}.{number}@example.org" for who in signed_in}

    async def make() -> People:
        users, tokens = {}, {}
        for who, email in emails.items():
            name = f"{who.capitalize()} {number}"
            users[who] = (await make_user(settings, name=name, email=email, operator=who is OPERATOR)).id
            tokens[who] = (await make_token(settings, email=email, name="tests", days=1)).secret
        return People(users, emails, tokens)

    return _run(make())


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it apart from the event loop of a test that may be under way."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def build_world(settings: ServerSettings, client: GraphQLClient, people: People) -> World:
    """A new organization of these people with two studies."""
    world = World(settings, client, people, organization="")
    world.organization = world.found(ADMINISTRATOR)
    for who, role in (
        (SUPPORT, "SUPPORT"),
        (MEMBER, "MEMBER"),
        (STUDY_MEMBER, "MEMBER"),
        (STUDY_ADMINISTRATOR, "MEMBER"),
    ):
        member = {"organization": world.organization, "email": people.emails[who], "role": role}
        assert world.post(ADD_MEMBER, {"input": member}).value
    world.own_study = world.create_study(name="Own study", shortCode="OWN").value["id"]
    world.other_study = world.create_study(name="Other study").value["id"]
    for who, role in ((STUDY_ADMINISTRATOR, "ADMINISTRATOR"), (STUDY_MEMBER, "MEMBER")):
        variables = {"study": world.own_study, "user": people.users[who], "role": role}
        assert world.post(SET_STUDY_MEMBER, variables).value
    return world
