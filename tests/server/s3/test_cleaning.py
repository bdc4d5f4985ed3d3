"""Texts from outside."""

import unicodedata
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.cleaning import Cleaner
from dwtui.server.s3.keys import KeyPair

ACCESS, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
cleaner = Cleaner(KeyPair(ACCESS, SECRET))


@given(
    st.text(), st.text(), st.sampled_from([ACCESS, SECRET, quote(SECRET, safe=""), "ASIAZZZZZZZZZZZZ1234"])
)
def test_no_key_survives(before: str, after: str, secret: str) -> None:
    cleaned = cleaner.text(f"{before}{secret}{after}", 10_000)
    assert secret not in cleaned
    assert not any(unicodedata.category(character)[0] == "C" for character in cleaned)


@given(st.text(max_size=30))
def test_keys_hidden_among_invisible_characters(noise: str) -> None:
    invisible = (
        "".join(character for character in noise if unicodedata.category(character) == "Cf") or "\u200b"
    )
    assert SECRET not in cleaner.text(invisible.join(SECRET))
    assert ACCESS not in cleaner.text(invisible.join(ACCESS))


@given(st.text(), st.integers(1, 50))
def test_texts_are_bounded_lines(text: str, length: int) -> None:
    cleaned = cleaner.text(text, length)
    assert len(cleaned) <= length
    assert len(cleaned.splitlines()) <= 1


def test_last_four_characters_stay() -> None:
    assert cleaner.text(f"key {ACCESS} is unknown") == "key …MPLE is unknown"
    assert Cleaner(None).text(f"key {ACCESS} is unknown") == "key …MPLE is unknown"


def test_codes_and_ids() -> None:
    assert cleaner.code("AccessDenied") == "AccessDenied"
    assert cleaner.code("KMS.DisabledException") == "KMS.DisabledException"
    assert cleaner.code("<b>Evil\x1b[1m") == "bEvil1m"
    assert cleaner.code("") is None
    assert cleaner.code(None) is None
    assert cleaner.request_id("tx0/a+b=") == "tx0/a+b="
    assert len(cleaner.request_id("x" * 5000)) <= 128
