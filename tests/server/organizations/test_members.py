"""Members: added by e-mail address, given roles, removed; an organization always keeps an administrator."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.world import (
    ADD_MEMBER,
    ADMINISTRATOR,
    MEMBER,
    OPERATOR,
    OUTSIDER,
    REMOVE_MEMBER,
    SET_STUDY_MEMBER,
    STUDY_ADMINISTRATOR,
    SUPPORT,
    UPDATE_MEMBER,
    World,
)


def add(world: World, email: str, role: str = "MEMBER") -> Any:
    return world.post(
        ADD_MEMBER, {"input": {"organization": world.organization, "email": email, "role": role}}
    )


def change(world: World, who: str, role: str, by: str = ADMINISTRATOR) -> Any:
    user = world.people.users[who]
    return world.post(UPDATE_MEMBER, {"organization": world.organization, "user": user, "role": role}, by)


def remove(world: World, who: str, by: str = ADMINISTRATOR) -> Any:
    return world.post(
        REMOVE_MEMBER, {"organization": world.organization, "user": world.people.users[who]}, by
    )


def test_a_user_becomes_a_member_whatever_the_case_of_the_address(world: World) -> None:
    member = add(world, f"  {world.people.emails[OPERATOR].upper()} ", "SUPPORT").value

    assert member["user"] == {"id": world.people.users[OPERATOR]}
    assert (member["organizationRole"], member["role"]) == ("SUPPORT", "SUPPORT")


@pytest.mark.parametrize("email", ["nobody@example.org", "", "no address", "%", "x" * 1000])
def test_somebody_who_cannot_sign_in_cannot_be_added(shared_world: World, email: str) -> None:
    answer = add(shared_world, email)

    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "email")


def test_nobody_is_a_member_twice(world: World) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: add(world, world.people.emails[OPERATOR]), range(3)))

    assert sorted(answer.code for answer in answers) == ["CONFLICT", "CONFLICT", "OK"]


def test_a_role_counts_at_once(world: World) -> None:
    query = "query ($id: ID!) { organization(id: $id) { role viewerMay } }"
    assert change(world, MEMBER, "SUPPORT").value["role"] == "SUPPORT"

    seen = world.post(query, {"id": world.organization}, MEMBER).value

    assert (seen["role"], "SEE_STORAGES" in seen["viewerMay"]) == ("SUPPORT", True)
    assert remove(world, MEMBER).code == "OK"
    assert world.post(query, {"id": world.organization}, MEMBER).code == "NOT_FOUND"


def test_administering_a_study_lifts_a_member_and_nobody_else(world: World) -> None:
    query = "query ($id: ID!) { organization(id: $id) { role } }"

    assert change(world, STUDY_ADMINISTRATOR, "MEMBER").value["role"] == "STUDY_ADMINISTRATOR"
    assert change(world, STUDY_ADMINISTRATOR, "SUPPORT").value["role"] == "SUPPORT"
    assert world.post(query, {"id": world.organization}, STUDY_ADMINISTRATOR).value["role"] == "SUPPORT"


def test_an_administrator_who_steps_down_sees_it_in_the_answer(world: World) -> None:
    assert change(world, MEMBER, "ADMINISTRATOR").code == "OK"
    query = "query ($id: ID!) { organization(id: $id) { role } }"

    assert change(world, ADMINISTRATOR, "MEMBER").value["role"] == "MEMBER"

    assert world.post(query, {"id": world.organization}).value["role"] == "MEMBER"
    assert change(world, MEMBER, "MEMBER").code == "FORBIDDEN"


def test_the_last_administrator_stays(world: World) -> None:
    for answer in (
        change(world, ADMINISTRATOR, "MEMBER"),
        change(world, ADMINISTRATOR, "SUPPORT"),
        remove(world, ADMINISTRATOR),
    ):
        assert answer.code == "CONFLICT"
        assert "last administrator" in answer.message
    assert change(world, ADMINISTRATOR, "ADMINISTRATOR").code == "OK"


def test_two_administrators_who_demote_each_other_at_once_do_not_both_succeed(world: World) -> None:
    pair = (ADMINISTRATOR, MEMBER)
    both = (
        "UPDATE members SET role = 'ADMINISTRATOR' WHERE organization_id = :id AND user_id IN (:one, :other)"
    )
    one, other = (world.people.users[who] for who in pair)
    left = "SELECT count(*) FROM members WHERE organization_id = :id AND role = 'ADMINISTRATOR'"

    for _ in range(10):  # they have to meet in the very moment
        world.sql(both, id=world.organization, one=one, other=other)
        with ThreadPoolExecutor(2) as pool:
            answers = list(
                pool.map(lambda who: change(world, who[0], "MEMBER", by=who[1]), (pair, pair[::-1]))
            )

        assert [answer.code for answer in answers].count("OK") == 1
        assert world.sql(left, id=world.organization)[0][0] == 1


def test_a_member_who_is_removed_twice_at_once_is_gone_once(world: World) -> None:
    with ThreadPoolExecutor(3) as pool:
        codes = sorted(pool.map(lambda _: remove(world, SUPPORT).code, range(3)))

    assert codes == ["BAD_USER_INPUT", "BAD_USER_INPUT", "OK"]


def test_a_removed_member_loses_the_roles_in_the_organizations_studies(world: World) -> None:
    assert remove(world, STUDY_ADMINISTRATOR).value["role"] == "STUDY_ADMINISTRATOR"

    assert add(world, world.people.emails[STUDY_ADMINISTRATOR]).value["role"] == "MEMBER"
    query = "query ($id: ID!) { study(id: $id) { id } }"
    assert world.post(query, {"id": world.own_study}, STUDY_ADMINISTRATOR).code == "NOT_FOUND"


def test_whoever_is_removed_while_given_a_role_in_a_study_has_none_afterwards(world: World) -> None:
    variables = {"study": world.own_study, "user": world.people.users[SUPPORT], "role": "ADMINISTRATOR"}

    with ThreadPoolExecutor(2) as pool:
        removing = pool.submit(remove, world, SUPPORT)
        giving = pool.submit(world.post, SET_STUDY_MEMBER, variables)

    assert removing.result().code == "OK"
    assert giving.result().code in ("OK", "BAD_USER_INPUT")
    roles = "SELECT 1 FROM study_members WHERE study_id = :study AND user_id = :user"
    assert world.sql(roles, study=world.own_study, user=world.people.users[SUPPORT]) == []


@pytest.mark.parametrize("who", [OUTSIDER, OPERATOR])
def test_only_members_have_a_role_to_change(world: World, who: str) -> None:
    for answer in (change(world, who, "SUPPORT"), remove(world, who)):
        assert (answer.code, answer.field) == ("BAD_USER_INPUT", "user")
        assert world.people.emails[who] not in answer.message
