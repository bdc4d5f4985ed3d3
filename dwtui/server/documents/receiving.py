"""Receiving a file: through the journal into the study's document storage, and only then into the database."""

import asyncio
import logging
from contextlib import suppress

from dwtui.server.activity.recording import recorded
from dwtui.server.context import RequestContext
from dwtui.server.documents.rows import VersionRow
from dwtui.server.documents.storage_access import identity_for, storage_failed
from dwtui.server.documents.sweeping import forget_object
from dwtui.server.documents.uploading import (
    NewVersion,
    Upload,
    begin_upload,
    finish_upload,
    give_up_upload,
    note_multipart,
)
from dwtui.server.errors import BadInputError, LimitExceededError, StorageFailedError, UnavailableError
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.transfer.failures import NothingCameError, TooLargeError, TooSlowError, TransferError
from dwtui.server.s3.transfer.removing import Remains, remove
from dwtui.server.s3.transfer.sending import Destination, Sending, Stored
from dwtui.server.transport.incoming_file import OCTETS, IncomingFile
from dwtui.server.words import bytes_in_words

_log = logging.getLogger(__name__)

_MULTIPART_OVERHEAD = 64 * 1024
"""What a request may be longer than its file: the parts before it and their heads."""


async def receive(context: RequestContext, new: NewVersion, file: IncomingFile) -> VersionRow:
    """Take a file in as a new version. Whatever goes wrong, no version is made and nothing is left in the bucket.

    Raises what `begin_upload` and `finish_upload` raise, BadInputError (`file`) for an empty or too large one, and
    StorageFailedError.
    """
    largest = context.parts.settings.max_document_bytes
    if (
        file.at_most is not None
        and file.at_most > largest + context.parts.settings.max_body_bytes + _MULTIPART_OVERHEAD
    ):
        raise _too_large(largest)
    upload = await begin_upload(context, new)
    with (
        context.parts.uploads.with_one_more(upload.version_id),
        identity_for(upload, context.parts) as identity,
    ):
        sending = Sending(
            context.parts.transfers,
            identity,
            Destination(upload.key, upload.content_type, upload.bucket_owner),
            limit=largest,
            at_most=file.at_most,
            announce=lambda upload_id: note_multipart(context.database, upload.version_id, upload_id),
        )
        stored: Stored | None = None
        try:
            async with recorded(upload.action):
                stored = await _sent(sending, upload, file, largest)
                return await finish_upload(upload, size=stored.size, sha256=stored.sha256, etag=stored.etag)
        except BaseException as error:
            remains = sending.remains
            if stored is not None:  # the bytes lie there, but may not become a version
                remains = Remains(upload.key, None, whole=True)
            await asyncio.shield(_clean_up(context, upload, identity, remains))
            if isinstance(error.__cause__, TransferError) and not upload.with_place:
                # The activity, which only those read who may see storages, has it in full.
                raise _not_taken(upload, error.__cause__, with_place=False) from error
            raise


async def _sent(sending: Sending, upload: Upload, file: IncomingFile, largest: int) -> Stored:
    try:
        return await sending.run(file.blocks())
    except NothingCameError:
        raise BadInputError(
            "file", "The file is empty: there is nothing to keep. Choose another file."
        ) from None
    except TooSlowError:
        raise LimitExceededError(
            "The file came too slowly while others waited for their turn, so it was not kept. "
            "Send it again later, or over a faster connection."
        ) from None
    except TooLargeError:
        raise _too_large(largest) from None
    except TransferError as error:
        raise _not_taken(upload, error, with_place=True) from error


def _not_taken(upload: Upload, error: TransferError, *, with_place: bool) -> StorageFailedError:
    did_not = "take the file, so nothing was kept"
    return storage_failed(upload.storage_name, did_not, error, with_place=with_place)


def _too_large(largest: int) -> BadInputError:
    return BadInputError(
        "file",
        f"The file is larger than {bytes_in_words(largest)} ({largest:,} bytes), the most that a document may have "
        "here. Its operator can raise that.",
    )


async def _clean_up(
    context: RequestContext, upload: Upload, identity: Identity, remains: Remains | None
) -> None:
    """Remove what is left, and strike it out of the journal; what can not be removed now stays there for later."""
    with suppress(UnavailableError):  # it has been logged, and the upload will be found silent
        if not await give_up_upload(context.database, upload.version_id):
            return  # it is a version all the same
        if remains is not None and not await remove(
            context.parts.transfers, identity, remains, upload.bucket_owner
        ):
            _log.warning("what an upload left in “%s” could not be removed yet", upload.storage_name)
            return
        await forget_object(context.database, upload.version_id)


def new_version(
    file: IncomingFile, study_id: str | None, document_id: str | None, description: str | None
) -> NewVersion:
    """What is known of a version before its bytes arrive."""
    return NewVersion(
        file_name=file.file_name,
        study_id=study_id,
        document_id=document_id,
        description=description,
        content_type=None if file.content_type == OCTETS else file.content_type,
    )
