"""The form for a key pair: typed or pasted, the secret masked; or blank keys where they are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.message import Message

from screens.widgets.choice import Choice
from screens.widgets.form import Field, Form
from screens.widgets.key_pair_text import read_key_pair
from screens.widgets.secret_input import SecretInput
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

IDENTITIES = (("pair", "a key pair"), ("blank", "blank keys: the application's own identity"))
AWS_SECRET_LENGTH = 40


class GivenKeys(NamedTuple):
    """What was given: a pair, or None for blank keys. Its repr holds no key."""

    pair: tuple[str, str] | None

    def __repr__(self) -> str:
        return "GivenKeys(…)"

    @property
    def words(self) -> str:
        """Whose identity that is, in words without the key."""
        return "with blank keys" if self.pair is None else f"with the key …{self.pair[0][-4:]}"

    @property
    def for_new(self) -> Mapping[str, str]:
        """As inputs for something new have it: blank keys are left out."""
        return {} if self.pair is None else {"access_key": self.pair[0], "secret_key": self.pair[1]}

    @property
    def for_change(self) -> Mapping[str, str | None]:
        """As inputs for a change have it: blank keys are nulls."""
        return {"access_key": None, "secret_key": None} if self.pair is None else self.for_new


class KeyPairForm(Form):
    """Access key id and secret. Leaving the flow calls `forget`."""

    DEFAULT_CSS = """
    KeyPairForm {
        #field-identity { display: none; }
        &.-blank-allowed #field-identity { display: block; }
        &.-blank .pair { display: none; }
    }
    """

    class PastedBoth(Message):
        """Both keys came with one paste."""

    def __init__(self, *, aws: bool = True, id: str | None = None) -> None:
        """`aws`: whether the keys are AWS's, whose form is known."""
        super().__init__(id=id)
        self.aws = aws

    def compose(self) -> ComposeResult:
        access, secret = TextInput(id="access-key"), SecretInput(id="secret-key")
        for control in (access, secret):
            control.reader = self._read_both
        yield Field("identity", "Use", Choice(IDENTITIES, "pair", id="identity"))
        hint = "Begins with AKIA. Both keys can be pasted at once"
        yield Field("accessKey", "Access key id", access, hint, classes="pair")
        hint = "Never shown, never copied, kept encrypted by the API"
        yield Field("secretKey", "Secret key", secret, hint, classes="pair")

    # What was given

    @property
    def blank(self) -> bool:
        """Whether blank keys were chosen."""
        return self.query_one("#identity", Choice).value == "blank"

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.value for field in self.query(".pair").results(Field)) and not self.blank

    def given(self) -> GivenKeys | None:
        """The keys, if they are complete; otherwise says what is missing, and goes there."""
        if self.blank:
            return GivenKeys(None)
        access, secret = (self.query_one(id_, TextInput).value.strip() for id_ in ("#access-key", "#secret-key"))
        if not secret:
            self.refuse("secretKey", "It needs the secret access key that belongs to the id.")
        if not access:
            self.refuse("accessKey", "It needs the access key id of the IAM user.")
        return GivenKeys((access, secret)) if access and secret else None

    def allow_blank(self, allowed: bool) -> None:
        """Offer blank keys, or not."""
        self.set_class(allowed, "-blank-allowed")
        if not allowed:
            self.query_one("#identity", Choice).value = "pair"

    def forget(self) -> None:
        """Let go of what was typed."""
        for control in self.query(TextInput):
            with control.prevent(TextInput.Changed):
                control.value = ""

    # While it is typed

    def on_form_edited(self, event: Form.Edited) -> None:
        """Say at once what can be seen without asking anybody."""
        self.set_class(self.blank, "-blank")
        event.field.say(self._doubt(event.field))

    def _doubt(self, field: Field) -> Cell | None:
        text = field.value.strip()
        if not text or not self.aws:
            return None
        if field.name == "accessKey":
            if text.startswith("ASIA"):
                return Cell("! A temporary key (ASIA…) will be refused: make an access key of an IAM user", "warn")
            if len(text) >= 4 and not text.startswith("AKIA"):
                return Cell("! The access key id of an IAM user begins with AKIA", "warn")
        elif field.name == "secretKey" and len(text) > AWS_SECRET_LENGTH:
            return Cell(f"! A secret of AWS's has {AWS_SECRET_LENGTH} characters; this one has {len(text)}", "warn")
        return None

    def _read_both(self, text: str) -> bool:
        """Put both keys of a pasted text where they belong."""
        pair = read_key_pair(text)
        if pair is None:
            return False
        access, secret = self.query_one("#access-key", TextInput), self.query_one("#secret-key", TextInput)
        access.value, secret.value = pair.access_key, pair.secret_key
        for control in (access, secret):
            control.action_end()
        secret.focus()
        self.post_message(self.PastedBoth())
        return True
