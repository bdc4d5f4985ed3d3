"""Which command lines start the terminal UI at once, and with what."""

import pytest

from dwtui.launch import LaunchOptions, quick_options


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], LaunchOptions()),
        (["--open", "SB_0123ABCD"], LaunchOptions(open="SB_0123ABCD")),
        (["--open=SB_0123ABCD", "--read-only"], LaunchOptions(open="SB_0123ABCD", read_only=True)),
        (
            ["--profile", "work", "--no-mouse", "--theme", "nord"],
            LaunchOptions(profile="work", mouse=False, theme="nord"),
        ),
        (["--url", "unix:///run/api.sock"], LaunchOptions(url="unix:///run/api.sock")),
    ],
)
def test_options_alone_start_the_terminal_ui(arguments: list[str], options: LaunchOptions) -> None:
    assert quick_options(arguments) == options


@pytest.mark.parametrize(
    "arguments",
    [
        ["storages", "list"],
        ["--help"],
        ["--open"],
        ["--open", "--read-only"],
        ["--open="],
        ["--token", "dwt_x"],
        ["--profile", "a", "whoami"],
    ],
)
def test_everything_else_is_left_to_the_full_command_line(arguments: list[str]) -> None:
    assert quick_options(arguments) is None


def test_the_token_is_in_no_repr() -> None:
    assert "dwt_secret" not in repr(LaunchOptions(token="dwt_secret"))
