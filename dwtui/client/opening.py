"""An API client for a target, with the means to start the API where it is the workspace's."""

from typing import TypeVar

from dwtui.client.generated.api import Api
from dwtui.client.workspace import Workspace
from dwtui.target import Target

Client = TypeVar("Client", bound=Api)


def open_api(target: Target) -> Api:
    """A client for a target. Nothing is sent yet."""
    return open_as(Api, target)


def open_as(kind: type[Client], target: Target) -> Client:
    """A client of a kind of one's own."""
    if not target.workspace:
        return kind(target.url, target.token)
    workspace = Workspace()
    return kind(target.url, target.token, revive=workspace.revive, prepare=workspace.replace_outdated)
