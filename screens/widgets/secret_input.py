"""An input whose content never leaves it by copying."""

from typing import Any

from screens.widgets.text_input import TextInput


class SecretInput(TextInput):
    """A masked input without copy and cut, from which nothing can be selected with the mouse either."""

    ALLOW_SELECT = False

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, password=True, id=id)

    def action_copy(self) -> None:
        """A secret is not copied."""

    def action_cut(self) -> None:
        """A secret is not copied."""

    def __repr__(self) -> str:
        """Say nothing of the content, whatever prints this."""
        return f"SecretInput(id={self.id!r})"

    def __rich_repr__(self) -> Any:
        yield "id", self.id
