"""Several views of one thing, one shown at a time, with a line that names them."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.widgets.lines import SectionLine
from screens.widgets.tones import Cell


class Views(Vertical):
    """Widgets by name; `beside` stands next to them where there is room, and is a view of its own where not."""

    DEFAULT_CSS = """
    Views {
        height: 1fr;
        & > Horizontal { height: 1fr; }
        & > Horizontal > .-hidden { display: none; }
    }
    """

    class Shown(Message):
        """Another view is shown."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, views: dict[str, Widget], beside: str = "") -> None:
        super().__init__()
        self._views = views
        self._beside = beside
        self._wide = False
        self._status = Cell("")
        self.current = next(iter(views))

    def compose(self) -> ComposeResult:
        yield SectionLine()
        with Horizontal():
            yield from self._views.values()

    def on_mount(self) -> None:
        """Show the first view."""
        self.show(self.current)

    @property
    def names(self) -> list[str]:
        """The views that can be shown now."""
        return [name for name in self._views if not (self._wide and name == self._beside)]

    def make_wide(self, wide: bool) -> None:
        """Whether there is room for the view that may stand beside the others."""
        if wide != self._wide:
            self._wide = wide
            self.show(self.names[0] if wide and self.current == self._beside else self.current)

    def show(self, name: str) -> None:
        """Show a view."""
        self.current = name
        for other, view in self._views.items():
            view.set_class(other != name and not (self._wide and other == self._beside), "-hidden")
        self.tell(self._status)
        target = next(
            (
                it
                for it in self._views[name].walk_children(with_self=True)
                if isinstance(it, Widget) and it.focusable
            ),
            None,
        )
        if target is not None:
            target.focus()
        self.post_message(self.Shown(name))

    def tell(self, status: Cell) -> None:
        """Say something at the end of the line of names."""
        self._status = status
        sections = [("", name, f"screen.show_view({name!r})") for name in self.names]
        self.query_one(SectionLine).show(sections, self.current, status)

    def step(self, by: int) -> None:
        """Show the next view, or the one before."""
        names = self.names
        self.show(names[(names.index(self.current) + by) % len(names)])
