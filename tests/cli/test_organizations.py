"""Organizations, members and studies on the command line."""

from dwtui.cli.outcome import Exit
from tests.cli.api_process import ApiProcess
from tests.cli.conftest import Run


def test_the_only_organization_goes_without_saying(ada: Run, api: ApiProcess) -> None:
    listed = ada("organizations", "list")
    assert "Rare Kids" in listed.out
    assert "administrator" in listed.out
    assert ada("organizations", "show", "--json").json["id"] == api.organization
    assert ada("organizations", "show", "Nobody's").code == Exit.NOT_FOUND


def test_where_there_are_two_one_has_to_be_named(
    ada: Run, api: ApiProcess, people: dict[str, str], run: Run
) -> None:
    made = ada("organizations", "create", "Second", "--json").json["id"]
    asked = ada("storages", "list")
    assert asked.code == Exit.USAGE
    assert "Rare Kids" in asked.err
    assert ada("organizations", "rename", "Second Home", "-o", made, "--json").json["name"] == "Second Home"
    assert ada("storages", "list", "-o", "Second Home").code == Exit.OK
    run("login", "--url", api.url, "--token-stdin", stdin=people["ada"])
    assert ada("profiles", "organization", "Rare Kids", "--profile", "127.0.0.1").code == Exit.OK
    assert ada("organizations", "show", "--profile", "127.0.0.1", "--json").json["name"] == "Rare Kids"
    # Leave things as they were for others: somebody else administers it from here on.
    ada("organizations", "members", "add", "eve@example.org", "administrator", "-o", made)
    assert ada("organizations", "members", "remove", "ada@example.org", "-o", made).code == Exit.OK


def test_members_come_change_and_go(ada: Run, people: dict[str, str]) -> None:
    added = ada("organizations", "members", "add", "sue@example.org", "support")
    assert added.out == "Sue is now support.\n"
    assert ada("organizations", "members", "add", "sue@example.org", "support").code == Exit.CONFLICT
    assert (
        ada("organizations", "members", "change", "Sue", "member", "--json").json["organizationRole"]
        == "MEMBER"
    )
    assert "sue@example.org" in ada("organizations", "members", "list").out
    assert ada("organizations", "members", "remove", "sue@example.org").code == Exit.OK
    assert ada("organizations", "members", "remove", "sue@example.org").code == Exit.NOT_FOUND
    assert ada("organizations", "members", "add", "nobody@example.org").code != Exit.OK


def test_what_one_may_not_do_is_refused(
    ada: Run, run: Run, api: ApiProcess, people: dict[str, str], monkeypatch
) -> None:
    ada("organizations", "members", "add", "max@example.org", "member")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    assert run("organizations", "rename", "Mine").code == Exit.FORBIDDEN
    assert run("storages", "add", "--name", "x", "--bucket", "lab-data").code == Exit.FORBIDDEN
    listed = run("storages", "list", "--json").json
    assert {one["bucket"] for one in listed} == {None}
    assert run("storages", "list").code == Exit.OK
    assert run("storages", "show", listed[0]["id"]).code == Exit.OK
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    ada("organizations", "members", "remove", "max@example.org")
    monkeypatch.setenv("DWTUI_TOKEN", people["max"])
    assert "no organization yet" in run("storages", "list").err


def test_studies_are_made_found_and_given_storages(ada: Run, people: dict[str, str]) -> None:
    made = ada(
        "studies", "create", "Neuroblastoma", "--short-code", "NBL", "--external-id", "phs000001", "--json"
    )
    study = made.json["id"]
    assert "NBL" in ada("studies", "list").out
    for named in ("NBL", "nbl", "phs000001", "Neuroblastoma", study):
        assert ada("studies", "show", named, "--json").json["id"] == study
    assert ada("studies", "create", "Neuroblastoma").code == Exit.CONFLICT
    default = made.json["documentStorage"]["name"]
    changed = ada("studies", "storages", "NBL", "--documents", default, "--no-data", "--json")
    assert changed.json["dataStorage"] == []
    assert (
        ada("studies", "storages", "NBL", "--data", default, "--json").json["dataStorage"][0]["name"]
        == default
    )
    assert [
        one["id"] for one in ada("studies", "list", "--storage", default, "--search", "NBL", "--json").json
    ] == [study]
    assert ada("studies", "storages", "NBL").code == Exit.USAGE
    assert ada("studies", "storages", "NBL", "--data", default, "--no-data").code == Exit.USAGE

    ada("organizations", "members", "add", "max@example.org", "member")
    shown = ada("studies", "members", "set", "NBL", "max@example.org", "administrator")
    assert "max@example.org" in shown.out
    assert ada("studies", "members", "remove", "NBL", "Max", "--json").json["members"] == []
    ada("organizations", "members", "remove", "Max")


def test_the_activity_tells_it_all(ada: Run) -> None:
    ada("studies", "create", "Watched", "--json")
    line = next(line for line in ada("activity").out.splitlines() if "Watched" in line)
    assert "Ada" in line
    assert "✓ done" in line
    narrowed = ada(
        "activity", "--action", "study.", "--actor", "ada@example.org", "--outcome", "succeeded", "--json"
    ).json
    assert narrowed
    assert {one["action"].split(".")[0] for one in narrowed} == {"study"}
    subject = narrowed[0]["subjectId"]
    assert {one["subjectId"] for one in ada("activity", "--subject", subject, "--json").json} == {subject}
    assert len(ada("activity", "--limit", "2", "--json").json) == 2
    assert (
        ada("activity", "--outcome", "failed", "--action", "nothing.").err
        == "Nothing like that has happened yet.\n"
    )
