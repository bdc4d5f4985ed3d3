"""What the command palette finds: the actions that are offered now, and the things that are shown now."""

from collections.abc import Callable
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input

from dwtui.visible import visible
from screens.shell.actions import APPLICATION_ACTIONS
from screens.shell.gate import action_named
from screens.shell.page import Page

Found = tuple[str, Callable[[], object], str]


class Palette(CommandPalette):
    """The palette, whose cursor stands still, and whose choice can be told without colours."""

    DEFAULT_CSS = """
    /* A list of options draws no reversed text. */
    Palette CommandList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """

    def on_mount(self) -> None:
        """Repaint nothing while nobody types."""
        self.query_one(Input).cursor_blink = False


class Finder(Provider):
    """Finds actions and things; names may come from anywhere and are never read as markup."""

    def found(self) -> list[Found]:
        """Name, what to do, and a word of help: what can be done here, before what can be gone to."""
        return [*self._actions(), *self._things()]

    async def discover(self) -> Hits:
        for name, act, help_text in self.found():
            yield DiscoveryHit(Content(visible(name)), act, text=visible(name), help=visible(help_text))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, act, help_text in self.found():
            shown = visible(name)
            score = matcher.match(shown)
            if score > 0:
                _, offsets = matcher.fuzzy_search.match(matcher.query, shown)
                content = Content(shown)
                for offset in offsets:
                    content = content.stylize(matcher.match_style, offset, offset + 1)
                yield Hit(score, content, act, text=shown, help=visible(help_text))

    def _actions(self) -> list[Found]:
        """The actions offered on this page and by the application."""
        found: dict[str, Found] = {}
        for node, binding, _, _ in self.screen.active_bindings.values():
            action = action_named(binding.action)
            if action is None or not action.in_palette or action.id in found:
                continue
            run = partial(self.screen.app.run_action, action.id, node)
            keys = " or ".join(action.key_names)
            command = self.screen.command(action) if isinstance(self.screen, Page) else action.command
            same = f" · {command}" if command else ""
            found[action.id] = (action.title, run, f"{keys} · {action.tooltip}{same}")
        order = {action.id: at for at, action in enumerate(APPLICATION_ACTIONS)}
        return [found[id_] for id_ in sorted(found, key=lambda id_: order.get(id_, -1))]

    def _things(self) -> list[Found]:
        """The things this page knows of, such as the storages in its list."""
        page = self.screen
        if not isinstance(page, Page):
            return []
        return [(name, partial(page.host.go, place), "Open") for name, place in page.known_places()]
