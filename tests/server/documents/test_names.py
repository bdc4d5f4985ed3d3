"""Names of files and the keys they get: whatever somebody types, what is accepted fits S3, screens and file systems."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.documents.keys import key_of
from dwtui.server.documents.names import checked_file_name, file_name_problem, media_type_of
from dwtui.server.s3.location import Location, prefix_problems

HEAD = "dewrangle/studies/SD_AAAAAAAA/uploads/FV_BBBBBBBB_"
names = st.text(min_size=1, max_size=300)
decent = names.filter(lambda name: file_name_problem(name) is None)
prefixes = (
    st.text(max_size=512).map(lambda text: text.strip("/")).filter(lambda text: not prefix_problems(text))
)


def key(name: str, prefix: str = "") -> tuple[str, str]:
    """The key below the prefix, and the whole one."""
    location = Location("some-bucket", prefix)
    relative = key_of(location, "SD_AAAAAAAA", "FV_BBBBBBBB", name)
    return relative, location.key(relative)


@given(names)
def test_a_name_is_refused_in_words_or_fits(name: str) -> None:
    problem = file_name_problem(name)
    if problem:
        assert problem.endswith(".")
        assert problem.isprintable() or any(character in problem for character in name)
        return
    kept = checked_file_name(name, "file")
    assert 1 <= len(kept) <= 255
    assert kept == kept.strip() == unicodedata.normalize("NFC", kept)
    assert not set("/\\\0\r\n") & set(kept)
    assert kept not in (".", "..")
    kept.encode()


@given(decent, prefixes)
def test_a_key_is_what_s3_takes(name: str, prefix: str) -> None:
    relative, whole = key(checked_file_name(name, "file"), prefix)

    assert len(whole.encode()) <= 1024
    assert relative.startswith(HEAD)
    assert len(relative) > len(HEAD)
    assert "/" not in relative.removeprefix(HEAD)


@given(decent)
def test_short_names_stay_whole(name: str) -> None:
    kept = checked_file_name(name, "file")
    relative, _ = key(kept)
    if len(kept.encode()) < 900:
        assert relative == HEAD + kept


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("ñ" * 250 + ".xlsx", ".xlsx"),
        ("👩‍🔬" * 60 + ".csv", "👩‍🔬.csv"),
        ("🧬" * 255, "🧬"),
        ("x." + "🧬" * 200, "🧬"),
        ("e\u0301" * 255 + ".tsv", ".tsv"),
    ],
)
def test_a_long_name_is_cut_between_characters(name: str, ending: str) -> None:
    relative, whole = key(unicodedata.normalize("NFC", name), "p" * 512)

    assert relative.endswith(ending)
    assert len(whole.encode()) <= 1024


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "needed"),
        (" \t ", "needed"),
        ("../../etc/passwd", "no slash"),
        ("..\\boot.ini", "no slash"),
        (".", "folder"),
        ("..", "folder"),
        ("a\0.csv", "U+0000"),
        ("a\r\nX-Header: b.csv", "U+000D"),
        ("\x1b[31mred.csv", "U+001B"),
        ("invoice\u202efdp.exe", "U+202E"),
        ("a\u2028b", "U+2028"),
        ("a\u200bb.csv", "U+200B"),
        ("\ud800.csv", "U+D800"),
        ("\uffff.csv", "U+FFFF"),
        ("x" * 300, "300 characters"),
    ],
)
def test_hostile_names_are_refused_with_what_is_wrong(name: str, why: str) -> None:
    problem = file_name_problem(name)
    assert problem is not None
    assert why in problem


@pytest.mark.parametrize(
    "name",
    [
        "a.csv",
        "🧬.tsv",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f.csv",
        "عينات.xlsx",
        "\U0001fae9.txt",
    ],
)
def test_decent_names_are_not(name: str) -> None:
    assert file_name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "declared", "expected"),
    [
        ("a.csv", None, "text/csv"),
        ("a.csv", "text/plain; charset=utf-8", "text/plain"),
        ("a.csv", "application/octet-stream", "text/csv"),
        ("a.xlsx", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.csv.gz", None, "application/gzip"),
        ("a", None, "application/octet-stream"),
        ('data:text"html,x', None, "application/octet-stream"),
        ("a.csv", "text/html\r\nX-Evil: 1", "text/csv"),
        ("a.csv", "TEXT/CSV", "text/csv"),
        ("a.csv", "x" * 400, "text/csv"),
    ],
)
def test_a_media_type_is_a_media_type(name: str, declared: str | None, expected: str) -> None:
    assert media_type_of(name, declared) == expected


@given(names, st.text(max_size=100))
def test_a_media_type_is_fit_for_a_header(name: str, declared: str) -> None:
    found = media_type_of(name, declared)
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
    assert found.count("/") == 1
