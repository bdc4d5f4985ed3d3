"""What keeps bytes from being moved, in words for the person who waits for them."""

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from dwtui.server.s3.explaining import explain
from dwtui.server.s3.faults import NO_ANSWER, Fault, Kind, fault_of
from dwtui.server.s3.identity import Identity
from dwtui.server.s3.policies import Statement, documents_statement
from dwtui.server.s3.results import Actor, StorageUse
from dwtui.server.s3.subject import Subject

REFUSALS = (BotoCoreError, ClientError, ResponseParserError)
"""All that botocore raises when a request fails."""
CHANGED = "The object in the bucket is not the one that was uploaded: it was overwritten."
RESTORE = "Restore the object in the bucket as it was, or upload the document again."
CHANGED_CODES = frozenset({"PreconditionFailed", "412"})


class TransferError(Exception):
    """S3 did not do its part. `message` and `remedy` are clean and may be shown.

    `passing`: S3, or the way to it, failed for a while; the same may work later.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: Kind = Kind.OTHER,
        code: str | None = None,
        request_id: str | None = None,
        who: Actor | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.code = code
        self.request_id = request_id
        self.who = who
        self.remedy = remedy

    @property
    def passing(self) -> bool:
        """Whether the same may work later without anybody doing anything."""
        return self.kind in NO_ANSWER

    @property
    def in_words(self) -> str:
        """What happened and what to do about it."""
        return f"{self.message} {self.remedy}" if self.remedy else self.message


class ObjectChangedError(TransferError):
    """The object is not the one that was stored: somebody has overwritten it."""


class TooLargeError(Exception):
    """More bytes came than are allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class TooSlowError(Exception):
    """The bytes came slowly while others waited for memory to put theirs in."""


class NothingCameError(Exception):
    """Not one byte came."""


def failure_of(error: Exception, identity: Identity, action: str) -> TransferError:
    """The failure of a request in words. `action` is what it needed, such as `s3:PutObject`."""
    fault = fault_of(error)
    subject = Subject(identity, frozenset({StorageUse.DOCUMENTS}))
    if fault.code in CHANGED_CODES:
        return ObjectChangedError(
            CHANGED,
            code=subject.cleaner.code(fault.code),
            request_id=subject.cleaner.request_id(fault.request_id),
            who=Actor.BUCKET_OWNER,
            remedy=RESTORE,
        )
    finding = explain(fault, subject, action, _statement(fault, identity, action))
    message, remedy = finding.message, finding.remedy
    if fault.kind is Kind.MISSING and action == "s3:GetObject":
        message, remedy = "The object is no longer in the bucket.", RESTORE
    return TransferError(
        subject.cleaner.text(message),
        kind=fault.kind,
        code=subject.cleaner.code(finding.error_code),
        request_id=subject.cleaner.request_id(finding.request_id),
        who=finding.who,
        remedy=subject.cleaner.text(remedy) if remedy else None,
    )


def _statement(fault: Fault, identity: Identity, action: str) -> Statement | None:
    return documents_statement(identity.location, [action]) if fault.kind is Kind.DENIED else None
