"""Builds the sample organizations through the API, as their administrators would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dwtui.client.connection import Connection
from dwtui.demo.cloud.keys import KeyPair
from dwtui.demo.sample.people import SamplePerson
from dwtui.demo.sample.storages import SampleStorage
from dwtui.demo.sample.studies import SampleStudy

_ADD_MEMBER = """
mutation AddMember($input: AddMemberInput!) { addMember(input: $input) { user { id } } }
"""
_CREATE_STORAGE = """
mutation CreateStorage($input: CreateStorageBackendInput!) { createStorageBackend(input: $input) { id } }
"""
_DELETE_STORAGE = """
mutation DeleteStorage($id: ID!) { deleteStorageBackend(id: $id) { id } }
"""
_SET_DEFAULTS = """
mutation SetDefaults($id: ID!, $input: UpdateOrganizationInput!) {
  updateOrganization(id: $id, input: $input) { id }
}
"""
_CREATE_STUDY = """
mutation CreateStudy($input: CreateStudyInput!) { createStudy(input: $input) { id } }
"""
_UPDATE_STORAGES = """
mutation UpdateStorages($id: ID!, $input: UpdateStoragesInput!) {
  updateStorages(id: $id, input: $input) { id }
}
"""
_SET_STUDY_MEMBER = """
mutation SetStudyMember($study: ID!, $user: ID!, $role: StudyRole!) {
  setStudyMember(study: $study, user: $user, role: $role) { id }
}
"""
_VERIFY = """
mutation Verify($id: ID!) { verifyStorageBackend(id: $id) { verdict } }
"""
_DEFAULT_STORAGE = """
query DefaultStorage($id: ID!) { organization(id: $id) { defaultStorage { id } } }
"""


@dataclass
class OrganizationBuilder:
    """Builds one organization, asking as its administrator."""

    api: Connection
    organization: str
    storages: dict[str, str] = field(default_factory=dict)
    """Ids by name."""
    studies: dict[str, str] = field(default_factory=dict)
    """Ids by short code."""

    async def add_member(self, person: SamplePerson) -> str:
        """Make somebody a member; their id."""
        entry = {"organization": self.organization, "email": person.email, "role": person.seat.value}
        done = await self._change(_ADD_MEMBER, input=entry)
        return str(done["addMember"]["user"]["id"])

    async def attach(self, storage: SampleStorage, pair: KeyPair | None) -> None:
        """Attach a storage. The API verifies it first."""
        entry: dict[str, Any] = {
            "organization": self.organization,
            "name": storage.name,
            "bucket": storage.bucket,
            "prefix": storage.prefix,
            "uses": list(storage.uses),
            "waitForKeys": 0,
        }
        if pair is not None:
            entry |= {"accessKey": pair.access_key, "secretKey": pair.secret_key}
        done = await self._change(_CREATE_STORAGE, input=entry)
        self.storages[storage.name] = str(done["createStorageBackend"]["id"])

    async def set_defaults(self, documents: str, data: str) -> None:
        """Choose the storages, by name, that new studies begin with."""
        entry = {
            "defaultDocumentStorage": self.storages[documents],
            "defaultDataStorage": self.storages[data],
        }
        await self._change(_SET_DEFAULTS, id=self.organization, input=entry)

    async def create_study(self, study: SampleStudy) -> None:
        """Create a study, with the organization's defaults."""
        entry = {
            "organization": self.organization,
            "name": study.name,
            "shortCode": study.code,
            "externalId": study.external_id,
        }
        done = await self._change(_CREATE_STUDY, input=entry)
        self.studies[study.code] = str(done["createStudy"]["id"])

    async def give_storages(self, study: SampleStudy) -> None:
        """Have a study use its storages; for documents the one it used formerly, where there was one."""
        entry: dict[str, Any] = {}
        documents = study.formerly or study.documents
        if documents is not None:
            entry["documentBucket"] = self.storages[documents]
        if study.data:
            entry["dataBuckets"] = [self.storages[name] for name in study.data]
        if entry:
            await self._change(_UPDATE_STORAGES, id=self.studies[study.code], input=entry)

    async def move_on(self, study: SampleStudy) -> None:
        """Have a study keep its documents in its present storage. What was uploaded before stays where it is."""
        if study.documents is not None:
            entry = {"documentBucket": self.storages[study.documents]}
            await self._change(_UPDATE_STORAGES, id=self.studies[study.code], input=entry)

    async def delete(self, storage: SampleStorage) -> None:
        """Delete a storage."""
        await self._change(_DELETE_STORAGE, id=self.storages.pop(storage.name))

    async def give_studies(self, person: SamplePerson, user: str) -> None:
        """Give somebody their roles in studies."""
        roles = [(code, "ADMINISTRATOR") for code in person.administers]
        roles += [(code, "MEMBER") for code in person.belongs_to]
        for code, role in roles:
            await self._change(_SET_STUDY_MEMBER, study=self.studies[code], user=user, role=role)

    async def verify(self, name: str) -> None:
        """Verify a storage again; the API keeps what it finds."""
        await self._change(_VERIFY, id=self.storages[name])

    async def verify_default(self) -> None:
        """Verify the default storage, which was provisioned without."""
        found = await self.api.execute(_DEFAULT_STORAGE, variables={"id": self.organization})
        await self._change(_VERIFY, id=found["organization"]["defaultStorage"]["id"])

    async def _change(self, mutation: str, **variables: Any) -> Mapping[str, Any]:
        return await self.api.execute(mutation, variables=variables)
