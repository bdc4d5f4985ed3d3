from pydantic import Field

from .base_model import BaseModel
from .fragments import PageMarks, StudySummary


class StorageStudies(BaseModel):
    storage_backend: "StorageStudiesStorageBackend" = Field(alias="storageBackend")


class StorageStudiesStorageBackend(BaseModel):
    studies: "StorageStudiesStorageBackendStudies"


class StorageStudiesStorageBackendStudies(BaseModel):
    edges: list["StorageStudiesStorageBackendStudiesEdges"]
    page_info: "StorageStudiesStorageBackendStudiesPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class StorageStudiesStorageBackendStudiesEdges(BaseModel):
    node: "StorageStudiesStorageBackendStudiesEdgesNode"
    cursor: str


StorageStudiesStorageBackendStudiesEdgesNode = StudySummary
StorageStudiesStorageBackendStudiesPageInfo = PageMarks
