"""The one table of actions.

Key bindings, the key line, the help screen, the command palette and the permission gate are made from it.
"""

from screens.shell.action import Action
from screens.shell.flow_actions import FLOW_ACTIONS
from screens.shell.study_actions import CANCEL_TRANSFER, SHOW_TRANSFERS, STUDY_ACTIONS

MANAGE_STORAGES = "MANAGE_STORAGES"
SEE_STORAGES = "SEE_STORAGES"
SEE_ACTIVITY = "SEE_ACTIVITY"


EVERYWHERE, LISTS, STORAGES, ACTIVITY, SECTIONS, TEXTS = (
    "Everywhere",
    "In lists",
    "Storages",
    "Activity",
    "Sections",
    "Texts",
)

BACK = Action(
    "back",
    "escape,backspace",
    "back",
    "Go back",
    "Back to where you came from; first takes a filter away",
    EVERYWHERE,
)
HELP = Action(
    "show_help",
    "question_mark,f1",
    "help",
    "Help",
    "All keys of this screen, with the commands that do the same",
    EVERYWHERE,
    command="dwtui --help",
)
PALETTE = Action(
    "command_palette",
    "ctrl+p",
    "palette",
    "Command palette",
    "Find an action or a thing by typing",
    EVERYWHERE,
    in_palette=False,
)
REFRESH = Action(
    "refresh_page", "r", "refresh", "Refresh", "Ask the API again, or try to connect again", EVERYWHERE
)
QUIT = Action("quit", "q", "quit", "Quit", "Leave dwtui", EVERYWHERE)
COPY = Action(
    "copy",
    "c",
    "copy",
    "Copy…",
    "Send a URI, an ARN, an id or a command to the terminal's clipboard",
    EVERYWHERE,
)
PLAIN_TEXT = Action(
    "plain_text",
    "t",
    "text",
    "Show as plain text",
    "The same as text that can be selected, copied or saved",
    EVERYWHERE,
)
API_CALL = Action(
    "show_api_call",
    "y",
    "API call",
    "Show the API call",
    "The GraphQL operations this screen sent, with their variables",
    EVERYWHERE,
    in_key_line=False,
)
THEME = Action(
    "choose_theme",
    "T",
    "theme",
    "Choose a theme",
    "Other colours, or those of your terminal",
    EVERYWHERE,
    command="dwtui --theme NAME",
    in_key_line=False,
)
PICTURE = Action(
    "save_picture",
    "W",
    "picture",
    "Save a picture of the screen",
    "Write what is shown to an SVG file",
    EVERYWHERE,
    in_key_line=False,
)
SIGN_IN = Action(
    "sign_in",
    "L",
    "sign in",
    "Sign in elsewhere",
    "Choose another profile or another API",
    EVERYWHERE,
    command="dwtui login",
    in_key_line=False,
)
SWITCH_ORGANIZATION = Action(
    "switch_organization",
    "o",
    "organization",
    "Switch organization",
    "Work in another of your organizations",
    EVERYWHERE,
    command="dwtui --open OR_…",
    in_key_line=False,
)

BRIEFING = Action(
    "show_briefing",
    "B,f2",
    "key pairs",
    "Show the key pairs to try",
    "What the sample world gives you to attach a storage with",
    EVERYWHERE,
)

GO_STORAGES = Action(
    "go_storages",
    "1",
    "storages",
    "Storages",
    "The organization's buckets and their health",
    SECTIONS,
    command="dwtui storages list",
    in_key_line=False,
)
GO_STUDIES = Action(
    "go_studies",
    "2",
    "studies",
    "Studies",
    "The studies and the storages they use",
    SECTIONS,
    command="dwtui studies list",
    in_key_line=False,
)
GO_ACTIVITY = Action(
    "go_activity",
    "3",
    "activity",
    "Activity",
    "Who did what, when, with what outcome",
    SECTIONS,
    command="dwtui activity",
    needs=SEE_ACTIVITY,
    in_key_line=False,
)
GO_ORGANIZATION = Action(
    "go_organization",
    "4",
    "organization",
    "Organization",
    "Members, and the storages new studies begin with",
    SECTIONS,
    command="dwtui organizations show",
    in_key_line=False,
)

CONNECT = Action(
    "connect",
    "ctrl+n,ctrl+j",
    "go on",
    "Go on",
    "Try out what is typed and go on; so does enter at the last field",
    EVERYWHERE,
    command="dwtui login",
)

OPEN = Action("open", "enter", "open", "Open", "Open what the cursor is on", LISTS, in_palette=False)
FILTER = Action(
    "filter", "slash", "filter", "Filter", "Keep the rows that match what you type; the API searches", LISTS
)
SORT = Action("sort", "s", "sort", "Sort…", "Choose the order of the rows", LISTS)
NEXT_VIEW = Action("next_view", "tab", "next view", "Next view", "Show the next view of this thing", LISTS)
PREVIOUS_VIEW = Action(
    "previous_view",
    "shift+tab",
    "previous view",
    "Previous view",
    "Show the view before",
    LISTS,
    in_key_line=False,
)


def _move(id_: str, keys: str, short: str, title: str, tooltip: str) -> Action:
    return Action(id_, keys, short, title, tooltip, LISTS, in_key_line=False, in_palette=False)


MOVES = (
    _move("cursor_up", "up,k", "up", "Up", "One row up"),
    _move("cursor_down", "down,j", "down", "Down", "One row down"),
    _move("half_page_up", "ctrl+u", "½ page up", "Half a page up", "Half a page up"),
    _move("half_page_down", "ctrl+d", "½ page down", "Half a page down", "Half a page down"),
    _move("page_up", "pageup", "page up", "Page up", "A page up"),
    _move("page_down", "pagedown", "page down", "Page down", "A page down"),
    _move("first_row", "home,g", "first", "First row", "To the first row"),
    _move("last_row", "end,G", "last", "Last row", "To the last row, however many there are"),
)

HEALTH_FILTER = Action(
    "filter_health",
    "h",
    "health",
    "Filter by health",
    "All, only the unhealthy, only the healthy",
    STORAGES,
    command="dwtui storages list",
    needs=SEE_STORAGES,
)
ADD_STORAGE = Action(
    "add_storage",
    "a",
    "add",
    "Add a storage",
    "Attach a bucket: place, IAM user and policy, keys, verification",
    STORAGES,
    command="dwtui storages add",
    needs=MANAGE_STORAGES,
    changes=True,
    place="add-storage",
)
VERIFY_STORAGE = Action(
    "verify_storage",
    "v",
    "verify",
    "Verify now",
    "Check every permission again, now",
    STORAGES,
    command="dwtui storages verify {id}",
    needs=MANAGE_STORAGES,
    changes=True,
)
EDIT_STORAGE = Action(
    "edit_storage",
    "e",
    "edit",
    "Edit the storage",
    "Change its name or what it is used for",
    STORAGES,
    command="dwtui storages edit {id}",
    needs=MANAGE_STORAGES,
    changes=True,
    place="edit-storage",
)
ROTATE_KEYS = Action(
    "rotate_keys",
    "K",
    "rotate keys",
    "Rotate the keys",
    "Give a new key pair; the old one stays until the new one is verified",
    STORAGES,
    command="dwtui storages rotate {id}",
    needs=MANAGE_STORAGES,
    changes=True,
    place="rotate-keys",
)
DELETE_STORAGE = Action(
    "delete_storage",
    "D,delete",
    "delete",
    "Delete the storage",
    "Shows what would happen first; objects are never touched",
    STORAGES,
    command="dwtui storages delete {id}",
    needs=MANAGE_STORAGES,
    changes=True,
    place="delete-storage",
)
SET_DEFAULTS = Action(
    "set_defaults",
    "f",
    "defaults",
    "Set the organization's defaults",
    "Choose the storages that new studies begin with",
    STORAGES,
    command="dwtui organizations defaults",
    needs=MANAGE_STORAGES,
    changes=True,
    place="set-defaults",
)
SHOW_POLICY = Action(
    "show_policy",
    "p",
    "policy",
    "Suggested policy",
    "The least an IAM user must be allowed, in four forms",
    STORAGES,
    command="dwtui storages policy {id}",
)

ONLY_USER = Action(
    "only_user",
    "u",
    "this user",
    "Only this user",
    "Keep what the user of this row did; again: all",
    ACTIVITY,
    command="dwtui activity --actor US_…",
)
ONLY_SUBJECT = Action(
    "only_subject",
    "b",
    "this subject",
    "Only this subject",
    "Keep what was done to the subject of this row; again: all",
    ACTIVITY,
    command="dwtui activity --subject SB_…",
)
ONLY_OUTCOME = Action(
    "only_outcome",
    "x",
    "outcome",
    "Filter by outcome",
    "All, refused, failed, succeeded",
    ACTIVITY,
    command="dwtui activity --outcome FAILED",
)

SAVE_TEXT = Action("save_text", "w", "save", "Save the text", "Write this text to a file", TEXTS)
COPY_TEXT = Action(
    "copy_text_whole",
    "c",
    "copy all",
    "Copy the text",
    "Send all of this text to the terminal's clipboard",
    TEXTS,
)
PRINT_TEXT = Action(
    "print_text",
    "n",
    "native",
    "Select with the terminal",
    "Leave the screen for a moment and print the text, to be selected with the terminal's own means",
    TEXTS,
)

APPLICATION_ACTIONS = (
    HELP,
    PALETTE,
    GO_STORAGES,
    GO_STUDIES,
    GO_ACTIVITY,
    GO_ORGANIZATION,
    SWITCH_ORGANIZATION,
    THEME,
    BRIEFING,
    SHOW_TRANSFERS,
    CANCEL_TRANSFER,
    API_CALL,
    PICTURE,
    SIGN_IN,
    QUIT,
)
"""What the application itself does, on every page."""

ALL: tuple[Action, ...] = (
    *(it for it in globals().copy().values() if isinstance(it, Action)),
    *MOVES,
    *FLOW_ACTIONS,
    *STUDY_ACTIONS,
)
BY_ID: dict[str, Action] = {action.id: action for action in ALL}
