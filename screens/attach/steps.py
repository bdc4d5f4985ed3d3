"""What the parts of the add flow know of one another."""

from __future__ import annotations

from screens.attach.basics import Basics, BasicsStep
from screens.shell.verifying_page import VerifyingPage
from screens.widgets.key_pair_form import KeyPairForm

BASICS, POLICY, KEYS, VERIFY, SAVED = range(5)


class AttachSteps(VerifyingPage):
    """The steps, and what was typed in them."""

    STEPS = ("Basics", "Policy", "Keys", "Verify", "Saved")
    VERIFY_STEP = VERIFY

    def __init__(self) -> None:
        super().__init__()
        self.user_name = ""
        """The name of the IAM user that the policy's forms make; empty: none was suggested yet."""
        self.blank_allowed = False
        """Whether the operator allows blank keys at the place that was typed."""

    @property
    def basics(self) -> Basics:
        """What was typed in the first step."""
        found = self.query(BasicsStep)
        return found.first().values if found else Basics()

    @property
    def keys(self) -> KeyPairForm | None:
        """The form of the third step, once it was come to."""
        found = self.query(KeyPairForm)
        return found.first() if found else None
