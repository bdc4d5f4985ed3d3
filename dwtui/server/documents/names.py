"""The rules for what people say of documents: file names, descriptions, tags, media types."""

import mimetypes
import re
import unicodedata
from collections.abc import Iterable

from dwtui.server.documents.rows import NAME_LENGTH
from dwtui.server.errors import BadInputError
from dwtui.server.names import BIDI_CONTROLS, INVISIBLE, checked_name, name_key

DESCRIPTION_LENGTH = 2000
MOST_TAGS = 20
TAG_LENGTH = 50
UNKNOWN_TYPE = "application/octet-stream"

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_OF_REQUESTS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
"""What HTTP clients say of the bodies they send, never of a file. Some S3 servers would take the bytes for a form."""
_KNOWN = mimetypes.MimeTypes()
_KNOWN.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
_KNOWN.add_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
_COMPRESSED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}
_LINES = "\n\r\t"


def file_name_problem(name: str) -> str | None:
    """What is wrong with a file name, and what would be right; None: nothing. Spaces at its ends are no problem."""
    plain = _plain(name)
    if not plain:
        return "A file name is needed."
    if len(plain) > NAME_LENGTH:
        return f"The file name has {len(plain)} characters; at most {NAME_LENGTH} are allowed. Give it a shorter one."
    if "/" in plain or "\\" in plain:
        return "A file name holds no slash: give the name alone, without folders."
    if plain in (".", ".."):
        return f"“{plain}” names a folder, not a file. Give the file a name."
    for character in plain:
        if _is_hidden(character):
            return (
                f"The file name holds a character that cannot be shown (U+{ord(character):04X}). "
                "Rename the file without it."
            )
    return None


def checked_file_name(name: str, field: str) -> str:
    """The file name in NFC, without space at its ends; BadInputError when it breaks the rules."""
    problem = file_name_problem(name)
    if problem:
        raise BadInputError(field, problem)
    return _plain(name)


def _plain(name: str) -> str:
    try:
        return unicodedata.normalize("NFC", name).strip()
    except UnicodeError:  # half a surrogate pair
        return name


def _is_hidden(character: str) -> bool:
    """Whether a character shows nothing, turns the direction of text, or is none: unlike new emoji, those are final."""
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or character in BIDI_CONTROLS
        or character in INVISIBLE
        or ord(character) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(character) <= 0xFDEF
    )


def checked_description(text: str | None, field: str = "description") -> str:
    """The description without space at its ends (empty: nothing was said); BadInputError when it breaks the rules."""
    plain = (text or "").strip()
    if len(plain) > DESCRIPTION_LENGTH:
        raise BadInputError(
            field,
            f"The description has {len(plain):,} characters; at most {DESCRIPTION_LENGTH:,} are allowed.",
        )
    for character in plain:
        if character not in _LINES and _is_hidden(character):
            raise BadInputError(
                field,
                f"The description holds a character that cannot be shown (U+{ord(character):04X}). Leave it out.",
            )
    return plain


def checked_tags(tags: Iterable[str] | None, field: str = "tags") -> list[str]:
    """The tags in the order given, each once; BadInputError when they break the rules."""
    kept: dict[str, str] = {}
    for tag in tags or ():
        if tag.strip():
            kept.setdefault(name_key(tag), checked_name(tag, field, TAG_LENGTH))
    if len(kept) > MOST_TAGS:
        raise BadInputError(field, f"There are {len(kept)} tags; at most {MOST_TAGS} are allowed.")
    return list(kept.values())


def media_type_of(file_name: str, declared: str | None) -> str:
    """The media type that was declared, without parameters; where that says nothing, by the name's extension."""
    plain = (declared or "").partition(";")[0].strip().lower()
    if _MEDIA_TYPE.fullmatch(plain) and plain != UNKNOWN_TYPE and plain not in _OF_REQUESTS:
        return plain
    # Never the whole name: what looks like a URL is taken for one.
    found, encoding = _KNOWN.guess_type("file" + "".join(f".{part}" for part in file_name.split(".")[-2:]))
    return _COMPRESSED.get(encoding, UNKNOWN_TYPE) if encoding else found or UNKNOWN_TYPE
