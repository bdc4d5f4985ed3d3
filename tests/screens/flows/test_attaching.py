"""The add flow, walked by keys against the API and a local AWS."""

from pathlib import Path

import pytest

from dwtui.server.operating.places import allow_blank_keys
from screens.shell.page import Page
from screens.storages import StoragesPage
from screens.widgets.table import Table
from tests.screens.flows.attaching import storages, to_keys, to_policy, verify_with
from tests.screens.flows.conftest import Open, apart, both
from tests.screens.flows.walking import Walker
from tests.support.cloud import Cloud, Keys, Place
from tests.support.world import OUTSIDER, World


async def test_wrong_keys_are_explained_before_the_right_ones_are_saved(
    open_program: Open, world: World, place: Place, reader: Keys
) -> None:
    async with open_program() as walker:
        await to_keys(walker, place)
        await verify_with(walker, reader)
        await walker.sees("needed checks failed", "✗ failed", "s3:PutObject was refused")
        await walker.sees("who must act", "whoever owns the IAM user", "remedy")
        assert '"Resource"' not in walker.text
        await walker.until(lambda: "space more" in walker.keys)
        await walker.press("space")
        await walker.sees('"Resource"')
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
        await walker.press("escape")
        await walker.until(lambda: cursor_on(walker) == "Tumors")

    (saved,) = storages(world)
    assert saved["name"] == "Tumors"
    assert saved["prefix"] == "team-a"
    assert saved["healthy"] is True
    assert saved["accessKey"] == f"…{place.keys.access_key[-4:]}"
    assert (saved["isDefaultForDocuments"], saved["isDefaultForData"]) == (False, True)


def cursor_on(walker: Walker) -> str | None:
    """The name of the storage under the cursor of the list."""
    row = walker.page.query_one(Table).row if isinstance(walker.page, StoragesPage) else None
    return row.name if row is not None else None


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


@pytest.fixture
def other(world: World, cloud: Cloud) -> Place:
    """A place that another organization uses."""
    place = cloud.place()
    assert world.create_storage(place, organization=world.other_organization, by=OUTSIDER).code == "OK"
    return place


async def test_basics_are_judged_while_they_are_typed(
    open_program: Open, world: World, other: Place, place: Place
) -> None:
    assert world.create_storage(place, name="Tumors", prefix="team-a", uses=["DOCUMENTS"]).code == "OK"
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
        await walker.until(lambda: walker.field("prefix").input.has_focus)
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


async def test_blank_keys_are_offered_where_the_operator_allows_them(
    open_program: Open, world: World, cloud: Cloud
) -> None:
    place = Place(cloud.application_bucket, cloud.application_keys, cloud.application_account)
    apart(
        lambda: allow_blank_keys(
            world.settings, organization_id=world.organization, bucket=place.bucket, prefix="shared"
        )
    )
    async with open_program() as walker:
        await to_policy(walker, place, prefix="elsewhere")
        assert "Blank keys" not in walker.words()
        await walker.press("escape")
        await walker.sees("What your colleagues will know it by")
        walker.field("prefix").input.focus()
        await walker.press("ctrl+u")
        await walker.type("shared/tumors")
        await walker.press("ctrl+n")
        await walker.sees("Blank keys are allowed at this place")
        await walker.press("enter")
        await walker.sees("Access key id", "blank keys")
        walker.field("identity").input.focus()
        await walker.press("right")
        await walker.sees_no("Access key id")
        await walker.press("enter")
        await walker.sees("✓ All that is needed works")
        await walker.press("enter")
        await walker.sees("“Tumors” is attached", "blank: the application's own identity")
    (saved,) = storages(world)
    assert (saved["identity"], saved["accessKey"]) == ("BLANK", None)


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
