"""The add flow, walked by keys against the API and a local AWS."""

import re
from pathlib import Path

import pytest

from screens.shell.page import Page
from tests.screens.flows.conftest import Open, both, new_token
from tests.screens.flows.walking import Walker
from tests.support.cloud import Cloud, Keys, Place
from tests.support.line import line_to
from tests.support.world import OUTSIDER, World

ALL = """
query ($id: ID!) { allStorageBackends(organization: $id) { edges { node {
  id name bucket prefix uses identity healthy accessKey isDefault isDefaultForDocuments isDefaultForData
} } } }
"""


def storages(world: World) -> list[dict[str, object]]:
    """The storages of the organization, but for the one it was born with."""
    edges = world.post(ALL, {"id": world.organization}).value["edges"]
    return [edge["node"] for edge in edges if not edge["node"]["isDefault"]]


async def to_policy(walker: Walker, place: Place, name: str = "Tumors", prefix: str = "team-a") -> None:
    """Through the basics."""
    await walker.press("a")
    await walker.sees("Basics", "What your colleagues will know it by")
    await walker.burst(*name, "enter", *place.bucket, "enter", *prefix)
    await walker.until(lambda: walker.field("prefix").value == prefix)
    await walker.press("ctrl+n")
    await walker.sees("make an IAM user", f"dwtui-{place.bucket}")


async def to_keys(walker: Walker, place: Place, **basics: str) -> None:
    """Through basics and policy."""
    await to_policy(walker, place, **basics)
    await walker.press("enter")
    await walker.sees("Access key id", "Secret access key")


async def verify_with(walker: Walker, keys: Keys) -> None:
    """Paste keys and verify."""
    await walker.paste(both(keys))
    await walker.press("enter")


async def test_wrong_keys_are_explained_before_the_right_ones_are_saved(
    open_program: Open, world: World, place: Place, reader: Keys
) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        await verify_with(walker, reader)
        await walker.sees("needed checks failed", "✗ failed", "s3:PutObject was refused")
        await walker.sees("who must act", "whoever owns the IAM user")
        assert "save" not in walker.keys
        assert storages(world) == []

        await walker.press("escape")
        await walker.sees("Access key id", reader.access_key)
        assert reader.secret_key not in walker.text
        await verify_with(walker, place.keys)
        await walker.sees("✓ All that is needed works", "enter saves it as “Tumors”")
        await walker.press("enter")
        await walker.sees("“Tumors” is attached", f"s3://{place.bucket}/team-a/", "Default for")
        await walker.press("right", "right", "enter")
        await walker.sees("✓ healthy", "Permissions", "Tumors")

    (saved,) = storages(world)
    assert saved["name"] == "Tumors"
    assert saved["prefix"] == "team-a"
    assert saved["healthy"] is True
    assert saved["accessKey"] == f"…{place.keys.access_key[-4:]}"
    assert (saved["isDefaultForDocuments"], saved["isDefaultForData"]) == (False, True)


async def test_what_is_missing_can_be_copied(open_program: Open, place: Place, reader: Keys) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        await verify_with(walker, reader)
        await walker.sees("needed checks failed")
        await walker.press("c")
        await walker.sees("Copy", "all missing statements, as a policy")
        await walker.press("1")
        await walker.sees("Sent to the terminal's clipboard")
        assert '"Version": "2012-10-17"' in walker.app.clipboard
        assert "s3:PutObject" in walker.app.clipboard


async def test_no_secret_is_shown_kept_or_told(
    open_program: Open, world: World, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    secret = place.keys.secret_key
    async with open_program() as walker:
        await to_keys(walker, place)
        await walker.paste(both(place.keys))
        await walker.until(lambda: walker.field("secretKey").value == secret)
        assert secret not in walker.text
        secret_input = walker.field("secretKey").input
        assert secret not in repr(secret_input)
        await walker.press("ctrl+a", "shift+end", "ctrl+x", "ctrl+c")
        assert walker.field("secretKey").value == secret
        assert secret not in walker.app.clipboard
        flow = walker.page
        await walker.press("enter")
        await walker.sees("✓ All that is needed works")
        assert secret not in flow.calls.as_text()
        assert place.keys.access_key not in flow.calls.as_text()
        await walker.press("enter")
        await walker.sees("is attached")
        assert secret not in flow.calls.as_text()
        assert all(secret not in str(vars(widget)) for widget in flow.walk_children())
        assert secret_input.value == ""
    assert secret not in caplog.text


async def test_basics_are_judged_while_they_are_typed(
    open_program: Open, world: World, cloud: Cloud, place: Place
) -> None:
    assert world.create_storage(place, name="Tumors", prefix="team-a", uses=["DOCUMENTS"]).code == "OK"
    other = cloud.place()
    foreign = world.create_storage(other, organization=world.other_organization, by=OUTSIDER)
    assert foreign.code == "OK"
    async with open_program() as walker:
        await walker.press("a")
        await walker.sees("What your colleagues will know it by")
        await walker.type("tumors")
        await walker.sees("… This organization has a storage called “tumors” already")
        await walker.type(" 2")
        await walker.sees_no("This organization has")
        await walker.press("enter")
        await walker.type("Not a bucket")
        await walker.sees("lower-case letters, digits, dots and hyphens only")
        await walker.press("ctrl+u")
        await walker.paste(f"s3://{place.bucket}/team-a/below/\n")
        await walker.sees("Place", f"s3://{place.bucket}/team-a/below/")
        await walker.sees("Overlaps", "! “Tumors” holds this place")
        assert walker.field("prefix").value == "team-a/below"

        await walker.press("ctrl+u")
        await walker.type(other.bucket)
        await walker.sees("Another organization already uses this place")
        await walker.press("ctrl+n")
        await walker.sees("✗ Another organization already uses this place")
        assert walker.field("prefix").input.has_focus
        assert "IAM user" not in walker.text


async def test_what_is_missing_is_named(open_program: Open) -> None:
    async with open_program() as walker:
        await walker.press("a")
        await walker.sees("What your colleagues will know it by")
        await walker.press("ctrl+n")
        await walker.sees("✗ It needs a name", "✗ It needs a bucket")
        assert walker.field("name").input.has_focus


async def test_keys_typed_ahead_come_to_the_field_they_were_meant_for(
    open_program: Open, place: Place
) -> None:
    async with open_program() as walker:
        await walker.press("a")
        await walker.sees("What your colleagues will know it by")
        await walker.burst(*"Tumors", "enter", *"lab-a", "enter", *"team-a", "up", "up", *"!", "tab", *"b")
        await walker.until(lambda: walker.field("bucket").value == "lab-ab", "for the keys to arrive")
        assert (walker.field("name").value, walker.field("prefix").value) == ("Tumors!", "team-a")


async def test_the_policy_is_shown_in_its_forms_named_copied_and_saved(
    open_program: Open, place: Place, home: Path
) -> None:
    async with open_program() as walker:
        await to_policy(walker, place)
        await walker.sees("1. Sign in to the AWS console")
        await walker.press("tab")
        await walker.sees("aws iam" if "aws iam" in walker.text else "#!/bin/sh")
        await walker.press("u")
        await walker.sees("Name of the IAM user")
        await walker.press("ctrl+u")
        await walker.type("no good name")
        await walker.press("enter")
        await walker.sees("✗ An IAM user's name has 1 to 64")
        await walker.press("u")
        await walker.sees("Name of the IAM user")
        await walker.press("ctrl+u")
        await walker.type("tumor-reader")
        await walker.press("enter")
        await walker.sees("IAM user tumor-reader", "user=tumor-reader")
        await walker.press("c")
        await walker.sees("Sent to the terminal's clipboard")
        assert "user=tumor-reader" in walker.app.clipboard
        await walker.press("w")
        await walker.sees("Written to")
        (saved,) = home.glob("*.sh")
        assert saved.stat().st_mode & 0o777 == 0o600
        assert saved.read_text() == walker.app.clipboard
        await walker.press("shift+tab", "shift+tab")
        await walker.sees('"Version": "2012-10-17"')
        await walker.press("t")
        await walker.sees("policy.json")
        await walker.press("escape")
        await walker.sees("make an IAM user")


async def test_going_back_and_forth_keeps_all_and_leaving_asks(open_program: Open, place: Place) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        await walker.paste(both(place.keys))
        await walker.press("escape")
        await walker.sees("make an IAM user")
        await walker.press("escape")
        await walker.sees("What your colleagues will know it by")
        values = [walker.field(id_).value for id_ in ("name", "bucket", "prefix")]
        assert values == ["Tumors", place.bucket, "team-a"]
        await walker.press("ctrl+n")
        await walker.sees("make an IAM user")
        await walker.press("enter")
        await walker.sees("Access key id")
        assert walker.field("secretKey").value == place.keys.secret_key
        await walker.press("escape", "escape")
        await walker.sees("What your colleagues will know it by")
        await walker.press("escape")
        await walker.sees("Leave without saving?")
        await walker.press("escape")
        await walker.sees_no("Leave without saving?")
        await walker.press("escape")
        await walker.sees("Leave without saving?")
        await walker.press("y")
        await walker.sees("NAME", "HEALTH")


async def test_nothing_is_lost_unasked_by_going_elsewhere_or_quitting(
    open_program: Open, place: Place
) -> None:
    async with open_program() as walker:
        await to_policy(walker, place)
        flow = walker.page
        for key in ("q", "2"):
            await walker.press(key)
            await walker.sees("what you typed is not saved")
            await walker.press("n")
            await walker.sees_no("what you typed is not saved")
        assert walker.page is flow
        await walker.press("2")
        await walker.sees("what you typed is not saved")
        await walker.press("y")
        await walker.sees("Own study")
        assert not flow.is_attached


async def test_a_lost_connection_in_the_middle_of_a_verification_loses_nothing(
    open_program: Open, world: World, place: Place
) -> None:
    async with line_to(world.client.url) as line, open_program(url=line.url) as walker:
        await to_keys(walker, place)
        line.cut_at('"probe":{')
        await verify_with(walker, place.keys)
        await walker.sees("The connection was lost in the middle; nothing you typed is lost")
        assert "save" not in walker.keys
        await line.up()
        await walker.press("r")
        await walker.sees("✓ All that is needed works")
        await walker.press("enter")
        await walker.sees("“Tumors” is attached")
    assert len(storages(world)) == 1


async def test_a_storage_whose_saving_was_not_heard_of_is_not_saved_twice(
    open_program: Open, world: World, place: Place
) -> None:
    async with line_to(world.client.url) as line, open_program(url=line.url) as walker:
        await to_keys(walker, place)
        await verify_with(walker, place.keys)
        await walker.sees("✓ All that is needed works")
        line.cut_at('"createStorageBackend"')
        await walker.press("enter")
        await walker.sees("It is not known whether the change was made")
        assert len(storages(world)) == 1
        await line.up()
        await walker.press("enter")
        await walker.sees("“Tumors” is attached")
    assert len(storages(world)) == 1


async def test_a_token_that_ends_in_the_middle_leads_to_sign_in_and_back(
    open_program: Open, world: World, place: Place
) -> None:
    token, end = new_token(world)
    async with open_program(token=token) as walker:
        await to_keys(walker, place)
        end()
        await verify_with(walker, place.keys)
        await walker.sees("Sign in", "Token")
        assert place.keys.secret_key not in walker.text
        fresh, _ = new_token(world)
        await walker.type(fresh)
        await walker.press("ctrl+n")
        await walker.sees("✓ All that is needed works", "enter saves it as “Tumors”")
        await walker.press("enter")
        await walker.sees("“Tumors” is attached")


async def test_keys_that_aws_does_not_know_are_waited_for_and_the_wait_can_be_stopped(
    open_program: Open, place: Place
) -> None:
    unknown = Keys("AKIAUNKNOWNUNKNOWN00", "x" * 40)
    async with open_program() as walker:
        await to_keys(walker, place)
        await verify_with(walker, unknown)
        await walker.sees("AWS does not know these keys yet. Trying for another")
        await walker.until(
            lambda: (left := re.search(r"another (\d+) s", walker.words())) is not None and int(left[1]) < 60
        )
        await walker.press("escape")
        await walker.sees("Stopped before its end", "r verifies again")
        await walker.press("escape")
        await walker.sees("Access key id")
        await verify_with(walker, place.keys)
        await walker.sees("✓ All that is needed works")


async def test_a_name_taken_meanwhile_leads_back_to_the_name(
    open_program: Open, world: World, cloud: Cloud, place: Place
) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        await verify_with(walker, place.keys)
        await walker.sees("✓ All that is needed works")
        assert world.create_storage(cloud.place(), name="Tumors").code == "OK"
        await walker.press("enter")
        await walker.sees("✗ This organization has a storage called “Tumors” already")
        assert walker.field("name").input.has_focus
        await walker.type(" II")
        await walker.press("ctrl+n")
        await walker.sees("make an IAM user")
        await walker.press("enter")
        await walker.sees("Access key id")
        await walker.press("ctrl+n")
        await walker.sees("✓ All that is needed works", "enter saves it as “Tumors II”")
        await walker.press("enter")
        await walker.sees("“Tumors II” is attached")


async def test_a_temporary_key_is_refused_where_it_was_typed(open_program: Open, place: Place) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        await walker.type("ASIATEMPORARYKEY0000")
        await walker.sees("A temporary key (ASIA…) will be refused")
        await walker.press("enter")
        await walker.type("y" * 40)
        await walker.press("enter")
        await walker.sees("✗", "temporary")
        assert walker.field("accessKey").value == "ASIATEMPORARYKEY0000"


async def test_read_only_hides_the_flow(open_program: Open, world: World, place: Place) -> None:
    assert world.create_storage(place, name="Tumors").code == "OK"
    async with open_program(read_only=True) as walker:
        await walker.sees("Tumors")
        list_page: Page = walker.page
        await walker.press("down")
        for key in ("a", "e", "K", "D", "f"):
            await walker.press(key)
        assert walker.page is list_page
        for word in ("add", "edit", "rotate", "delete", "defaults"):
            assert word not in walker.keys
        await walker.press("ctrl+p")
        await walker.type("storage")
        await walker.pilot.pause()
        assert "Add a storage" not in walker.text


async def test_hostile_text_is_shown_not_obeyed(open_program: Open, place: Place) -> None:
    async with open_program() as walker:
        await walker.press("a")
        await walker.sees("What your colleagues will know it by")
        await walker.paste("[bold]data[/]\x1b]0;owned\x07\u202e \nsecond line")
        await walker.until(lambda: "[bold]data[/]" in walker.text)
        assert walker.field("name").value == "[bold]data[/]]0;owned second line"
        await walker.press("enter")
        await walker.type(place.bucket)
        await walker.press("ctrl+n")
        await walker.sees("make an IAM user")
        await walker.press("enter")
        await verify_with(walker, place.keys)
        await walker.sees("enter saves it as “[bold]data[/]]0;owned second line”")
        await walker.press("enter")
        await walker.sees("“[bold]data[/]]0;owned second line” is attached")


async def test_the_terminal_may_change_its_size_at_any_step(
    open_program: Open, place: Place, reader: Keys
) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        for size in ((120, 40), (60, 16), (80, 24)):
            await walker.pilot.resize_terminal(*size)
            await walker.sees("Access key id", "Secret access key", "Keys")
        await verify_with(walker, reader)
        await walker.sees("needed checks failed")
        for size in ((120, 40), (60, 16), (80, 24)):
            await walker.pilot.resize_terminal(*size)
            await walker.sees("needed checks failed", "✗ failed", "remedy")
        await walker.pilot.resize_terminal(50, 10)
        await walker.sees("terminal too small")
