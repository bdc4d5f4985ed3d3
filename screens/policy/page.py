"""What the IAM user of a storage must be allowed, to be read, copied and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from screens.policy.forms import PolicyViews
from screens.shell.actions import BACK, COPY_TEXT, NEXT_VIEW, PLAIN_TEXT, PREVIOUS_VIEW, REFRESH, SAVE_TEXT
from screens.shell.places import Place
from screens.shell.requests import request
from screens.text.saving import TextSaving

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageDetails


class PolicyPage(TextSaving):
    """The suggested policy for the place and use of a storage."""

    ACTIONS = (NEXT_VIEW, PREVIOUS_VIEW, COPY_TEXT, SAVE_TEXT, PLAIN_TEXT, REFRESH, BACK)
    AUTO_FOCUS = "TextPane"

    def __init__(self, storage_id: str) -> None:
        super().__init__()
        self._storage_id = storage_id

    @property
    def crumb(self) -> str:
        return "Policy"

    @property
    def text_to_save(self) -> tuple[str, str]:
        views = self.query_one(PolicyViews)
        return views.form.file_name, views.text

    def compose_page(self) -> ComposeResult:
        yield PolicyViews()

    def reload(self) -> None:
        self._load()

    @request("policy")
    async def _load(self) -> None:
        api = await self.api(organization=False)
        storage = await api.storage_backend(self._storage_id)
        self.query_one(PolicyViews).show_policy(await api.suggested_policy(_asked_for(storage)))

    def action_next_view(self) -> None:
        """The next form."""
        self.query_one(PolicyViews).step(1)

    def action_previous_view(self) -> None:
        """The form before."""
        self.query_one(PolicyViews).step(-1)

    def action_show_view(self, name: str) -> None:
        """The form of that name."""
        self.query_one(PolicyViews).show(name)

    def action_plain_text(self) -> None:
        """Only this text."""
        name, text = self.text_to_save
        self.host.go(Place("text", extra={"title": name, "text": text, "file_name": name}))


def _asked_for(storage: StorageDetails):  # type: ignore[no-untyped-def]
    from dwtui.client.generated.input_types import SuggestedPolicyInput

    return SuggestedPolicyInput(
        bucket=storage.bucket or "",
        prefix=storage.prefix,
        uses=storage.uses,
        region=storage.region,
        userName=storage.user,
    )
