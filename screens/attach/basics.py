"""The first step: what the storage is called, where it lies, and what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.events import DescendantBlur

from screens.widgets.choice import Choice
from screens.widgets.form import Field, Form
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
        #place { padding: 0; margin-top: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="basics")
        self._last: StorageCheck | None = None

    def compose(self) -> ComposeResult:
        bucket = TextInput(placeholder="my-research-data", id="bucket")
        bucket.reader = self._read_uri
        yield Field("name", "Name", TextInput(id="name"), "What your colleagues will know it by")
        yield Field("bucket", "Bucket", bucket, "It must exist already; an s3:// URI may be pasted here")
        prefix = TextInput(placeholder="the whole bucket", id="prefix")
        yield Field("prefix", "Prefix", prefix, "Optional: where in the bucket the storage begins")
        yield Field("uses", "Used for", Choice(USES, "both", id="uses"))
        endpoint = TextInput(placeholder="AWS", id="endpoint")
        yield Field("endpointUrl", "Endpoint", endpoint, "Optional: the URL of an S3-compatible server")
        region, hint = TextInput(id="region"), "Optional: where the server does not tell it"
        yield Field("region", "Region", region, hint, classes="advanced")
        style = Choice(PATH_STYLES, "yes", id="path-style")
        yield Field("pathStyle", "Bucket named", style, classes="advanced")
        yield KeyValues(id="place")

    def on_mount(self) -> None:
        """Say what the uses mean."""
        self._explain_uses()

    @property
    def values(self) -> Basics:
        """What was typed."""

        def typed(id_: str) -> str:
            return self.query_one(f"#{id_}", TextInput).value.strip()

        return Basics(
            name=typed("name"),
            bucket=typed("bucket"),
            prefix=typed("prefix"),
            uses=self.query_one("#uses", Choice).value,
            endpoint_url=typed("endpoint"),
            region=typed("region"),
            path_style=self.query_one("#path-style", Choice).value,
        )

    def judge(self, check: StorageCheck) -> None:
        """Show what the API says of the values."""
        self._last = check
        self._show_problems()
        pairs: list[Pair] = []
        if check.s_3_uri:
            pairs.append(("Place".ljust(12), Cell(check.s_3_uri, "strong")))
            warnings = [overlap.message for overlap in check.overlaps if not overlap.refused]
            pairs += [("Overlaps".ljust(12), Cell(f"! {message}", "warn")) for message in warnings]
        self.query_one("#place", KeyValues).show(pairs)

    def miss(self) -> bool:
        """Show which fields are still to be filled in, and go to the first; False: none."""
        values = self.values
        missing = [(name, what) for name, what in (("name", "a name"), ("bucket", "a bucket")) if not getattr(values, name)]
        for name, what in reversed(missing):
            self.refuse(name, f"It needs {what}.")
        return bool(missing)

    def on_form_edited(self, event: Form.Edited) -> None:
        """What was said of a value says nothing of the next; the page asks the API again."""
        event.field.say(None)
        self.set_class(bool(self.query_one("#endpoint", TextInput).value.strip()), "-endpoint")
        self._explain_uses()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """What was still being typed is now judged for good."""
        self._show_problems()

    def _show_problems(self) -> None:
        if self._last is None:
            return
        problems: dict[str, list[str]] = {}
        for problem in self._last.problems:
            problems.setdefault(problem.field, []).append(problem.message)
        for field in self.query(Field):
            found = problems.get(field.name or "")
            if found:
                typing = field.control.has_focus
                field.say(Cell(f"{'…' if typing else '✗'} {' '.join(found)}", "warn" if typing else "bad"))

    def _explain_uses(self) -> None:
        where = f"{self.values.prefix.strip('/')}/" if self.values.prefix.strip("/") else ""
        documents = f"Documents are written below {where}dewrangle/"
        data = "data files are only listed and read"
        field = self.field("uses")
        assert field is not None
        field.hint(
            {"both": f"{documents}; {data}", "documents": documents, "data": data.capitalize()}[self.values.uses]
        )

    def _read_uri(self, text: str) -> bool:
        """Take a pasted URI or ARN apart."""
        found = _S3_URI.fullmatch(one_line(text))
        if found is None:
            return False
        self.query_one("#bucket", TextInput).value = found.group(1)
        prefix = found.group(2).strip("/")
        if prefix:
            self.query_one("#prefix", TextInput).value = prefix
        self.query_one("#bucket", TextInput).action_end()
        return True
