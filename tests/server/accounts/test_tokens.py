"""Tokens: shown once, kept as a hash, good until they expire or are revoked."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from dwtui.server import clock
from tests.support.world import ADMINISTRATOR, MEMBER, World

CREATE = """
mutation ($name: String!, $days: Int) {
  createToken(name: $name, days: $days) { secret token { id name ending createdAt expiresAt lastUsedAt } }
}
"""
REVOKE = "mutation ($id: ID!) { revokeToken(id: $id) { id } }"
VIEWER = "{ viewer { user { id email } token { id lastUsedAt } tokens { id name } } }"


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_token_is_shown_once_and_kept_as_a_hash(shared_world: World) -> None:
    made = shared_world.post(CREATE, {"name": " laptop "}).value
    secret, token = made["secret"], made["token"]

    assert secret.startswith("dwt_")
    assert len(secret) == 44
    assert (token["name"], token["ending"], token["lastUsedAt"]) == ("laptop", secret[-4:], None)
    kept = shared_world.sql("SELECT * FROM tokens WHERE id = :id", id=token["id"])
    assert hashlib.sha256(secret.encode()).hexdigest() in kept[0]
    assert secret not in str(kept)
    mine = shared_world.client.post(VIEWER, token=secret).value
    assert mine["token"]["id"] == token["id"]
    assert mine["user"]["email"] == shared_world.people.emails[ADMINISTRATOR]


def test_a_token_expires_at_its_moment(shared_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = datetime.now(UTC)
    at(monkeypatch, begin)
    made = shared_world.post(CREATE, {"name": "short", "days": 1}).value
    end = begin + timedelta(days=1)
    assert datetime.fromisoformat(made["token"]["expiresAt"]) == end

    at(monkeypatch, end - timedelta(seconds=1))
    assert shared_world.client.post(VIEWER, token=made["secret"]).code == "OK"
    at(monkeypatch, end)
    answer = shared_world.client.post(VIEWER, token=made["secret"])

    assert (answer.code, answer.status) == ("UNAUTHENTICATED", 401)
    assert "expired" in answer.message


def test_a_token_lives_90_days_unless_said_otherwise(shared_world: World) -> None:
    token = shared_world.post(CREATE, {"name": "usual"}).value["token"]

    life = datetime.fromisoformat(token["expiresAt"]) - datetime.fromisoformat(token["createdAt"])
    assert life == timedelta(days=90)


@pytest.mark.parametrize(
    ("variables", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "a", "days": 0}, "days"),
        ({"name": "a", "days": -1}, "days"),
        ({"name": "a", "days": 366}, "days"),
    ],
)
def test_a_wrong_input_is_named(shared_world: World, variables: dict[str, object], field: str) -> None:
    answer = shared_world.post(CREATE, variables)

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", field)


def test_a_revoked_token_ends_at_once_even_by_itself(shared_world: World) -> None:
    made = shared_world.post(CREATE, {"name": "lost"}).value
    identifier = {"id": made["token"]["id"]}

    assert shared_world.client.post(REVOKE, identifier, made["secret"]).code == "OK"

    answer = shared_world.client.post(VIEWER, token=made["secret"])
    assert (answer.code, "revoked" in answer.message) == ("UNAUTHENTICATED", True)
    assert shared_world.post(REVOKE, identifier).code == "OK"  # ending it twice is no error
    tokens = shared_world.post(VIEWER).value["tokens"]
    assert made["token"]["id"] not in [token["id"] for token in tokens]


def test_the_token_of_somebody_else_is_not_there(shared_world: World) -> None:
    made = shared_world.post(CREATE, {"name": "mine"}).value

    assert shared_world.post(REVOKE, {"id": made["token"]["id"]}, MEMBER).code == "NOT_FOUND"

    assert shared_world.client.post(VIEWER, token=made["secret"]).code == "OK"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Basic dXNlcjpwYXNz",
        "dwt_x",
        "Bearer dwt_unknown",
        "Bearer \xe9",
        "Bearer " + "x" * 5000,
    ],
)
def test_without_a_good_token_nothing_is_answered(shared_world: World, authorization: str) -> None:
    response = shared_world.client.http.post(
        "/graphql",
        json={"query": VIEWER},
        headers=[(b"Authorization", authorization.encode("latin-1"))] if authorization else {},
    )

    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert response.headers["www-authenticate"]


def test_the_use_of_a_token_is_noted_once_a_minute(
    shared_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = shared_world.post(CREATE, {"name": "used"}).value["secret"]
    begin = datetime.now(UTC)

    def used_at(moment: datetime) -> datetime:
        at(monkeypatch, moment)
        shared_world.client.post(VIEWER, token=secret)
        noted = shared_world.client.post(VIEWER, token=secret).value["token"]["lastUsedAt"]
        return datetime.fromisoformat(noted)

    assert used_at(begin) == begin
    assert used_at(begin + timedelta(seconds=59)) == begin
    assert used_at(begin + timedelta(seconds=60)) == begin + timedelta(seconds=60)
