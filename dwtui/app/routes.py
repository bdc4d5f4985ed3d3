"""Which screen shows which kind of place. Screens are imported when they are gone to, not before."""

from importlib import import_module
from typing import cast

from screens.shell.page import Page
from screens.shell.places import Place

ROUTES: dict[str, str] = {
    "storages": "screens.storages:StoragesPage",
    "storage": "screens.storage:StoragePage",
    "studies": "screens.studies:StudiesPage",
    "add-study": "screens.new_study:NewStudyPage",
    "study": "screens.study:StudyPage",
    "document": "screens.documents:DocumentPage",
    "edit-document": "screens.edit_document:EditDocumentPage",
    "upload": "screens.upload:UploadPage",
    "transfers": "screens.transfers:TransfersPage",
    "assign-storages": "screens.assign:AssignPage",
    "assign-many": "screens.assign_many:AssignManyPage",
    "activity": "screens.activity:ActivityPage",
    "organization": "screens.organization:OrganizationPage",
    "policy": "screens.policy:PolicyPage",
    "welcome": "screens.welcome:WelcomePage",
    "workspace": "screens.welcome:WorkspacePage",
    "sign-in": "screens.sign_in:SignInPage",
    "choose-organization": "screens.organization:ChooseOrganizationPage",
    "add-storage": "screens.attach:AttachPage",
    "edit-storage": "screens.edit:EditPage",
    "rotate-keys": "screens.rotate:RotatePage",
    "delete-storage": "screens.remove:RemovePage",
    "set-defaults": "screens.defaults:DefaultsPage",
    "text": "screens.text:TextPage",
    "help": "screens.help:HelpPage",
}
"""`module:class` by kind. A flow is plugged in by a line here: its action shows up with it.

The class is called with the place's id, where it has one, and its extras as keyword arguments.
"""


def page_class(kind: str) -> type[Page]:
    """The class of the pages that show that kind of place."""
    module, _, name = ROUTES[kind].partition(":")
    return cast(type[Page], getattr(import_module(module), name))


def page_of(place: Place) -> Page:
    """A new page that shows a place."""
    given = () if place.id is None else (place.id,)
    return page_class(place.kind)(*given, **place.extra)
