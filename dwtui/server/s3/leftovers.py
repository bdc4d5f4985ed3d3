"""What probes have put into a bucket, so that it is removed whatever happens."""

import threading
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from dwtui.server.s3.identity import Identity


class Leftovers:
    """The objects and multipart uploads of a verification until they are gone. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._objects: set[str] = set()
        self._uploads: set[tuple[str, str]] = set()

    def object_written(self, key: str) -> None:
        """An object may lie there: say so before it is sent."""
        with self._lock:
            self._objects.add(key)

    def object_gone(self, key: str) -> None:
        """The object is not there, or not any more."""
        with self._lock:
            self._objects.discard(key)

    def upload_begun(self, key: str, upload_id: str) -> None:
        """A multipart upload is open."""
        with self._lock:
            self._uploads.add((key, upload_id))

    def upload_gone(self, key: str, upload_id: str) -> None:
        """The multipart upload is closed."""
        with self._lock:
            self._uploads.discard((key, upload_id))

    def __bool__(self) -> bool:
        with self._lock:
            return bool(self._objects or self._uploads)

    def sweep(self, identity: Identity, owner: Mapping[str, Any]) -> None:
        """Try once to remove what is left; what can not be removed is kept on the list."""
        with self._lock:
            objects, uploads = list(self._objects), list(self._uploads)
        bucket = identity.location.bucket
        for key, upload_id in uploads:
            try:
                identity.s3.abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload_id, **owner)
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != "NoSuchUpload":
                    continue
            except BotoCoreError:
                continue
            self.upload_gone(key, upload_id)
        for key in objects:
            try:
                identity.s3.delete_object(Bucket=bucket, Key=key, **owner)
            except (BotoCoreError, ClientError):
                continue
            self.object_gone(key)
