"""What is to be done in AWS with the key pair that was replaced, of which only the ending is known."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote


@dataclass(frozen=True, slots=True)
class OldKey:
    """The pair that was in use before."""

    ending: str
    """The last characters of its id, as `…WXYZ`; empty: keys were blank."""
    user: str
    """The IAM user's name; empty where it is not known."""
    same: bool = False
    """Whether the new key ends in the same way, and so is probably the same."""

    @property
    def reminder(self) -> str:
        """What is left to do, in words."""
        if not self.ending:
            return "Blank keys were used before: there is no old key to deactivate."
        if self.same:
            return "The new key ends as the old one did. If it is the same, there is nothing to deactivate."
        of_user = f" of the IAM user {self.user}" if self.user else ""
        return (
            f"The old key {self.ending}{of_user} still works in AWS. Deactivate it there, and delete it once "
            "nothing misses it."
        )

    @property
    def command(self) -> str:
        """The `aws` command that deactivates it; empty where that can not be said."""
        if not self.ending or not self.user or self.same:
            return ""
        user, ending = quote(self.user), self.ending.removeprefix("…")
        if not ending.isalnum() or not ending.isascii():
            return ""
        return (
            f"KEY=$(aws iam list-access-keys --user-name {user} --output text \\\n"
            f"  --query \"AccessKeyMetadata[?ends_with(AccessKeyId,'{ending}')].AccessKeyId\")\n"
            f'aws iam update-access-key --user-name {user} --access-key-id "$KEY" \\\n'
            f"  --status Inactive"
        )
