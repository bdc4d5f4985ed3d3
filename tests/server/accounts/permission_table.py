"""The table of who may do what: every operation of the schema, and what each role is answered."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from dwtui.server.operating.people import make_user
from tests.support.cloud import Cloud
from tests.support.world import ADD_MEMBER, EVERYBODY, STUDY_MEMBER, World

WORDS = {
    "ok": "OK",
    "names": "OK",
    "no": "FORBIDDEN",
    "hidden": "NOT_FOUND",
    "sign in": "UNAUTHENTICATED",
}

_numbers = count(1)


@dataclass
class Scene:
    """A world with a storage, and a user who can be added and removed."""

    world: World
    cloud: Cloud
    storage: str
    spare_email: str
    spare_user: str

    def member(self) -> str:
        """Somebody who is a member right now, and whom nobody misses."""
        member = {"organization": self.world.organization, "email": self.spare_email, "role": "MEMBER"}
        self.world.post(ADD_MEMBER, {"input": member})
        return self.spare_user

    def stranger(self) -> str:
        """The address of somebody who is no member right now."""
        remove = "mutation ($o: ID!, $u: ID!) { removeMember(organization: $o, user: $u) { since } }"
        self.world.post(remove, {"o": self.world.organization, "u": self.spare_user})
        return self.spare_email

    def new_storage(self) -> dict[str, Any]:
        """Settings of a storage that could be attached."""
        return {
            "name": f"New {next(_numbers)}",
            "organization": self.world.organization,
            "uses": ["DATA"],
            "waitForKeys": 0,
            **self.cloud.place().input(),
        }

    def unsaved(self) -> dict[str, Any]:
        """Settings of a storage that could be verified."""
        return {name: value for name, value in self.new_storage().items() if name != "name"}

    def doomed_storage(self, who: str) -> str:
        """A storage that may be deleted; only those who can delete it get one of their own."""
        if who != EVERYBODY[0]:
            return self.storage
        storage: str = self.world.create_storage(self.cloud.place(), uses=["DATA"]).value["id"]
        return storage

    def token_of(self, who: str) -> str:
        """The id of a new token of somebody's; of nobody: of anybody's."""
        by = who if who in self.world.people.tokens else STUDY_MEMBER
        answer = self.world.post('mutation { createToken(name: "short") { token { id } } }', by=by)
        token: str = answer.value["token"]["id"]
        return token


@dataclass(frozen=True)
class Case:
    """An operation, what it is asked with, and the answer to each of EVERYBODY, in that order."""

    operation: str
    document: str
    answers: tuple[str, ...]
    variables: Callable[[Scene, str], Mapping[str, Any]] = lambda scene, who: {}
    about: str = ""

    @property
    def name(self) -> str:
        return f"{self.operation} {self.about}".strip()


def spare(scene_settings: Any) -> tuple[str, str]:
    """Somebody who can be added and removed: id and address."""
    email = f"spare.{next(_numbers)}@example.org"
    return asyncio.run(make_user(scene_settings, name="Spare", email=email, operator=False)).id, email


def row_of(text: str) -> tuple[str, ...]:
    answers = tuple(answer.strip() for answer in text.split("|"))
    assert len(answers) == len(EVERYBODY)
    return answers


#                administrator | study adm. | support | member | study member | outsider | operator | nobody
SIGNED_IN = row_of(
    "ok           | ok         | ok      | ok     | ok           | ok       | ok       | sign in"
)
MEMBERS = row_of(
    "  ok           | ok         | ok      | ok     | ok           | hidden   | hidden   | sign in"
)
STORAGES = row_of(
    " ok           | ok         | ok      | names  | names        | hidden   | hidden   | sign in"
)
OWN_STUDY = row_of(
    "ok           | ok         | ok      | hidden | ok           | hidden   | hidden   | sign in"
)
OTHER_STUDY = row_of(
    "ok         | ok         | ok      | hidden | hidden       | hidden   | hidden   | sign in"
)
ACTIVITY = row_of(
    " ok           | ok         | ok      | no     | no           | hidden   | hidden   | sign in"
)
MANAGE = row_of(
    "   ok           | no         | no      | no     | no           | hidden   | hidden   | sign in"
)
OPERATE = row_of(
    "  no           | no         | no      | no     | no           | no       | ok       | sign in"
)
NOT_YOURS = row_of(
    "hidden       | hidden     | hidden  | hidden | hidden       | hidden   | hidden   | sign in"
)
MANAGE_STUDY = row_of(
    "ok        | no         | no      | hidden | no           | hidden   | hidden   | sign in"
)
MANAGE_OTHER = row_of(
    "ok        | no         | no      | hidden | hidden       | hidden   | hidden   | sign in"
)
CHANGE_OWN = row_of(
    "ok          | ok         | no      | hidden | no           | hidden   | hidden   | sign in"
)
CHANGE_OTHER = row_of(
    "ok        | no         | no      | hidden | hidden       | hidden   | hidden   | sign in"
)


def _organization(scene: Scene, who: str) -> dict[str, Any]:
    return {"id": scene.world.organization}


def _storage(scene: Scene, who: str) -> dict[str, Any]:
    return {"id": scene.storage}


VERIFIED = "{ verdict probes { probe status } }"

CASES = (
    Case("Query.viewer", "{ viewer { user { id } } }", SIGNED_IN),
    Case("Query.application", "{ application { version } }", SIGNED_IN),
    Case(
        "Query.suggestedPolicy",
        '{ suggestedPolicy(input: { bucket: "some-bucket" }) { document } }',
        SIGNED_IN,
    ),
    Case("Query.organization", "query ($id: ID!) { organization(id: $id) { id } }", MEMBERS, _organization),
    Case(
        "Query.study",
        "query ($id: ID!) { study(id: $id) { id } }",
        OWN_STUDY,
        lambda scene, who: {"id": scene.world.own_study},
        "own",
    ),
    Case(
        "Query.study",
        "query ($id: ID!) { study(id: $id) { id } }",
        OTHER_STUDY,
        lambda scene, who: {"id": scene.world.other_study},
        "other",
    ),
    Case(
        "Query.allStudies",
        "query ($id: ID!) { allStudies(organization: $id) { totalCount } }",
        MEMBERS,
        _organization,
    ),
    Case(
        "Query.storageBackend",
        "query ($id: ID!) { storageBackend(id: $id) { id name bucket } }",
        STORAGES,
        _storage,
    ),
    Case(
        "Query.allStorageBackends",
        "query ($id: ID!) { allStorageBackends(organization: $id) { edges { node { id name bucket } } } }",
        STORAGES,
        _organization,
    ),
    Case(
        "Query.checkStorageBackend",
        "query ($input: CheckStorageBackendInput!) { checkStorageBackend(input: $input) { s3Uri } }",
        MANAGE,
        lambda scene, who: {"input": {"organization": scene.world.organization, "bucket": "some-bucket"}},
    ),
    Case(
        "Query.storageBackendDeletionImpact",
        "query ($id: ID!) { storageBackendDeletionImpact(id: $id) { isDefaultForData } }",
        MANAGE,
        _storage,
    ),
    Case(
        "Query.activity",
        "query ($id: ID!) { activity(organization: $id) { totalCount } }",
        ACTIVITY,
        _organization,
    ),
    Case("Mutation.createToken", 'mutation { createToken(name: "laptop") { secret } }', SIGNED_IN),
    Case(
        "Mutation.revokeToken",
        "mutation ($id: ID!) { revokeToken(id: $id) { id } }",
        SIGNED_IN,
        lambda scene, who: {"id": scene.token_of(who)},
        "own",
    ),
    Case(
        "Mutation.revokeToken",
        "mutation ($id: ID!) { revokeToken(id: $id) { id } }",
        NOT_YOURS,
        lambda scene, who: {
            "id": scene.token_of(EVERYBODY[0] if who != EVERYBODY[0] else STUDY_MEMBER),
        },
        "somebody else's",
    ),
    Case(
        "Mutation.createOrganization",
        "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }",
        OPERATE,
        lambda scene, who: {"input": {"name": f"New organization {next(_numbers)}"}},
    ),
    Case(
        "Mutation.updateOrganization",
        "mutation ($id: ID!, $input: UpdateOrganizationInput!) { updateOrganization(id: $id, input: $input) { id } }",
        MANAGE,
        lambda scene, who: {
            "id": scene.world.organization,
            "input": {"name": f"Renamed {next(_numbers)}"},
        },
        "name",
    ),
    Case(
        "Mutation.updateOrganization",
        "mutation ($id: ID!, $input: UpdateOrganizationInput!) { updateOrganization(id: $id, input: $input) { id } }",
        MANAGE,
        lambda scene, who: {"id": scene.world.organization, "input": {"defaultDataStorage": None}},
        "default",
    ),
    Case(
        "Mutation.updateOrganization",
        "mutation ($id: ID!, $input: UpdateOrganizationInput!) { updateOrganization(id: $id, input: $input) { id } }",
        MANAGE,
        lambda scene, who: {"id": scene.world.organization, "input": {}},
        "nothing",
    ),
    Case(
        "Mutation.addMember",
        ADD_MEMBER,
        MANAGE,
        lambda scene, who: {
            "input": {
                "organization": scene.world.organization,
                "email": scene.stranger(),
                "role": "SUPPORT",
            }
        },
    ),
    Case(
        "Mutation.updateMember",
        "mutation ($id: ID!, $user: ID!) { updateMember(organization: $id, user: $user, role: SUPPORT) { role } }",
        MANAGE,
        lambda scene, who: {"id": scene.world.organization, "user": scene.member()},
    ),
    Case(
        "Mutation.removeMember",
        "mutation ($id: ID!, $user: ID!) { removeMember(organization: $id, user: $user) { role } }",
        MANAGE,
        lambda scene, who: {"id": scene.world.organization, "user": scene.member()},
    ),
    Case(
        "Mutation.createStudy",
        "mutation ($input: CreateStudyInput!) { createStudy(input: $input) { id } }",
        MANAGE,
        lambda scene, who: {
            "input": {"organization": scene.world.organization, "name": f"New study {next(_numbers)}"}
        },
    ),
    Case(
        "Mutation.setStudyMember",
        "mutation ($id: ID!, $user: ID!) { setStudyMember(study: $id, user: $user, role: MEMBER) { id } }",
        MANAGE_STUDY,
        lambda scene, who: {"id": scene.world.own_study, "user": scene.member()},
        "own",
    ),
    Case(
        "Mutation.setStudyMember",
        "mutation ($id: ID!, $user: ID!) { setStudyMember(study: $id, user: $user, role: MEMBER) { id } }",
        MANAGE_OTHER,
        lambda scene, who: {"id": scene.world.other_study, "user": scene.member()},
        "other",
    ),
    Case(
        "Mutation.removeStudyMember",
        "mutation ($id: ID!, $user: ID!) { removeStudyMember(study: $id, user: $user) { id } }",
        MANAGE_OTHER,
        lambda scene, who: {"id": scene.world.other_study, "user": scene.member()},
        "other",
    ),
    Case(
        "Mutation.updateStorages",
        "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }",
        CHANGE_OWN,
        lambda scene, who: {"id": scene.world.own_study, "input": {"dataBuckets": [scene.storage]}},
        "own",
    ),
    Case(
        "Mutation.updateStorages",
        "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }",
        CHANGE_OTHER,
        lambda scene, who: {"id": scene.world.other_study, "input": {"dataBuckets": [scene.storage]}},
        "other",
    ),
    Case(
        "Mutation.createStorageBackend",
        "mutation ($input: CreateStorageBackendInput!) { createStorageBackend(input: $input) { id } }",
        MANAGE,
        lambda scene, who: {"input": scene.new_storage()},
    ),
    Case(
        "Mutation.updateStorageBackend",
        "mutation ($id: ID!, $input: UpdateStorageBackendInput!) "
        "{ updateStorageBackend(id: $id, input: $input) { id } }",
        MANAGE,
        lambda scene, who: {"id": scene.storage, "input": {"name": f"Renamed {next(_numbers)}"}},
    ),
    Case(
        "Mutation.deleteStorageBackend",
        "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }",
        MANAGE,
        lambda scene, who: {"id": scene.doomed_storage(who)},
    ),
    Case(
        "Mutation.verifyStorageBackend",
        f"mutation ($id: ID!) {{ verifyStorageBackend(id: $id) {VERIFIED} }}",
        MANAGE,
        _storage,
        "saved",
    ),
    Case(
        "Mutation.verifyStorageBackend",
        f"mutation ($input: VerifyStorageBackendInput!) {{ verifyStorageBackend(input: $input) {VERIFIED} }}",
        MANAGE,
        lambda scene, who: {"input": scene.unsaved()},
        "unsaved",
    ),
    Case(
        "Subscription.verifyStorageBackend",
        f"subscription ($id: ID!) {{ verifyStorageBackend(id: $id) {{ verification {VERIFIED} }} }}",
        MANAGE,
        _storage,
        "saved",
    ),
    Case(
        "Subscription.verifyStorageBackend",
        "subscription ($input: VerifyStorageBackendInput!) "
        f"{{ verifyStorageBackend(input: $input) {{ verification {VERIFIED} }} }}",
        MANAGE,
        lambda scene, who: {"input": scene.unsaved()},
        "unsaved",
    ),
)
