"""What operators do: on the database of a running API, and when they start one."""

import json
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from tests.cli.api_process import ApiProcess
from tests.cli.conftest import S3, Run
from tests.support.cloud import Cloud


@pytest.fixture
def operator(api: ApiProcess, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands as the operator of the running API."""
    for name, value in api.environment.items():
        if name.startswith("DWTUI_SERVER_"):
            monkeypatch.setenv(name, value)
    return run


def test_a_second_beginning_is_refused(operator: Run) -> None:
    names = ["--organization", "Other", "--user", "Ada", "--email", "ada@example.org"]
    assert operator("server", "init", *names).code == Exit.CONFLICT
    assert "Other" not in operator("server", "organizations", "list").out


def test_people_and_organizations(operator: Run, ada: Run) -> None:
    assert (
        operator("server", "users", "create", "zoe@example.org", "--name", "Zoë", "--operator").code
        == Exit.OK
    )
    assert "Zoë" in operator("server", "users", "list").out
    assert operator("server", "users", "create", "zoe@example.org", "--name", "Zoë").code == Exit.CONFLICT
    assert operator("server", "users", "create", "no address", "--name", "x").code == Exit.USAGE
    made = operator(
        "server", "organizations", "create", "Zoo", "--administrator", "zoe@example.org", "--json"
    )
    assert made.json["name"] == "Zoo"
    assert "Zoo" in operator("server", "organizations", "list").out
    missing = operator("server", "organizations", "create", "Zoo 2", "--administrator", "nobody@example.org")
    assert missing.code in (Exit.USAGE, Exit.NOT_FOUND)


def test_tokens_are_made_and_ended_for_others(
    operator: Run, api: ApiProcess, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operator("server", "tokens", "create", "eve@example.org", "--name", "lost", "--days", "1")
    token = made.out.strip()
    assert "can not be shown again" in made.err
    monkeypatch.setenv("DWTUI_URL", api.url)
    monkeypatch.setenv("DWTUI_TOKEN", token)
    assert operator("whoami").code == Exit.OK
    (id,) = [
        one["id"]
        for one in operator("server", "tokens", "list", "eve@example.org", "--json").json
        if one["name"] == "lost"
    ]
    assert operator("server", "tokens", "revoke", id).code == Exit.OK
    assert operator("whoami").code == Exit.NOT_SIGNED_IN


def test_blank_keys_are_allowed_and_taken_back(
    operator: Run, ada: Run, api: ApiProcess, cloud: Cloud
) -> None:
    place = [api.organization, cloud.application_bucket, "blank"]
    assert operator("server", "blank-keys", "allow", *place).code == Exit.OK
    assert operator("server", "blank-keys", "allow", *place).code == Exit.CONFLICT
    assert f"s3://{cloud.application_bucket}/blank/" in operator("server", "blank-keys", "list").out
    options = ["--name", "Blank", "--bucket", cloud.application_bucket, "--prefix", "blank", "--blank-keys"]
    added = ada("storages", "add", *options, "--json")
    assert added.json["identity"] == "BLANK"
    assert operator("server", "blank-keys", "forbid", *place).code == Exit.OK
    assert ada("storages", "verify", "Blank").code != Exit.OK
    assert ada("storages", "delete", "Blank", "--yes-delete", "Blank").code == Exit.OK
    assert operator("server", "blank-keys", "allow", "OR_00000000", "lab-data").code == Exit.NOT_FOUND
    assert operator("server", "blank-keys", "allow", api.organization, "No_Bucket").code == Exit.USAGE


def test_the_key_is_rotated_under_a_running_api(operator: Run, ada: Run, api: ApiProcess, s3: S3) -> None:
    keys = s3.users["curator"]
    options = ["--name", "Rotated", "--bucket", "lab-rotation", "--keys-stdin", "--wait", "0", "--json"]
    ada("storages", "add", *options, stdin=f"{keys.access_key}\n{keys.secret_key}\n")
    pairs = [one for one in ada("storages", "list", "--json").json if one["identity"] == "KEY_PAIR"]
    before = Path(api.environment["DWTUI_SERVER_LOCAL_KEY_FILE"]).read_text()
    rotated = operator("server", "rotate-key", "--drop-old")
    assert f"{len(pairs)} key pairs are encrypted" in rotated.out
    assert "1 old keys are dropped" in rotated.out
    assert Path(api.environment["DWTUI_SERVER_LOCAL_KEY_FILE"]).read_text() != before
    assert ada("storages", "verify", "Rotated").code == Exit.OK
    assert ada("storages", "delete", "Rotated", "--yes-delete", "Rotated").code == Exit.OK


def test_settings_that_are_missing_or_wrong_are_named(run: Run, tmp_path: Path) -> None:
    missing = run("serve")
    assert missing.code == Exit.USAGE
    assert "DWTUI_SERVER_DATABASE_URL" in missing.err
    here = ["--database", f"sqlite:///{tmp_path}/db", "--application-bucket", "bucket"]
    assert "LOCAL_KEY_FILE" in run("serve", *here).err
    wrong = run(
        "server",
        "users",
        "list",
        "--database",
        "mysql://x",
        "--application-bucket",
        "bucket",
        "--key-file",
        "k",
    )
    assert (wrong.code, "sqlite" in wrong.err) == (Exit.USAGE, True)
    assert run("serve", "--idle-exit", "0").code == Exit.USAGE


def test_a_password_is_no_argument(run: Run) -> None:
    refused = run("serve", "--database", "postgresql://dwtui:hunter2@db/dwtui")
    assert refused.code == Exit.USAGE
    assert "hunter2" not in refused.err


def test_the_first_beginning_makes_database_and_key(run: Run, tmp_path: Path) -> None:
    here = [
        *("--database", f"sqlite:///{tmp_path}/new.sqlite", "--key-file", str(tmp_path / "key")),
        *("--application-bucket", "bucket"),
    ]
    names = ["--organization", "New", "--user", "Ada", "--email", "ada@example.org"]
    made = run("server", "init", *names, *here, "--json")
    assert json.loads(made.out)["token"].startswith("dwt_")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert "New" in run("server", "organizations", "list", *here).out
