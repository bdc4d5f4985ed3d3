"""Making a workspace of one's own: an API on this machine, started when it is needed."""

from __future__ import annotations

import getpass
from asyncio import to_thread
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from screens.shell.actions import BACK, CONNECT
from screens.shell.page import Page
from screens.shell.requests import request
from screens.widgets.dock import Line
from screens.widgets.field import Field, Form

if TYPE_CHECKING:
    from dwtui.client.workspace import NewWorkspace
    from dwtui.target import Target


class WorkspacePage(Page):
    """What a workspace needs to know to begin with."""

    CSS_PATH = "welcome.tcss"
    ACTIONS = (CONNECT, BACK)
    AUTO_FOCUS = ""

    @property
    def crumb(self) -> str:
        return "Workspace"

    def compose_page(self) -> ComposeResult:
        yield Line(
            "The workspace is an API that runs on this machine while it is needed. It reaches AWS with your own "
            "identity, as the aws command does, and keeps its database in your data folder."
        )
        with Form():
            yield Field("Organization", id="organization", hint="its name")
            yield Field("Your name", getpass.getuser().capitalize(), id="user")
            yield Field("Your e-mail", id="email", hint="for notifications")
            yield Field(
                "Bucket for defaults", id="bucket", hint="a bucket of yours, for documents of new studies"
            )

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one(Form).begin()

    def on_field_changed(self, event: Field.Changed) -> None:
        """What is typed anew is not wrong yet."""
        event.field.blame("")

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Hand the form in."""
        self.action_connect()

    def action_connect(self) -> None:
        """Look at what is typed, then make the workspace."""
        form = self.query_one(Form)
        for field in form.fields:
            field.blame("" if field.value.strip() else "This is needed.")
        if any(field.problem for field in form.fields):
            form.begin()
            return
        self._make(*(form.field(id_).value.strip() for id_ in ("organization", "user", "email", "bucket")))

    @request("workspace", repeats=False)
    async def _make(self, organization: str, user: str, email: str, bucket: str) -> None:
        from dwtui.client.workspace import NewWorkspace

        self.tell("Making the workspace…", "muted", stays=True)
        target = await to_thread(_make_workspace, NewWorkspace(organization, user, email, bucket))
        self.tell("Starting its API…", "muted", stays=True)
        viewer = await self.session.try_out(target)
        await self.session.use(target)
        self.session.signed_in_as(viewer)
        self.host.begin_anew()


def _make_workspace(new: NewWorkspace) -> Target:
    """Make the workspace, or take up the one there is; keep its profile. It blocks."""
    from dataclasses import replace

    from dwtui.client.workspace import Workspace
    from dwtui.settings import Profile, change_settings
    from dwtui.target import Target
    from dwtui.tokens import keep_token

    workspace = Workspace()
    owner = workspace.renew() if workspace.exists else workspace.create(new)
    profile = Profile("workspace", workspace.url, kind="workspace")
    change_settings(lambda settings: replace(settings.with_profile(profile), default_profile=profile.name))
    keep_token(profile, owner.token)
    return Target(workspace.url, owner.token, profile)
