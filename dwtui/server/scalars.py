"""The contract's scalars."""

from datetime import UTC, datetime

from ariadne import ScalarType

from dwtui.server.transport.incoming_file import IncomingFile

MOST_BYTES = 2**53
"What JSON's numbers hold everywhere without loss."

date_time = ScalarType("DateTime")
byte_count = ScalarType("ByteCount")
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


@byte_count.serializer
def serialize_byte_count(value: int) -> int:
    """A number of bytes."""
    return _bytes(value)


@byte_count.value_parser
def parse_byte_count(value: object) -> int:
    """A number of bytes; anything but a whole number from 0 to 2^53 is refused."""
    return _bytes(value)


def _bytes(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MOST_BYTES:
        raise ValueError("a number of bytes is a whole number from 0 to 2^53")
    return value
