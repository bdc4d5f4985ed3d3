"""The actions of the flows, part of the one table of actions."""

from screens.shell.action import Action

FLOWS = "In flows"

CONTINUE = Action(
    "continue_flow",
    "enter,ctrl+n",
    "next",
    "Continue",
    "To the next field, and after the last one to the next step; ctrl+n goes there from anywhere",
    FLOWS,
)
SAVE = Action(
    "save_changes",
    "enter,ctrl+n",
    "save",
    "Save",
    "To the next field, and after the last one save; ctrl+n saves from anywhere",
    FLOWS,
)
FINISH = Action(
    "finish_flow",
    "enter,ctrl+n",
    "done",
    "Done",
    "Leave with what is chosen here, to the storage",
    FLOWS,
)
DELETE = Action(
    "delete_now",
    "enter,ctrl+n",
    "delete",
    "Delete it now",
    "Delete the storage whose name was typed",
    FLOWS,
    command="dwtui storages delete {id}",
)
VERIFY_AGAIN = Action(
    "verify_again",
    "r",
    "verify again",
    "Verify again",
    "Ask AWS again, with what is typed now",
    FLOWS,
    command="dwtui storages verify",
)
MORE_DETAILS = Action(
    "more_details",
    "space",
    "more",
    "More of the details",
    "Scroll what is known of the check under the cursor",
    "Texts",
)
NAME_USER = Action(
    "name_user",
    "u",
    "user name",
    "Name the IAM user",
    "Choose the name of the IAM user that the policy's forms make",
    FLOWS,
    command="dwtui storages policy --user-name NAME",
)
NEXT_FORM = Action(
    "next_form",
    "tab",
    "next form",
    "Next form of the policy",
    "Console steps, aws commands, CloudFormation, Terraform, JSON",
    FLOWS,
    command="dwtui storages policy --form FORM",
)
PREVIOUS_FORM = Action(
    "previous_form",
    "shift+tab",
    "previous form",
    "Previous form of the policy",
    "The form of the policy before",
    FLOWS,
    in_key_line=False,
)
DEFAULT_FOR_DOCUMENTS = Action(
    "default_for_documents",
    "d",
    "for documents",
    "Default for documents",
    "New studies keep their documents in the storage under the cursor",
    FLOWS,
    command="dwtui organizations defaults --documents SB_…",
)
DEFAULT_FOR_DATA = Action(
    "default_for_data",
    "a",
    "for data",
    "Default for data",
    "New studies look for their data files in the storage under the cursor",
    FLOWS,
    command="dwtui organizations defaults --data SB_…",
)

FLOW_ACTIONS = tuple(it for it in globals().copy().values() if isinstance(it, Action))
