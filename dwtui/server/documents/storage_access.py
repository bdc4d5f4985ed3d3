"""Identities for moving the bytes of documents, and what failures of S3 are called in the application."""

from contextlib import AbstractContextManager
from typing import Protocol

from dwtui.server.errors import StorageFailedError
from dwtui.server.parts import Parts
from dwtui.server.s3.faults import Kind
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.keys import KeyPair
from dwtui.server.s3.location import Location
from dwtui.server.s3.transfer.failures import ObjectChangedError, TransferError


class Held(Protocol):
    """Something in a storage, and the keys to it."""

    @property
    def location(self) -> Location: ...
    @property
    def keys(self) -> KeyPair | None: ...


def identity_for(held: Held, parts: Parts) -> AbstractContextManager[Identity]:
    """An identity of its own for one transfer: it may be cut off without harm to others."""
    private_endpoints = parts.settings.allow_private_endpoints
    return parts.identities.lent(held.location, held.keys, private_endpoints=private_endpoints)


def storage_failed(
    storage_name: str, did_not: str, error: TransferError, *, with_place: bool
) -> StorageFailedError:
    """The failure as it is told. `did_not`: what the storage did not do, such as `take the file`.

    What S3 says names buckets, keys and users: `with_place` is for those who may see storages.
    """
    why = error.in_words if with_place else _without_place(error)
    return StorageFailedError(
        f"“{storage_name}” did not {did_not}. {why}",
        passing=error.passing,
        in_time=error.kind is not Kind.BUSY or error.code is not None,
    )


def _without_place(error: TransferError) -> str:
    if error.passing:
        return "S3 failed to answer, or could not be reached. Try again later."
    if isinstance(error, ObjectChangedError) or error.kind in (Kind.MISSING, Kind.ARCHIVED):
        return error.in_words  # our own words, without a name in them
    return "S3 refused it. An organization administrator can verify the storage: that tells why."
