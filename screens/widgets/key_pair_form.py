"""The form for a key pair: typed or pasted, the secret masked; or blank keys where they are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.message import Message

from screens.widgets.choice import Choice
from screens.widgets.field import Field, Form
from screens.widgets.key_pair_text import read_key_pair
from screens.widgets.text_input import TextInput
from screens.widgets.tones import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

IDENTITIES = (("pair", "a key pair"), ("blank", "blank keys"))
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
        #identity { display: none; }
        &.-blank-allowed #identity { display: block; }
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
        yield Field(
            "Use",
            id="identity",
            choice=Choice(IDENTITIES, "pair"),
            explanation="Blank keys: the application's own identity, which may be used at this place",
        )
        explanation = "Begins with AKIA. Both keys can be pasted at once"
        yield Field("Access key id", id="accessKey", explanation=explanation, classes="pair")
        explanation = "Never shown, never copied; the API keeps it encrypted"
        yield Field("Secret access key", id="secretKey", secret=True, explanation=explanation, classes="pair")

    def on_mount(self) -> None:
        """Both keys may come with one paste, in either field."""
        for control in self.query(TextInput):
            control.reader = self._read_both

    # What was given

    @property
    def blank(self) -> bool:
        """Whether blank keys were chosen."""
        return self.field("identity").value == "blank"

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.value for field in self.query(".pair").results(Field)) and not self.blank

    def given(self) -> GivenKeys | None:
        """The keys, if they are complete; otherwise says what is missing, and goes there."""
        if self.blank:
            return GivenKeys(None)
        access, secret = (self.field(id_).value.strip() for id_ in ("accessKey", "secretKey"))
        if not secret:
            self.blame("secretKey", "It needs the secret access key that belongs to the id.")
        if not access:
            self.blame("accessKey", "It needs the access key id of the IAM user.")
        return GivenKeys((access, secret)) if access and secret else None

    def allow_blank(self, allowed: bool) -> None:
        """Offer blank keys, or not."""
        self.set_class(allowed, "-blank-allowed")
        if not allowed:
            self.field("identity").value = "pair"

    def forget(self) -> None:
        """Let go of what was typed."""
        for control in self.query(TextInput):
            with control.prevent(TextInput.Changed):
                control.value = ""

    # While it is typed

    def on_field_changed(self, event: Field.Changed) -> None:
        """Say at once what can be seen without asking anybody."""
        self.set_class(self.blank, "-blank")
        event.field.note(self._doubt(event.field))

    def _doubt(self, field: Field) -> Cell:
        text = field.value.strip()
        if not text or not self.aws:
            return Cell("")
        if field.id == "accessKey":
            if text.startswith("ASIA"):
                return Cell(
                    "! A temporary key (ASIA…) will be refused: make an access key of an IAM user", "warn"
                )
            if len(text) >= 4 and not text.startswith("AKIA"):
                return Cell("! The access key id of an IAM user begins with AKIA", "warn")
        elif field.id == "secretKey" and len(text) > AWS_SECRET_LENGTH:
            return Cell(
                f"! A secret of AWS's has {AWS_SECRET_LENGTH} characters; this one has {len(text)}", "warn"
            )
        return Cell("")

    def _read_both(self, text: str) -> bool:
        """Put both keys of a pasted text where they belong."""
        pair = read_key_pair(text)
        if pair is None:
            return False
        for id_, key in (("accessKey", pair.access_key), ("secretKey", pair.secret_key)):
            self.field(id_).value = key
        self.field("secretKey").input.focus()
        self.post_message(self.PastedBoth())
        return True
