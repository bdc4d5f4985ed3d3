"""Texts from outside, made fit to be kept and shown: bounded, without control characters and without keys."""

import html
import re
import unicodedata
from urllib.parse import quote

from dwtui.server.s3.keys import KeyPair

TEXT_LENGTH = 300

_ACCESS_KEY = re.compile(r"(?:AKIA|ASIA)[A-Z0-9]{8,}")
_CODE = re.compile(r"[^A-Za-z0-9._:-]")
_REQUEST_ID = re.compile(r"[^A-Za-z0-9/+=_.:-]")


class Cleaner:
    """Cleans texts for those who read reports, given the keys that must not show up in them."""

    def __init__(self, keys: KeyPair | None) -> None:
        self._hidden: dict[str, str] = {}
        if keys is not None:
            for form in (keys.reveal(), quote(keys.reveal(), safe=""), html.escape(keys.reveal())):
                self._hidden[form] = "[secret]"
            self._hidden[keys.access_key] = keys.ending

    def text(self, text: str, length: int = TEXT_LENGTH) -> str:
        """One line of at most `length` characters; access keys are cut to their last four characters."""
        text = " ".join("".join(_visible(character) for character in text).split())
        for hidden, shown in self._hidden.items():
            text = text.replace(hidden, shown)
        text = _ACCESS_KEY.sub(lambda match: f"…{match.group()[-4:]}", text)
        return text if len(text) <= length else f"{text[: length - 1]}…"

    def code(self, code: str | None) -> str | None:
        """An error code such as `AccessDenied`; None when nothing is left of it."""
        return _CODE.sub("", self.text(code or "", 64)) or None

    def request_id(self, request_id: str | None) -> str | None:
        """AWS's id of a request; None when nothing is left of it."""
        return _REQUEST_ID.sub("", self.text(request_id or "", 128)) or None


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else character
