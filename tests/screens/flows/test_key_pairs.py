"""Key pairs are read out of what people paste, and out of nothing else."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.key_pair_text import read_key_pair
from screens.widgets.policy_statements import as_policy

UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
IDS = st.text(UPPER, min_size=16, max_size=16).map("AKIA".__add__)
SECRETS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+", min_size=40, max_size=40
)


def as_csv(columns: list[str], values: list[str]) -> str:
    """A csv file as the AWS console offers it: with a byte order mark, sometimes with further columns."""
    file = io.StringIO()
    csv.writer(file).writerows([columns, values])
    return f"\ufeff{file.getvalue()}"


FORMS = {
    "two lines": "{id}\n{secret}\n",
    "two lines of Windows": "\r\n  {id}\r\n{secret}  \r\n",
    "a line with a tab": "{id}\t{secret}",
    "exports": "export AWS_ACCESS_KEY_ID={id}\nexport AWS_SECRET_ACCESS_KEY={secret}",
    "a credentials file": "[lab]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\nregion = us-east-1",
    "quoted": "aws_access_key_id: '{id}'\naws_secret_access_key: '{secret}'",
}


@given(IDS, SECRETS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_pair_is_read_from_text(form: str, id: str, secret: str) -> None:
    assert read_key_pair(form.format(id=id, secret=secret)) == (id, secret)


@given(IDS, SECRETS, st.text(max_size=20))
def test_a_pair_is_read_from_the_csv_file_of_the_console(id: str, secret: str, user: str) -> None:
    assert read_key_pair(as_csv(["Access key ID", "Secret access key"], [id, secret])) == (id, secret)
    if not any(character in user for character in "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00"):
        columns = ["User name", "Password", "Access key ID", "Secret access key", "Console login link"]
        assert read_key_pair(as_csv(columns, [user, "", id, secret, "https://…"])) == (id, secret)


@given(IDS, SECRETS)
def test_a_pair_is_read_from_what_create_access_key_prints(id: str, secret: str) -> None:
    key = {"UserName": "lab", "AccessKeyId": id, "Status": "Active", "SecretAccessKey": secret}
    assert read_key_pair(json.dumps({"AccessKey": key}, indent=4)) == (id, secret)


@given(SECRETS)
def test_one_key_alone_is_no_pair(secret: str) -> None:
    assert read_key_pair(secret) is None
    assert read_key_pair(f"{secret}\n") is None


@pytest.mark.parametrize("text", ["", "\n\n", "AKIA", "a b\nc d", "one\ntwo\nthree", '"\n"', "{\n}"])
def test_other_texts_are_no_pairs(text: str) -> None:
    assert read_key_pair(text) is None


def test_pairs_of_other_makers_of_s3_are_read_from_two_lines() -> None:
    assert read_key_pair("minio-user\nS3cr3t!!\n") == ("minio-user", "S3cr3t!!")


@given(IDS, SECRETS)
def test_its_repr_holds_no_key(id: str, secret: str) -> None:
    pair = read_key_pair(f"{id}\n{secret}")
    assert id not in repr(pair)
    assert secret not in repr(pair)


def test_statements_are_put_together_once_each() -> None:
    put, get = '{"Action": "s3:PutObject"}', '{"Action": "s3:GetObject"}'
    policy = json.loads(as_policy([put, get, put]))
    assert policy == {"Version": "2012-10-17", "Statement": [json.loads(put), json.loads(get)]}


@pytest.mark.parametrize("statement", ["", "[]", "not JSON", '"text"'])
def test_what_is_no_statement_makes_no_policy(statement: str) -> None:
    assert as_policy([statement]) == ""
