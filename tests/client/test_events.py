"""Server-sent events come whole out of bytes that were cut anywhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.client.events import MAXIMUM_EVENT, Event, EventReader, EventTooLarge

ENDS = st.sampled_from(["\n", "\r\n", "\r"])
DATA = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))
EVENTS = st.lists(st.builds(Event, st.sampled_from(["next", "complete"]), DATA), max_size=6)


def read(chunks: list[bytes]) -> list[Event]:
    reader = EventReader()
    return [event for chunk in chunks for event in reader.feed(chunk)]


@given(EVENTS, ENDS, st.data())
def test_events_survive_any_cut_and_any_line_end(events: list[Event], end: str, data: st.DataObject) -> None:
    pieces = [f"event: {event.name}{end}: sign of life{end}data: {event.data}{end}{end}" for event in events]
    stream = "".join(pieces).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    chunks = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    # A stream that ends with CR is read to its end, since the LF that could follow belongs to the same line.
    assert read(chunks) == events


def test_data_of_several_lines_is_joined() -> None:
    text = json.dumps({"a": 1}, indent=1)
    lines = "".join(f"data: {line}\n" for line in text.split("\n"))
    assert read([f"event: next\n{lines}\n".encode()]) == [Event("next", text)]


@pytest.mark.parametrize(
    "noise", [b":\r\n\r\n", b"\n\n\n", b": ping\n\n", b"retry: 5\nid: 3\n\n", b"nonsense\n\n"]
)
def test_signs_of_life_are_no_events(noise: bytes) -> None:
    assert read([noise, b"data: x\n\n", noise]) == [Event("message", "x")]


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read([b"\xef\xbb", b"\xbfdata: x\n\n"]) == [Event("message", "x")]


def test_an_unfinished_event_is_dropped() -> None:
    assert read([b"event: next\ndata: half\n"]) == []


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_an_endless_event_is_given_up(end: bytes) -> None:
    piece = b"data: " + b"x" * (MAXIMUM_EVENT // 4) + end
    with pytest.raises(EventTooLarge):
        read([piece] * 5)
