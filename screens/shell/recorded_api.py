"""The generated client, which tells the page what is sent on its behalf. Heavy: imported behind the first frame."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from dwtui.client.generated.api import Api
from screens.shell.calls import current_log


class RecordedApi(Api):
    """The client of the terminal UI."""

    async def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """As the connection does, remembered first."""
        _remember(query, operation_name, variables)
        return await super().execute(query, operation_name, variables, seconds=seconds)

    async def execute_ws(
        self, query: str, operation_name: str | None = None, variables: Mapping[str, Any] | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """As the connection does, remembered first."""
        _remember(query, operation_name, variables)
        async for data in super().execute_ws(query, operation_name, variables):
            yield data


def _remember(query: str, operation_name: str | None, variables: Mapping[str, Any] | None) -> None:
    log = current_log.get()
    if log is not None:
        log.add(operation_name or "", query, variables or {})
