"""The add flow when things go wrong: lost lines, ended tokens, unknown keys, hostile texts, defects."""

import re

import pytest

from screens.attach import AttachPage
from tests.screens.flows.attaching import storages, to_keys, to_policy, verify_with
from tests.screens.flows.conftest import Open, both, new_token
from tests.support.cloud import Cloud, Keys, Place
from tests.support.line import line_to
from tests.support.world import World


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


async def test_a_defect_tells_no_keys(
    open_program: Open, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(page: AttachPage) -> None:
        given = page.keys.given()
        secret = given.pair[1]
        raise LookupError(len(secret))

    monkeypatch.setattr(AttachPage, "action_refresh_page", broken)
    monkeypatch.setattr(AttachPage, "has_to_try_again", True)
    said: list[str] = []

    async def walk() -> None:
        async with open_program() as walker:
            await to_keys(walker, place)
            await walker.paste(both(place.keys))
            await walker.until(lambda: walker.field("secretKey").value == place.keys.secret_key)
            app = walker.app
            app.call_later(app.run_action, "refresh_page", walker.page)
            await walker.until(lambda: bool(app._exit_renderables))
            with app.console.capture() as capture:
                app.console.print(*app._exit_renderables)
            said.append(capture.get())

    with pytest.raises(LookupError):
        await walk()
    assert "This is a defect of dwtui (LookupError)" in said[0]
    assert place.keys.secret_key not in said[0]


async def test_keys_that_aws_does_not_know_are_waited_for_and_the_wait_can_be_stopped(
    open_program: Open, place: Place
) -> None:
    unknown = Keys("AKIAUNKNOWNUNKNOWN00", "x" * 40)
    async with open_program() as walker:
        await to_keys(walker, place)
        await verify_with(walker, unknown)
        await walker.sees("AWS does not know this key yet. Asking again", "esc stops waiting", "… waiting")
        await walker.until(
            lambda: (left := re.search(r"for (\d+) s more", walker.words())) is not None and int(left[1]) < 60
        )
        await walker.press("escape")
        await walker.sees("Stopped waiting: AWS does not know this key yet", "r verifies again")
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
            await walker.sees("needed checks failed", "✗ failed", "who must act")
        await walker.pilot.resize_terminal(50, 10)
        await walker.sees("terminal too small")
