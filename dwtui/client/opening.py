"""An API client for a target, with the means to start the API where it is the workspace's."""

from dwtui.client.generated.api import Api
from dwtui.client.workspace import Workspace
from dwtui.target import Target


def open_api(target: Target) -> Api:
    """A client for a target. Nothing is sent yet."""
    return Api(target.url, target.token, revive=Workspace().revive if target.workspace else None)
