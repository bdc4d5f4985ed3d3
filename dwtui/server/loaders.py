"""Dataloaders: what many fields of one answer ask for, fetched with one statement each."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, union

from dwtui.server.accounts.rows import TokenRow, UserRow
from dwtui.server.database.engine import Database
from dwtui.server.database.loading import loader, rows_loader
from dwtui.server.documents.loaders import DocumentLoaders
from dwtui.server.organizations.rows import MemberRow, OrganizationRow
from dwtui.server.storage_backends.rows import StorageBackendRow
from dwtui.server.studies.rows import StudyDataStorageRow, StudyRow


class Loaders:
    """The dataloaders of one request."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.documents = DocumentLoaders(database)
        self.user = rows_loader(database, UserRow)
        self.organization = rows_loader(database, OrganizationRow)
        self.study = rows_loader(database, StudyRow)
        self.storage = rows_loader(database, StorageBackendRow)
        self.organizations_of_user = loader(self._organizations_of_users)
        self.owner_of_token = loader(self._owners_of_tokens)
        self.default_storage = loader(self._default_storages)
        self.storages_at = loader(self._storages_at)
        self.report = loader(self._reports)
        self.data_storage_ids = loader(self._data_storage_ids)
        self.document_study_count = loader(self._document_study_counts)
        self.data_study_count = loader(self._data_study_counts)
        self.studies_using = loader(self._studies_using)

    async def _organizations_of_users(self, users: Sequence[str]) -> dict[str, set[str]]:
        statement = select(MemberRow.user_id, MemberRow.organization_id).where(MemberRow.user_id.in_(users))
        found: dict[str, set[str]] = defaultdict(set)
        async with self._database.read() as session:
            for user, organization in await session.execute(statement):
                found[user].add(organization)
        return found

    async def _owners_of_tokens(self, tokens: Sequence[str]) -> dict[str, str]:
        statement = select(TokenRow.id, TokenRow.user_id).where(TokenRow.id.in_(tokens))
        async with self._database.read() as session:
            return dict((await session.execute(statement)).all())

    async def _default_storages(self, organizations: Sequence[str]) -> dict[str, Any]:
        statement = select(StorageBackendRow).where(
            StorageBackendRow.organization_id.in_(organizations), StorageBackendRow.is_default
        )
        async with self._database.read() as session:
            return {row.organization_id: row for row in await session.scalars(statement)}

    async def _storages_at(self, location_keys: Sequence[str]) -> dict[str, list[StorageBackendRow]]:
        statement = (
            select(StorageBackendRow)
            .where(StorageBackendRow.location_key.in_(location_keys))
            .order_by(StorageBackendRow.id)
        )
        found: dict[str, list[StorageBackendRow]] = defaultdict(list)
        async with self._database.read() as session:
            for row in await session.scalars(statement):
                found[row.location_key].append(row)
        return found

    async def _reports(self, storages: Sequence[str]) -> dict[str, Any]:
        statement = select(StorageBackendRow.id, StorageBackendRow.report).where(
            StorageBackendRow.id.in_(storages)
        )
        async with self._database.read() as session:
            return dict((await session.execute(statement)).all())

    async def _data_storage_ids(self, studies: Sequence[str]) -> dict[str, list[str]]:
        statement = (
            select(StudyDataStorageRow.study_id, StudyDataStorageRow.storage_id)
            .where(StudyDataStorageRow.study_id.in_(studies))
            .order_by(StudyDataStorageRow.study_id, StudyDataStorageRow.position)
        )
        found: dict[str, list[str]] = defaultdict(list)
        async with self._database.read() as session:
            for study, storage in await session.execute(statement):
                found[study].append(storage)
        return found

    async def _document_study_counts(self, storages: Sequence[str]) -> dict[str, int]:
        statement = (
            select(StudyRow.document_storage_id, func.count())
            .where(StudyRow.document_storage_id.in_(storages))
            .group_by(StudyRow.document_storage_id)
        )
        async with self._database.read() as session:
            return dict((await session.execute(statement)).all())

    async def _data_study_counts(self, storages: Sequence[str]) -> dict[str, int]:
        statement = (
            select(StudyDataStorageRow.storage_id, func.count())
            .where(StudyDataStorageRow.storage_id.in_(storages))
            .group_by(StudyDataStorageRow.storage_id)
        )
        async with self._database.read() as session:
            return dict((await session.execute(statement)).all())

    async def _studies_using(self, storages: Sequence[str]) -> dict[str, frozenset[str]]:
        documents = select(StudyRow.document_storage_id, StudyRow.id).where(
            StudyRow.document_storage_id.in_(storages)
        )
        data = select(StudyDataStorageRow.storage_id, StudyDataStorageRow.study_id).where(
            StudyDataStorageRow.storage_id.in_(storages)
        )
        found: dict[str, set[str]] = defaultdict(set)
        async with self._database.read() as session:
            for storage, study in await session.execute(union(documents, data)):
                found[storage].add(study)
        return {storage: frozenset(studies) for storage, studies in found.items()}
