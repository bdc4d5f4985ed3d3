"""Server-sent events, read from a stream of bytes (the WHATWG's event stream format)."""

from collections.abc import AsyncGenerator, AsyncIterable
from dataclasses import dataclass

MAXIMUM_EVENT = 16 * 1024 * 1024
"""Bytes of one event that we are willing to hold. A verification's report has a few thousand."""


class EventTooLarge(Exception):
    """An event without an end in sight."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its name (`message` unless given) and its data."""

    name: str
    data: str


class EventReader:
    """Turns chunks of bytes, cut anywhere, into events. Comments and unknown fields are passed over."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._name = ""
        self._data: list[str] = []
        self._size = 0
        self._begun = False
        self._after_carriage_return = False

    def feed(self, chunk: bytes) -> list[Event]:
        """The events that this chunk completes."""
        if not chunk:
            return []
        if self._after_carriage_return:
            chunk = chunk.removeprefix(b"\n")
        self._rest += chunk
        if len(self._rest) + self._size > MAXIMUM_EVENT:
            raise EventTooLarge
        return [event for line in self._lines() if (event := self._take(line))]

    def _lines(self) -> list[str]:
        """Cut whole lines off what has come so far. A line ends with CR, LF or both."""
        self._after_carriage_return = self._rest.endswith(b"\r")
        text = bytes(self._rest).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = text.split(b"\n")
        self._rest = bytearray(rest)
        return [line.decode("utf-8", "replace") for line in lines]

    def _take(self, line: str) -> Event | None:
        if not self._begun:
            line = line.removeprefix("\ufeff")
            self._begun = True
        if not line:
            return self._finish()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            self._name = value
        elif field == "data":
            self._data.append(value)
            self._size += len(value)
        return None

    def _finish(self) -> Event | None:
        event = Event(self._name or "message", "\n".join(self._data)) if self._data or self._name else None
        self._name, self._data, self._size = "", [], 0
        return event


async def read_events(chunks: AsyncIterable[bytes]) -> AsyncGenerator[Event, None]:
    """The events of a stream, as they become complete. What is unfinished at its end is dropped."""
    reader = EventReader()
    async for chunk in chunks:
        for event in reader.feed(chunk):
            yield event
