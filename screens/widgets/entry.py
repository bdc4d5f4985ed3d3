"""The input all forms and filters use."""

from textual.reactive import reactive
from textual.widgets import Input


class Entry(Input):
    """An input of one line whose cursor stands still: nothing is repainted, and sent, while nobody types."""

    cursor_blink = reactive(False, init=False)

    def __init__(
        self, value: str = "", *, placeholder: str = "", password: bool = False, id: str | None = None
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, password=password, id=id, select_on_focus=False, compact=True
        )
