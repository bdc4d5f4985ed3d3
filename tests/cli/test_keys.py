"""Key pairs are found in what people have at hand, never taken from an argument, never repeated."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.cli.keys import KeyPair, KeySource, KeySourceOrBlank, parse_keys, read_keys
from dwtui.cli.outcome import Exit, UsageError
from tests.cli.conftest import Run

ACCESS = st.from_regex(r"\A[A-Z0-9]{4,20}\Z")
SECRET = st.from_regex(r"\A[A-Za-z0-9/+]{4,40}\Z")
NOTHING_FOUND = (
    "No key pair was found on standard input. It takes two lines (access key id, secret access key), "
    "the CSV file of the AWS console, or the JSON of `aws iam create-access-key`."
)
PAIRS = st.builds(KeyPair, ACCESS, SECRET)


@given(PAIRS, st.sampled_from(["\n", "\r\n", "\n\n", " \n  "]), st.sampled_from(["", "\ufeff"]))
def test_two_lines(pair: KeyPair, between: str, mark: str) -> None:
    assert parse_keys(f"{mark}{pair.access_key}{between}{pair.secret_key}\n") == pair


@given(PAIRS, st.booleans())
def test_the_csv_files_of_the_console(pair: KeyPair, older: bool) -> None:
    head = ["Access key ID", "Secret access key"]
    row = [pair.access_key, pair.secret_key]
    if older:
        head = ["User name", "Password", *head, "Console login link"]
        row = ["curator", "", *row, "https://123456789012.signin.aws.amazon.com/console"]
    text = io.StringIO()
    csv.writer(text).writerows([head, row])
    assert parse_keys("\ufeff" + text.getvalue()) == pair


@given(
    PAIRS,
    st.sampled_from(
        ["AccessKeyId SecretAccessKey", "accessKey secretKey", "access_key_id secret_access_key"]
    ),
)
def test_json(pair: KeyPair, names: str) -> None:
    document = dict(zip(names.split(), (pair.access_key, pair.secret_key), strict=True)) | {
        "Status": "Active"
    }
    assert parse_keys(json.dumps(document)) == pair
    assert parse_keys(json.dumps({"AccessKey": document}, indent=2)) == pair


@given(st.text())
def test_whatever_comes_is_a_pair_or_refused_without_being_repeated(text: str) -> None:
    told = ""
    try:
        found = parse_keys(text)
    except UsageError as error:
        told, found = str(error), KeyPair("none", "none")
    assert found.access_key
    assert found.secret_key
    assert told in ("", NOTHING_FOUND)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "a\nb\nc",
        "{",
        "[]",
        "{}",
        '{"AccessKey": 5}',
        '{"accessKey": "a"}',
        "a,b",
        "Access key ID,x\n1,2\n3,4",
    ],
)
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="No key pair was found"):
        parse_keys(text)


def test_the_environment_counts_only_when_it_is_asked_for() -> None:
    environment = {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "secret"}
    assert read_keys(KeySource(keys_env=True), environment) == KeyPair("AKIA", "secret")
    with pytest.raises(UsageError, match="AWS_SECRET_ACCESS_KEY"):
        read_keys(KeySource(keys_env=True), {"AWS_ACCESS_KEY_ID": "AKIA"})
    with pytest.raises(UsageError, match="Choose one"):
        read_keys(KeySourceOrBlank(keys_env=True, blank_keys=True), environment)
    assert read_keys(KeySourceOrBlank(blank_keys=True), environment) is None


def test_no_repr_shows_a_key() -> None:
    assert repr(KeyPair("AKIAX", "secret")) == "KeyPair()"


@pytest.mark.parametrize(
    "arguments",
    [
        ["storages", "add", "--secret-key", "s3cr3t"],
        ["storages", "add", "--secret-key=s3cr3t"],
        ["storages", "add", "--aws-secret-access-key", "s3cr3t"],
        ["storages", "add", "--access-key", "s3cr3t"],
        ["storages", "rotate", "x", "AKIAs3cr3tABCDEFGHIJ".upper()],
        ["login", "--token", "s3cr3t"],
        ["login", "dwt_s3cr3t0123456789abcdef0123456789abcdef01"],
    ],
)
def test_secrets_among_the_arguments_are_refused(run: Run, arguments: list[str]) -> None:
    refused = run(*arguments)
    assert refused.code == Exit.USAGE
    assert "never taken from an argument" in refused.err
    assert "s3cr3t" not in (refused.out + refused.err).lower()
