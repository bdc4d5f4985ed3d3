"""What can be done to a storage, the same in the list and on its own page."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from screens.shell.action import Action
from screens.shell.actions import (
    ADD_STORAGE,
    DELETE_STORAGE,
    EDIT_STORAGE,
    ROTATE_KEYS,
    SET_DEFAULTS,
    SHOW_POLICY,
    VERIFY_STORAGE,
)
from screens.shell.page import Page
from screens.shell.places import Place
from screens.storages import words

if TYPE_CHECKING:
    from screens.shell.copying import Copyable
    from screens.storages.words import Storage

ON_ONE = frozenset({VERIFY_STORAGE, EDIT_STORAGE, ROTATE_KEYS, DELETE_STORAGE, SHOW_POLICY})
"""The actions that are about one storage; the others are about the organization."""
NOT_ON_DEFAULT = frozenset({EDIT_STORAGE, ROTATE_KEYS, DELETE_STORAGE})


class StorageActions(Page):
    """A page with a storage in hand."""

    @property
    def storage(self) -> Storage | None:
        """The storage that actions are about."""
        raise NotImplementedError

    @property
    def subject_id(self) -> str:
        return self.storage.id if self.storage is not None else ""

    def may(self, action: Action) -> Collection[str]:
        storage = self.storage
        if action not in ON_ONE or storage is None:
            return self.session.may
        return [permission.value for permission in storage.viewer_may]

    def applies(self, action: Action) -> bool:
        storage = self.storage
        if action not in ON_ONE:
            return True
        if storage is None or (action is SHOW_POLICY and storage.bucket is None):
            return False
        return not (storage.is_default and action in NOT_ON_DEFAULT)

    def action_add_storage(self) -> None:
        """Attach a storage."""
        self.host.go(Place(ADD_STORAGE.place))

    def action_set_defaults(self) -> None:
        """Choose what new studies begin with."""
        self.host.go(Place(SET_DEFAULTS.place))

    def action_edit_storage(self) -> None:
        """Edit the storage in hand."""
        self._go(EDIT_STORAGE.place)

    def action_rotate_keys(self) -> None:
        """Give the storage in hand other keys."""
        self._go(ROTATE_KEYS.place)

    def action_delete_storage(self) -> None:
        """Delete the storage in hand."""
        self._go(DELETE_STORAGE.place)

    def action_show_policy(self) -> None:
        """Show what its IAM user must be allowed."""
        self._go("policy")

    def _go(self, kind: str) -> None:
        if self.storage is not None:
            self.host.go(Place(kind, self.storage.id))

    def copyables(self) -> list[Copyable]:
        storage = self.storage
        if storage is None:
            return []
        from screens.shell.copying import Copyable

        things = [Copyable("id", storage.id), Copyable("name", storage.name)]
        if storage.bucket is not None:
            things += [
                Copyable("S3 URI", words.s3_uri(storage)),
                Copyable("ARN of the objects", words.bucket_arn(storage)),
                Copyable("aws command", words.listing_command(storage)),
            ]
        return [
            *things,
            Copyable("dwtui command", f"dwtui storages show {storage.id}"),
            Copyable("deep link", f"dwtui --open {storage.id}"),
        ]
