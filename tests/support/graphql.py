"""Speaking GraphQL to an API under test, the way any client would."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Answer:
    """What the API answered."""

    status: int
    body: Any

    @property
    def errors(self) -> list[dict[str, Any]]:
        return self.body.get("errors", [])

    @property
    def error(self) -> dict[str, Any]:
        """The only error."""
        (error,) = self.errors
        return error

    @property
    def code(self) -> str:
        """`OK`, or the code of the only error."""
        return self.error["extensions"]["code"] if self.errors else "OK"

    @property
    def message(self) -> str:
        return self.error["message"]

    @property
    def field(self) -> str | None:
        """The input's field that the only error names."""
        return self.error["extensions"].get("field")

    @property
    def data(self) -> dict[str, Any]:
        """The data of an answer without errors."""
        assert not self.errors, self.errors
        return self.body["data"]

    @property
    def value(self) -> Any:
        """The only field of the data."""
        (value,) = self.data.values()
        return value


class GraphQLClient:
    """A client of the API at `http://…` or `unix:///…`. Threads may share it."""

    def __init__(self, url: str) -> None:
        self.url = url
        if url.startswith("unix://"):
            transport = httpx.HTTPTransport(uds=url.removeprefix("unix://"))
            self.http = httpx.Client(transport=transport, base_url="http://api", timeout=60)
        else:
            self.http = httpx.Client(base_url=url, timeout=60)

    def post(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = None
    ) -> Answer:
        """Ask, and wait for the answer."""
        response = self.http.post(
            "/graphql", json={"query": query, "variables": variables or {}}, headers=_headers(token)
        )
        return Answer(response.status_code, response.json())

    @contextmanager
    def events(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = None
    ) -> Iterator[Iterator[Answer]]:
        """Subscribe: the answers as they come. Leaving the block hangs up."""
        headers = {**_headers(token), "Accept": "text/event-stream"}
        body = {"query": query, "variables": variables or {}}
        with self.http.stream("POST", "/graphql", json=body, headers=headers) as response:
            yield _answers(response)


def _headers(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _answers(response: httpx.Response) -> Iterator[Answer]:
    if not response.headers["content-type"].startswith("text/event-stream"):
        yield Answer(response.status_code, json.loads(response.read()))
        return
    event = ""
    for line in response.iter_lines():
        name, _, text = line.partition(":")
        if name == "event":
            event = text.strip()
        elif name == "data" and event == "next":
            yield Answer(response.status_code, json.loads(text))
        elif name == "data" and event == "complete":
            return
