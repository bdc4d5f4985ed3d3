"""What is put into a bucket."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class StoredObject:
    """An object: its whole body is kept, so its size is what S3 tells."""

    key: str
    body: bytes
    content_type: str
    modified: datetime
    storage_class: str = "STANDARD"
