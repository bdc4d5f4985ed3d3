"""Signing in and out, profiles and tokens."""

import stat
from pathlib import Path

import pytest

from dwtui.cli.outcome import Exit
from dwtui.settings import load_settings
from dwtui.tokens import tokens_path
from tests.cli.api_process import ApiProcess
from tests.cli.conftest import Run


def test_signing_in_and_out(run: Run, api: ApiProcess, people: dict[str, str]) -> None:
    before = run("whoami")
    assert before.code == Exit.NOT_SIGNED_IN
    assert "dwtui login" in before.err
    assert run("profiles").err.startswith("There are no profiles yet.")

    signed_in = run("login", "--url", f"{api.url}/graphql", "--token-stdin", stdin=f"{people['eve']}\n")
    assert signed_in.code == Exit.OK, signed_in.err
    assert "as Eve" in signed_in.out
    assert people["eve"] not in signed_in.out + signed_in.err
    assert stat.S_IMODE(tokens_path().stat().st_mode) == 0o600
    assert "Eve" in run("whoami").out
    (profile,) = run("profiles", "--json").json
    assert profile == {
        "name": "127.0.0.1",
        "url": api.url,
        "kind": "service",
        "organization": None,
        "default": True,
        "signedIn": True,
    }

    assert run("logout").code == Exit.OK
    after = run("whoami")
    assert (after.code, "not signed in" in after.err) == (Exit.NOT_SIGNED_IN, True)
    assert run("logout").code == Exit.USAGE
    again = run("login", "--token-stdin", "--json", stdin=people["eve"])
    assert again.json["user"]["name"] == "Eve"
    assert len(run("profiles", "--json").json) == 1
    assert run("profiles", "remove", "127.0.0.1").code == Exit.OK
    assert people["eve"] not in tokens_path().read_text()


def test_a_wrong_token_leaves_nothing_behind(run: Run, api: ApiProcess) -> None:
    for token in ("dwt_wrong", "", "two words"):
        refused = run("login", "--url", api.url, "--token-stdin", stdin=f"{token}\n")
        assert refused.code == Exit.NOT_SIGNED_IN
        assert len(refused.err.splitlines()) <= 3
    assert load_settings().profiles == {}


def test_a_wrong_address_is_explained(run: Run, tmp_path: Path) -> None:
    for url, code in (
        ("example.org", Exit.USAGE),
        ("ftp://example.org", Exit.USAGE),
        ("https://user:pass@example.org", Exit.USAGE),
        ("unix://relative", Exit.USAGE),
        (f"unix://{tmp_path}/api.sock", Exit.CONNECTION_LOST),
        ("http://127.0.0.1:1", Exit.CONNECTION_LOST),
    ):
        refused = run("login", "--url", url, "--token-stdin", stdin="dwt_x")
        assert refused.code == code, refused.err
        assert len(refused.err.splitlines()) <= 3


def test_several_profiles(run: Run, api: ApiProcess, people: dict[str, str]) -> None:
    run("login", "--url", api.url, "--profile", "one", "--token-stdin", stdin=people["eve"])
    run("login", "--url", api.url, "--profile", "two", "--token-stdin", stdin=people["ada"])
    assert "Eve" in run("whoami").out
    assert "Ada" in run("whoami", "--profile", "two").out
    assert run("profiles", "use", "two").code == Exit.OK
    assert "Ada" in run("whoami").out
    missing = run("whoami", "--profile", "three")
    assert missing.code == Exit.FAILURE
    assert "one, two" in missing.err


def test_the_environment_overrides_the_profile(
    run: Run, api: ApiProcess, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("login", "--url", api.url, "--token-stdin", stdin=people["eve"])
    monkeypatch.setenv("DWTUI_TOKEN", people["ada"])
    assert "Ada" in run("whoami").out
    monkeypatch.setenv("DWTUI_URL", "http://127.0.0.1:1")
    assert run("whoami").code == Exit.CONNECTION_LOST


def test_broken_settings_are_explained_and_kept(run: Run, home: Path) -> None:
    path = home / "config" / "dwtui" / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_text("{ nonsense")
    for command in (["whoami"], ["profiles"], ["login", "--url", "http://127.0.0.1:1", "--token-stdin"]):
        broken = run(*command, stdin="dwt_x")
        assert broken.code == Exit.FAILURE
        assert str(path) in broken.err
    assert path.read_text() == "{ nonsense"


def test_tokens_are_made_listed_and_ended(ada: Run, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ada("tokens", "create", "laptop", "--days", "3")
    secret = made.out.strip()
    assert secret.startswith("dwt_")
    assert "can not be shown again" in made.err
    assert secret[-4:] in ada("tokens", "list").out
    monkeypatch.setenv("DWTUI_TOKEN", secret)
    assert "laptop (this one)" in run("tokens", "list").out
    assert run("tokens", "revoke", "laptop").code == Exit.OK
    ended = run("whoami", "--json")
    assert ended.code == Exit.NOT_SIGNED_IN
    assert ended.json["error"]["code"] == "UNAUTHENTICATED"


def test_wrong_tokens_are_told(ada: Run) -> None:
    assert ada("tokens", "create", "x", "--days", "366").code == Exit.USAGE
    assert ada("tokens", "revoke", "nothing of the kind").code == Exit.USAGE
    assert ada("tokens", "revoke", "TK_00000000").code == Exit.NOT_FOUND


def test_signing_out_can_end_the_token(
    run: Run, ada: Run, api: ApiProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = ada("tokens", "create", "short-lived").out.strip()
    monkeypatch.delenv("DWTUI_URL")
    monkeypatch.delenv("DWTUI_TOKEN")
    run("login", "--url", api.url, "--token-stdin", stdin=secret)
    assert run("logout", "--revoke").code == Exit.OK
    assert run("login", "--url", api.url, "--token-stdin", stdin=secret).code == Exit.NOT_SIGNED_IN
