"""The first step: what the storage is called, where it lies, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.events import DescendantBlur

from screens.widgets.choice import Choice
from screens.widgets.field import Field, Form
from screens.widgets.key_values import KeyValues, Pair
from screens.widgets.text_input import TextInput, one_line
from screens.widgets.tones import Cell
from screens.widgets.uses import USES, uses_of

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import StorageCheck

_S3_URI = re.compile(r"(?:s3://|arn:aws[a-z-]*:s3:::)([^/\s]+)/?(.*)")

PATH_STYLES = (("yes", "in the path"), ("no", "in the host name"))


@dataclass(frozen=True, slots=True)
class Basics:
    """What was typed, without blanks at the ends."""

    name: str = ""
    bucket: str = ""
    prefix: str = ""
    uses: str = "both"
    endpoint_url: str = ""
    region: str = ""
    path_style: str = "yes"

    @property
    def place(self) -> dict[str, Any]:
        """Bucket, prefix, uses and endpoint, as the API's inputs name them. What is empty is left out."""
        place: dict[str, Any] = {
            "bucket": self.bucket,
            "prefix": self.prefix,
            "endpoint_url": self.endpoint_url,
        }
        return {name: value for name, value in place.items() if value} | {"uses": uses_of(self.uses)}

    @property
    def settings(self) -> dict[str, Any]:
        """The place, and how an S3-compatible endpoint is spoken to."""
        settings = self.place
        if self.endpoint_url:
            settings["path_style"] = self.path_style == "yes"
            if self.region:
                settings["region"] = self.region
        return settings

    @property
    def s3_uri(self) -> str:
        """`s3://bucket/prefix/`."""
        prefix = self.prefix.strip("/")
        return f"s3://{self.bucket}/{prefix}/" if prefix else f"s3://{self.bucket}/"


class BasicsStep(Form):
    """The fields, and below them where that is and what it would overlap with."""

    DEFAULT_CSS = """
    BasicsStep {
        .advanced { display: none; }
        &.-endpoint .advanced { display: block; }
        #place { margin-top: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="basics")
        self._said: dict[str, tuple[str, str]] = {}
        """By field: the value that was judged, and what the API found wrong with it."""
        self._made = list(self._all_fields())
        """The fields, whether they are in the page or not: they come and go one after the other."""

    def compose(self) -> ComposeResult:
        yield from self._made
        yield KeyValues(id="place")

    def _all_fields(self) -> Iterator[Field]:
        yield Field("Name", id="name", explanation="What your colleagues will know it by")
        bucket = Field(
            "Bucket",
            id="bucket",
            explanation="It must exist already. An s3:// URI can be pasted here",
            hint="my-research-data",
        )
        assert isinstance(bucket.input, TextInput)
        bucket.input.reader = self._read_uri
        yield bucket
        yield Field(
            "Prefix",
            id="prefix",
            explanation="Optional: where in the bucket the storage begins",
            hint="the whole bucket",
        )
        yield Field("Used for", id="uses", choice=Choice(USES, "both"))
        yield Field(
            "Endpoint",
            id="endpointUrl",
            explanation="Optional: the URL of an S3-compatible server",
            hint="AWS",
        )
        yield Field(
            "Region",
            id="region",
            explanation="Optional: where the server does not tell it",
            classes="advanced",
        )
        yield Field("Bucket named", id="pathStyle", choice=Choice(PATH_STYLES, "yes"), classes="advanced")

    def on_mount(self) -> None:
        """Say what the uses mean."""
        self._explain_uses()

    @property
    def values(self) -> Basics:
        """What was typed."""

        typed = {field.id: field.value.strip() for field in self._made}
        return Basics(
            name=typed["name"],
            bucket=typed["bucket"],
            prefix=typed["prefix"],
            uses=typed["uses"],
            endpoint_url=typed["endpointUrl"],
            region=typed["region"],
            path_style=typed["pathStyle"],
        )

    @property
    def typed(self) -> dict[str, str]:
        """What is typed, by field."""
        return {field.id or "": field.value for field in self._made}

    def judge(self, check: StorageCheck, of: Mapping[str, str], for_good: bool = False) -> None:
        """Show what the API says of these values; `for_good`: of those that are still being typed, too."""
        problems: dict[str, list[str]] = {}
        for problem in check.problems:
            problems.setdefault(problem.field, []).append(problem.message)
        self._said = {id_: (of.get(id_, ""), " ".join(found)) for id_, found in problems.items()}
        self._show_problems(for_good)
        if for_good and check.problems:
            self.begin()
        pairs: list[Pair] = []
        if check.s_3_uri:
            pairs.append(("Place".ljust(18), Cell(check.s_3_uri, "strong")))
            warnings = [overlap.message for overlap in check.overlaps if not overlap.refused]
            pairs += [("Overlaps".ljust(18), Cell(f"! {message}", "warn")) for message in warnings]
        self.query_one("#place", KeyValues).show(pairs)

    def miss(self) -> bool:
        """Show which fields are still to be filled in, and go to the first; False: none."""
        values = self.values
        missing = [
            (name, what)
            for name, what in (("name", "a name"), ("bucket", "a bucket"))
            if not getattr(values, name)
        ]
        for name, what in reversed(missing):
            self.blame(name, f"It needs {what}.")
        return bool(missing)

    def on_field_changed(self, event: Field.Changed) -> None:
        """What was said of a value says nothing of the next; the page asks the API again."""
        event.field.blame("")
        self.set_class(bool(self.field("endpointUrl").value.strip()), "-endpoint")
        self._explain_uses()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """What was still being typed is now judged for good."""
        self._show_problems()

    def _show_problems(self, for_good: bool = False) -> None:
        for field in self.query(Field):
            value, problem = self._said.get(field.id or "", ("", ""))
            if problem and value == field.value:
                typing = field.input.has_focus and not (for_good or field.wrong)
                field.note(Cell(f"{'…' if typing else '✗'} {problem}", "warn" if typing else "bad"))

    def _explain_uses(self) -> None:
        prefix = self.field("prefix").value.strip().strip("/")
        documents = (
            f"Documents are written below {prefix}/dewrangle/"
            if prefix
            else "Documents are written below dewrangle/"
        )
        words = {
            "both": f"{documents}; data is only read",
            "documents": documents,
            "data": "Data files are listed and read, never written",
        }
        self.field("uses").explain(words[self.field("uses").value])

    def _read_uri(self, text: str) -> bool:
        """Take a pasted URI or ARN apart."""
        found = _S3_URI.fullmatch(one_line(text))
        if found is None:
            return False
        for id_, text in (("bucket", found.group(1)), ("prefix", found.group(2).strip("/"))):
            field = self.field(id_)
            if text and isinstance(field.input, TextInput):
                field.value = text
                field.input.action_end()
        return True
