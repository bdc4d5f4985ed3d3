"""Messages survive the pipe, and secrets in them do not show by accident."""

import pytest

from dwtui.demo.messages import Failed, Note, Progress, Ready, TrialAccount, from_line, to_line

READY = Ready(
    "unix:///x/api.sock",
    {"administrator": "dwt_token"},
    "OR_00000000",
    "http://127.0.0.1:1",
    (TrialAccount("bucket", "AKIAEXAMPLE", "secret-half", "works"),),
)


@pytest.mark.parametrize(
    "message", [Progress(1, 3, "Starting"), READY, Note("It is back."), Failed("No.\nReally.")]
)
def test_a_message_is_one_line_and_comes_back_equal(message) -> None:
    line = to_line(message)
    assert line.count(b"\n") == 1
    assert from_line(line) == message


def test_a_repr_tells_no_secret() -> None:
    assert "dwt_token" not in repr(READY)
    assert "secret-half" not in repr(READY)
