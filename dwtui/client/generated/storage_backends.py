from pydantic import Field

from .base_model import BaseModel
from .fragments import PageMarks, StorageSummary


class StorageBackends(BaseModel):
    all_storage_backends: "StorageBackendsAllStorageBackends" = Field(
        alias="allStorageBackends"
    )


class StorageBackendsAllStorageBackends(BaseModel):
    edges: list["StorageBackendsAllStorageBackendsEdges"]
    page_info: "StorageBackendsAllStorageBackendsPageInfo" = Field(alias="pageInfo")
    total_count: int = Field(alias="totalCount")


class StorageBackendsAllStorageBackendsEdges(BaseModel):
    node: "StorageBackendsAllStorageBackendsEdgesNode"
    cursor: str


StorageBackendsAllStorageBackendsEdgesNode = StorageSummary
StorageBackendsAllStorageBackendsPageInfo = PageMarks
