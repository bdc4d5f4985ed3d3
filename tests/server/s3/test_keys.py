"""Key pairs: their form, and that they keep their secret."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.keys import KeyPair, key_problems

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
GOOD = "AKIAIOSFODNN7EXAMPLE"


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=128))
def test_secret_never_shows(secret: str) -> None:
    keys = KeyPair(GOOD, secret)
    shown = f"{keys} {keys!r} {[keys]} {keys:}" + "%s" % keys  # noqa: UP031 - each way of showing
    assert shown == "KeyPair(…MPLE) KeyPair(…MPLE) [KeyPair(…MPLE)] KeyPair(…MPLE)KeyPair(…MPLE)"
    assert not hasattr(keys, "__dict__")


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy])
def test_pairs_are_not_written_anywhere(write) -> None:
    with pytest.raises(TypeError, match="plain text"):
        write(KeyPair(GOOD, SECRET))


def test_equality() -> None:
    assert KeyPair(GOOD, SECRET) == KeyPair(GOOD, SECRET)
    assert KeyPair(GOOD, SECRET) != KeyPair(GOOD, SECRET[::-1])
    assert KeyPair(GOOD, SECRET) != KeyPair(GOOD[::-1], SECRET)
    assert KeyPair(GOOD, SECRET) != GOOD
    assert len({KeyPair(GOOD, SECRET), KeyPair(GOOD, SECRET)}) == 1


@pytest.mark.parametrize(
    ("access_key", "words"),
    [
        ("", "missing"),
        ("ASIAIOSFODNN7EXAMPLE", "temporary"),
        ("AIDAIOSFODNN7EXAMPLE", "IAM user itself"),
        ("AROAIOSFODNN7EXAMPLE", "role"),
        ("AKIASHORT", "16 to 128"),
        ("AKIA" + "A" * 125, "16 to 128"),
        ("akiaiosfodnn7example", "begins with AKIA"),
        ("AKIAIOSFODNN7EXAMPL!", "capital letters and digits"),
        ("AKIA IOSFODNN7EXAMPLE", "blanks"),
        ("AKIAIOSFODNN7EXAMPLE\n", "blanks"),
        ("ÄKIAIOSFODNN7EXAMPLE", "blanks"),
        (SECRET, "begins with AKIA"),
    ],
)
def test_access_keys_that_are_refused(access_key: str, words: str) -> None:
    problems = key_problems(access_key, SECRET)
    assert [problem.field for problem in problems] == ["accessKey"]
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("", "missing"),
        ("short", "8 to 128"),
        ("x" * 129, "8 to 128"),
        (SECRET + "\n", "blanks"),
        ("with blank in it", "blanks"),
        (GOOD, "swapped"),
    ],
)
def test_secrets_that_are_refused(secret: str, words: str) -> None:
    problems = key_problems(GOOD, secret)
    assert [problem.field for problem in problems] == ["secretKey"]
    assert words in problems[0].message
    assert not secret or secret not in problems[0].message


def test_pairs_that_are_taken() -> None:
    assert key_problems(GOOD, SECRET) == []
    assert key_problems("minioadmin", "minioadmin", aws=False) == []
    assert key_problems("minioadmin", "minioadmin") != []
    assert key_problems("x" * 129, "minioadmin", aws=False) != []
