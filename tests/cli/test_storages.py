"""Storages on the command line, against a real API and a real (local) S3."""

import json
from collections.abc import Iterator

import pytest

from tests.cli.conftest import S3, Run


def pair(s3: S3, user: str) -> str:
    keys = s3.users[user]
    return f"{keys.access_key}\n{keys.secret_key}\n"


@pytest.fixture
def spare(ada: Run, s3: S3) -> Iterator[str]:
    """The id of a storage that is gone afterwards."""
    made = ada(
        *(
            "storages",
            "add",
            "--name",
            "Spare",
            "--bucket",
            "lab-spare",
            "--prefix",
            "a/b",
            "--use",
            "documents",
        ),
        *("--keys-stdin", "--wait", "0", "--json"),
        stdin=pair(s3, "curator"),
    )
    assert made.code == 0, made.err
    yield made.json["id"]
    ada("storages", "delete", made.json["id"], "--yes-delete", "Spare", "--json")


def test_attach_show_rename_rotate_delete(ada: Run, s3: S3) -> None:
    added = ada(
        *("storages", "add", "--name", "Lab documents", "--bucket", "lab-documents", "--prefix", "kf"),
        *("--keys-stdin", "--wait", "0"),
        stdin=pair(s3, "curator"),
    )
    assert added.code == 0, added.err + added.out
    assert "✓ passed    Write an object\n" in added.out
    assert "✓ healthy" in added.out
    assert "Lab documents is attached as SB_" in added.out

    line = next(line for line in ada("storages", "list").out.splitlines() if "Lab documents" in line)
    assert "s3://lab-documents/kf/" in line
    assert "✓ healthy" in line

    shown = ada("storages", "show", "lab documents", "--json").json
    assert shown["bucket"] == "lab-documents"
    assert shown["accessKey"] == "…" + s3.users["curator"].access_key[-4:]
    assert shown["verification"]["verdict"] == "HEALTHY"
    assert shown["studies"] == []

    renamed = ada("storages", "edit", "Lab documents", "--name", "Labs", "--json")
    assert renamed.json["name"] == "Labs"

    rotated = ada("storages", "rotate", "Labs", "--keys-stdin", "--wait", "0", stdin=pair(s3, "reader"))
    assert rotated.code == 7
    assert "✗ failed    Write an object" in rotated.out
    assert '"s3:PutObject"' in rotated.out
    assert "the old keys stay" in rotated.err
    assert ada("storages", "verify", "Labs").code == 0

    assert ada("storages", "delete", "Labs", "--yes-delete", "labs").code == 2
    deleted = ada("storages", "delete", "Labs", "--yes-delete", "Labs", "--json").json
    assert deleted["deleted"]["name"] == "Labs"
    assert ada("storages", "show", "Labs").code == 5


def test_a_storage_that_fails_is_not_saved(ada: Run, s3: S3) -> None:
    options = ["--name", "Readable", "--bucket", "lab-data", "--keys-stdin", "--wait", "0"]
    told = ada("storages", "add", *options, stdin=pair(s3, "reader"))
    assert (told.code, "Nothing was saved." in told.err) == (7, True)
    answered = ada("storages", "add", *options, "--json", stdin=pair(s3, "reader"))
    assert answered.code == 7
    assert answered.json["error"]["code"] == "VERIFICATION_FAILED"
    failed = [check["probe"] for check in answered.json["error"]["checks"] if check["status"] == "FAIL"]
    assert "PUT" in failed
    assert "Write an object" in answered.err
    assert "Readable" not in ada("storages", "list").out


def test_for_data_alone_a_reader_is_enough(ada: Run, s3: S3) -> None:
    options = [
        "--name",
        "Data",
        "--bucket",
        "lab-data",
        "--use",
        "data",
        "--keys-stdin",
        "--wait",
        "0",
        "--json",
    ]
    made = ada("storages", "add", *options, stdin=pair(s3, "reader"))
    assert made.json["uses"] == ["DATA"]
    assert ada("storages", "delete", "Data", "--yes-delete", "Data").code == 0


def test_keys_that_aws_does_not_know_yet_are_waited_for(ada: Run, spare: str) -> None:
    unknown = "AKIAABCDEFGHIJKLMNOP\nx/x+xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
    tried = ada("storages", "verify", spare, "--keys-stdin", "--wait", "1", stdin=unknown)
    assert tried.code == 7
    assert tried.err.count("AWS does not know these keys yet") == 1
    assert "InvalidClientTokenId" in tried.out


def test_settings_are_checked_before_anybody_types_keys(ada: Run, spare: str) -> None:
    wrong = ada("storages", "add", "--name", "Spare", "--bucket", "No_Bucket", "--prefix", "a/../b")
    assert wrong.code == 2
    for field in ("name:", "bucket:", "prefix:"):
        assert field in wrong.err
    overlapping = ada(
        "storages", "add", "--name", "New", "--bucket", "lab-spare", "--prefix", "a", "--blank-keys"
    )
    assert "! " in overlapping.err
    assert "Spare" in overlapping.err


def test_blank_keys_are_refused_where_nobody_allowed_them(ada: Run) -> None:
    assert ada(
        "storages", "add", "--name", "Blank", "--bucket", "lab-data", "--blank-keys", "--json"
    ).code in (2, 4)
    assert "Blank" not in ada("storages", "list").out


def test_an_impact_is_shown_before_the_name_is_asked_for(ada: Run, spare: str) -> None:
    study = ada("studies", "create", "Impact", "--short-code", "IMP", "--json").json["id"]
    before = ada("studies", "show", study, "--json").json["documentStorage"]["name"]
    assert ada("studies", "storages", "imp", "--documents", "Spare").code == 0
    assert ada("organizations", "defaults", "--documents", spare).code == 0
    asked = ada("storages", "delete", "Spare")
    assert asked.code == 2
    assert "IMP" in asked.out
    assert "default for the documents" in asked.out
    assert "--yes-delete NAME" in asked.err
    assert ada("storages", "delete", "Spare", "--yes-delete", "Spare").code == 0
    assert ada("studies", "show", study, "--json").json["documentStorage"]["name"] == before


def test_what_changes_needs_to_be_said(ada: Run, spare: str) -> None:
    assert ada("storages", "edit", spare).code == 2
    assert ada("storages", "policy").code == 2
    assert ada("storages", "policy", spare, "--bucket", "x").code == 2
    assert ada("storages", "add", "--name", "x").code == 2


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        ("console", "1. "),
        ("aws-cli", "aws iam "),
        ("cloudformation", "AWS::IAM"),
        ("terraform", 'resource "aws_iam'),
        ("json", '"Statement"'),
    ],
)
def test_policies_come_in_five_forms(ada: Run, form: str, sign: str) -> None:
    printed = ada(
        "storages", "policy", "--bucket", "lab-data", "--prefix", "kf", "--use", "data", "--form", form
    )
    assert printed.code == 0
    assert sign in printed.out
    if form == "json":
        assert "s3:PutObject" not in json.dumps(json.loads(printed.out))


def test_lists_can_be_narrowed_sorted_and_cut(ada: Run, spare: str) -> None:
    found = ada("storages", "list", "--search", "lab-spare", "--json").json
    assert spare in [one["id"] for one in found]
    assert {one["bucket"] for one in found} == {"lab-spare"}
    assert ada("storages", "list", "--health", "unhealthy", "--json").json == []
    assert "No storage is like that." in ada("storages", "list", "--search", "nothing of the kind").err
    assert len(ada("storages", "list", "--limit", "1", "--sort", "key-age", "--json").json) == 1


def test_a_storage_of_nobody_is_not_found(ada: Run) -> None:
    for named in ("SB_00000000", "Nobody's"):
        assert ada("storages", "show", named).code == 5
        answered = ada("storages", "show", named, "--json")
        assert answered.json["error"]["code"] == "NOT_FOUND"


def test_no_output_holds_a_secret(ada: Run, s3: S3, spare: str) -> None:
    secrets = [keys.secret_key for keys in s3.users.values()] + [
        keys.access_key for keys in s3.users.values()
    ]
    ran = [
        ada("storages", "show", spare),
        ada("storages", "show", spare, "--json"),
        ada("storages", "rotate", spare, "--keys-stdin", "--wait", "0", stdin=pair(s3, "reader")),
        ada("storages", "rotate", spare, "--keys-stdin", "--wait", "0", "--json", stdin=pair(s3, "reader")),
        ada("storages", "rotate", spare, "--keys-stdin", stdin=pair(s3, "reader").replace("\n", " ")),
        ada("activity", "--json"),
    ]
    for one in ran:
        assert not [secret for secret in secrets if secret in one.out + one.err]
