"""Names of buckets and prefixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.server.s3.location import (
    Location,
    bucket_problems,
    normalise_prefix,
    prefix_problems,
    region_problems,
)


@pytest.mark.parametrize(
    "name", ["abc", "a-b.c", "0ab", "kf-study-us-east-1-prd-sd-bhjxbdqk", "a" * 63, "1.2.3.4x"]
)
def test_names_that_aws_takes(name: str) -> None:
    assert bucket_problems(name) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "3 to 63"),
        ("ab", "3 to 63"),
        ("a" * 64, "3 to 63"),
        ("Lab", "lower-case"),
        ("lab_1", "lower-case"),
        ("läb", "lower-case"),
        ("lab\n", "lower-case"),
        (" lab", "lower-case"),
        ("-lab", "begins and ends"),
        ("lab.", "begins and ends"),
        ("a..b", "two dots"),
        ("192.168.5.4", "IP address"),
        ("999.999.999.999", "IP address"),
        ("xn--lab", "reserves"),
        ("sthree-lab", "reserves"),
        ("amzn-s3-demo-lab", "reserves"),
        ("lab-s3alias", "reserves"),
        ("lab--ol-s3", "reserves"),
        ("lab--x-s3", "reserves"),
        ("s3://lab", "name alone"),
        ("lab/source", "name alone"),
        ("arn:aws:s3:::lab", "ARN"),
    ],
)
def test_names_that_aws_refuses(name: str, words: str) -> None:
    assert words in " ".join(bucket_problems(name))
    with pytest.raises(ValueError, match=words):
        Location(name)


@pytest.mark.parametrize(
    "prefix", ["", "/", "source", "/source/", "a/b c/ü", "a" * 512, "...", "a/.b/c..d", "100%"]
)
def test_prefixes_that_are_taken(prefix: str) -> None:
    assert prefix_problems(prefix) == []
    Location("lab", normalise_prefix(prefix))


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("a" * 513, "512 bytes"),
        ("ü" * 257, "512 bytes"),
        ("a\tb", "control"),
        ("a\x00", "control"),
        ("a\x7f", "control"),
        ("a\u2028b", "control"),
        ("a\u202eb", "direction"),
        ("a//b", "two slashes"),
        ("a/../b", "`..`"),
        ("..", "`..`"),
        ("./a", "`.`"),
        ("\ud800", "valid text"),
        ("s3://lab/source", "without the bucket"),
    ],
)
def test_prefixes_that_are_refused(prefix: str, words: str) -> None:
    assert words in " ".join(prefix_problems(prefix))


def test_prefix_with_slashes_at_its_ends_is_no_location() -> None:
    with pytest.raises(ValueError, match="slash"):
        Location("lab", "source/")


def test_parts_of_a_location() -> None:
    location = Location("lab", "a/b", region="cn-north-1")
    assert location.s3_uri == "s3://lab/a/b/"
    assert location.bucket_arn == "arn:aws-cn:s3:::lab"
    assert location.key("x.cram") == "a/b/x.cram"
    assert location.documents_folder == "a/b/dewrangle/"
    whole = Location("lab")
    assert (whole.s3_uri, whole.key("x"), whole.documents_folder) == ("s3://lab/", "x", "dewrangle/")
    assert Location("lab", region="us-gov-west-1").bucket_arn == "arn:aws-us-gov:s3:::lab"


@given(st.text(max_size=80))
def test_what_passes_is_a_safe_folder(text: str) -> None:
    assert normalise_prefix(normalise_prefix(text)) == normalise_prefix(text)
    if prefix_problems(text):
        return
    location = Location("lab", normalise_prefix(text))
    parts = location.folder.rstrip("/").split("/") if location.folder else []
    assert not {"", ".", ".."} & set(parts)
    assert location.key("x").endswith("x")
    assert location.key("x").startswith(location.folder)
    assert len(location.prefix.encode()) <= 512


@given(st.text(alphabet="ab0.-A_", max_size=70))
def test_bucket_names_agree_with_botocores_own_check(name: str) -> None:
    """What we take, botocore takes too."""
    from botocore.handlers import VALID_BUCKET

    if not bucket_problems(name):
        assert VALID_BUCKET.fullmatch(name)


@pytest.mark.parametrize("region", ["", "EU", "eu west", "a.b", "x" * 80, "-eu", "eu/1", "us-east-1\n"])
def test_regions_that_are_refused(region: str) -> None:
    assert region_problems(region)
