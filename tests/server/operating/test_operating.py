"""What the operator does straight on the database: the first organization, users, tokens, places for blank keys."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from dwtui.server.errors import ApplicationError, BadInputError, ConflictError, NotFoundError
from dwtui.server.operating import people, places
from dwtui.server.settings import ServerSettings
from tests.support.api import settings_for
from tests.support.databases import run_sql, sqlite_database
from tests.support.world import MEMBER, World

Result = TypeVar("Result")


def run(doing: Coroutine[Any, Any, Result]) -> Result:
    return asyncio.run(doing)


@pytest.fixture
def fresh(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> ServerSettings:
    """Settings of an installation whose database is still empty."""
    if database_kind == "sqlite":
        return settings_for(sqlite_database(tmp_path), tmp_path)
    return settings_for(request.getfixturevalue("postgresql").new_database(), tmp_path)


def rows(settings: ServerSettings, statement: str) -> list[Any]:
    return run_sql(settings.database_url.get_secret_value(), statement)


def test_the_first_organization_comes_with_its_administrator_and_a_token(fresh: ServerSettings) -> None:
    made = run(people.initialise(fresh, organization="Brain", name="Ada", email="Ada@Example.org", days=None))

    assert [row.name for row in run(people.list_organizations(fresh))] == ["Brain"]
    (user,) = run(people.list_users(fresh))
    assert (user.id, user.name, user.operator) == (made.user_id, "Ada", True)
    (token,) = run(people.list_tokens(fresh, email="ada@example.org"))
    assert (token.id, token.expires_at) == (made.token.token_id, None)
    assert made.token.secret not in repr(made)
    assert rows(fresh, "SELECT action, outcome, actor_id FROM activity") == [
        ("organization.create", "SUCCEEDED", None)
    ]


@pytest.mark.parametrize(
    "wrong", [{"organization": ""}, {"name": "a\nb"}, {"email": "nobody"}, {"days": 0}, {"days": 366}]
)
def test_all_of_it_or_nothing(fresh: ServerSettings, wrong: dict[str, Any]) -> None:
    given = {"organization": "Brain", "name": "Ada", "email": "ada@example.org", "days": 90, **wrong}

    with pytest.raises(BadInputError) as refused:
        run(people.initialise(fresh, **given))

    assert refused.value.field in ({*wrong} | {"name"})
    for table in ("organizations", "users", "tokens", "activity", "storage_backends"):
        assert rows(fresh, f"SELECT 1 FROM {table}") == []


def test_no_two_users_have_one_address(fresh: ServerSettings) -> None:
    run(people.make_user(fresh, name="Ada", email="ada@example.org", operator=False))

    with pytest.raises(ConflictError) as refused:
        run(people.make_user(fresh, name="Ada", email=" ADA@example.org ", operator=True))

    assert refused.value.extensions["field"] == "email"


@pytest.mark.parametrize(
    "email", ["", "a", "a@b", "a b@example.org", "a@b@example.org", "x" * 250 + "@e.org"]
)
def test_an_address_is_one(shared_world: World, email: str) -> None:
    with pytest.raises(BadInputError) as refused:
        run(people.make_user(shared_world.settings, name="Ada", email=email, operator=False))

    assert refused.value.field == "email"


def test_a_token_is_made_listed_and_ended(shared_world: World) -> None:
    settings, email = shared_world.settings, shared_world.people.emails[MEMBER]

    made = run(people.make_token(settings, email=email, name="cron", days=5))

    assert made.secret not in repr(made)
    viewer = "{ viewer { token { id name } } }"
    answer = shared_world.client.post(viewer, token=made.secret)
    assert answer.value == {"token": {"id": made.token_id, "name": "cron"}}
    assert made.token_id in [row.id for row in run(people.list_tokens(settings, email=email))]
    run(people.end_token(settings, token_id=made.token_id))
    assert shared_world.client.post(viewer, token=made.secret).code == "UNAUTHENTICATED"
    assert made.token_id not in [row.id for row in run(people.list_tokens(settings, email=email))]
    ended, created = shared_world.activity(action="token.")[:2]
    assert (ended["actorName"], created["actorName"]) == ("the operator", "the operator")


@pytest.mark.parametrize("token", ["TK_00000000", "", "x" * 1000])
def test_a_token_that_is_not_there_cannot_be_ended(shared_world: World, token: str) -> None:
    with pytest.raises(ApplicationError) as refused:
        run(people.end_token(shared_world.settings, token_id=token))

    assert len(refused.value.message) < 100


def test_a_token_for_nobody(shared_world: World) -> None:
    with pytest.raises(BadInputError) as refused:
        run(people.make_token(shared_world.settings, email="nobody@example.org", name="x", days=1))

    assert refused.value.field == "email"


def test_an_organization_is_made_for_an_administrator(shared_world: World) -> None:
    settings = shared_world.settings
    name = f"Heart {shared_world.organization}"

    row = run(
        people.make_organization(settings, name=name, administrator_email=shared_world.people.emails[MEMBER])
    )

    query = "query ($id: ID!) { organization(id: $id) { name role } }"
    assert shared_world.post(query, {"id": row.id}, MEMBER).value == {"name": name, "role": "ADMINISTRATOR"}
    with pytest.raises(ConflictError):
        run(
            people.make_organization(
                settings, name=name.upper(), administrator_email=shared_world.people.emails[MEMBER]
            )
        )


def test_places_for_blank_keys_are_allowed_listed_and_taken_back(shared_world: World) -> None:
    settings, organization = shared_world.settings, shared_world.organization
    place = {"organization_id": organization, "bucket": "operators-bucket", "prefix": "/a/b/"}

    run(places.allow_blank_keys(settings, **place))

    listed = [(row.organization_id, row.bucket, row.prefix) for row in run(places.list_blank_keys(settings))]
    assert (organization, "operators-bucket", "a/b") in listed
    with pytest.raises(ConflictError):
        run(places.allow_blank_keys(settings, **place))
    run(places.forbid_blank_keys(settings, **place))
    with pytest.raises(BadInputError):
        run(places.forbid_blank_keys(settings, **place))
    actions = [line["action"] for line in shared_world.activity(action="blank_keys.")]
    assert actions == ["blank_keys.forbid", "blank_keys.allow"]
    assert shared_world.activity(action="blank_keys.")[0]["summary"] == "s3://operators-bucket/a/b"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"bucket": "Upper"}, "bucket"), ({"prefix": "a/../b"}, "prefix"), ({"prefix": "a//b"}, "prefix")],
)
def test_a_place_that_cannot_be(shared_world: World, wrong: dict[str, str], field: str) -> None:
    place = {"organization_id": shared_world.organization, "bucket": "some-bucket", "prefix": "", **wrong}

    with pytest.raises(BadInputError) as refused:
        run(places.allow_blank_keys(shared_world.settings, **place))

    assert refused.value.field == field


def test_a_place_for_an_organization_that_is_not_there(shared_world: World) -> None:
    with pytest.raises(NotFoundError):
        run(
            places.allow_blank_keys(
                shared_world.settings, organization_id="OR_00000000", bucket="some-bucket", prefix=""
            )
        )
