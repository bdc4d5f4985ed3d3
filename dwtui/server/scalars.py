"""The contract's scalars."""

from datetime import UTC, datetime

from ariadne import ScalarType

from dwtui.server.transport.incoming_file import IncomingFile

date_time = ScalarType("DateTime")
upload = ScalarType("Upload")


@date_time.serializer
def serialize_moment(value: datetime) -> str:
    """A moment as RFC 3339 text in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@date_time.value_parser
def parse_moment(value: str) -> datetime:
    """A moment from RFC 3339 text; one without a zone is refused."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone, such as Z")
    return moment.astimezone(UTC)


@upload.value_parser
def parse_upload(value: object) -> IncomingFile:
    """The file that came with the request; nothing else can stand for one."""
    if not isinstance(value, IncomingFile):
        raise ValueError("a file is sent as a part of a multipart/form-data request")
    return value
