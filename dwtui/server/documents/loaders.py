"""Dataloaders of documents and versions."""

from collections.abc import Sequence

from dwtui.server.database.engine import Database
from dwtui.server.database.loading import loader, rows_loader
from dwtui.server.documents.counting import (
    CountOfDocument,
    CountOfStudy,
    counts_of_documents,
    counts_of_studies,
)
from dwtui.server.documents.rows import DepartedStorageRow, DocumentRow, VersionRow


class DocumentLoaders:
    """The dataloaders of one request."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.document = rows_loader(database, DocumentRow)
        self.version = rows_loader(database, VersionRow)
        self.departed = rows_loader(database, DepartedStorageRow)
        self.count_of_study = loader(self._counts_of_studies)
        self.count_of_document = loader(self._counts_of_documents)

    async def _counts_of_studies(self, studies: Sequence[str]) -> dict[str, CountOfStudy]:
        async with self._database.read() as session:
            return await counts_of_studies(session, studies)

    async def _counts_of_documents(self, documents: Sequence[str]) -> dict[str, CountOfDocument]:
        async with self._database.read() as session:
            return await counts_of_documents(session, documents)
