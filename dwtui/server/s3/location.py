"""Where a storage lies: bucket, prefix, endpoint; and the rules for names of buckets and prefixes."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass

from dwtui.server.names import BIDI_CONTROLS

PREFIX_BYTES = 512
DOCUMENTS_FOLDER = "dewrangle"

_REGION = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_RESERVED_STARTS = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")


@dataclass(frozen=True)
class Location:
    """A bucket and a prefix in it. `path_style` None: path style at an endpoint, host style on AWS.

    The prefix carries no slash at its ends. Raises ValueError when a name breaks the rules below.
    """

    bucket: str
    prefix: str = ""
    endpoint_url: str | None = None
    region: str | None = None
    path_style: bool | None = None

    def __post_init__(self) -> None:
        problems = bucket_problems(self.bucket) + prefix_problems(self.prefix)
        if self.prefix != normalise_prefix(self.prefix):
            problems.append("A prefix carries no slash at its ends here.")
        if self.region is not None:
            problems += region_problems(self.region)
        if problems:
            raise ValueError(" ".join(problems))

    @property
    def s3_uri(self) -> str:
        """`s3://bucket/prefix/`, or `s3://bucket/` without a prefix."""
        return f"s3://{self.bucket}/{self.folder}"

    @property
    def folder(self) -> str:
        """The prefix with a slash at its end, as listings want it; empty without a prefix."""
        return f"{self.prefix}/" if self.prefix else ""

    @property
    def documents_folder(self) -> str:
        """The part of the storage in which documents are kept, with a slash at its end."""
        return f"{self.folder}{DOCUMENTS_FOLDER}/"

    @property
    def partition(self) -> str:
        """The AWS partition of the region, as in `arn:<partition>:…`."""
        return partition_of(self.region)

    @property
    def bucket_arn(self) -> str:
        """The bucket's ARN."""
        return f"arn:{self.partition}:s3:::{self.bucket}"

    def key(self, relative: str) -> str:
        """The full key of something below the prefix."""
        return f"{self.folder}{relative}"


def partition_of(region: str | None) -> str:
    """The AWS partition that a region belongs to."""
    if region and region.startswith("cn-"):
        return "aws-cn"
    if region and region.startswith("us-gov-"):
        return "aws-us-gov"
    return "aws"


def normalise_prefix(text: str) -> str:
    """The prefix without slashes at its ends."""
    return text.strip("/")


def prefix_problems(text: str) -> list[str]:
    """What is wrong with a prefix, in words. Slashes at its ends are no problem."""
    prefix = normalise_prefix(text)
    problems = []
    if any(unicodedata.category(character) == "Cs" for character in prefix):
        return ["The prefix holds characters that are not valid text."]
    if len(prefix.encode()) > PREFIX_BYTES:
        problems.append(f"The prefix is longer than {PREFIX_BYTES} bytes.")
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in prefix):
        problems.append("The prefix holds control characters, such as a line break or a tab.")
    if any(character in BIDI_CONTROLS for character in prefix):
        problems.append("The prefix holds invisible characters that turn the direction of text.")
    if prefix.lower().startswith(("s3:", "arn:")):
        problems.append("Give the prefix alone, without the bucket and without s3:// or arn:.")
    parts = prefix.split("/") if prefix else []
    if "" in parts:
        problems.append("The prefix holds two slashes in a row.")
    if "." in parts or ".." in parts:
        problems.append("The prefix holds a part that is only `.` or `..`.")
    return problems


def bucket_problems(name: str) -> list[str]:
    """What is wrong with a bucket's name by AWS's rules, in words."""
    if name.lower().startswith("s3://") or "/" in name:
        return ["Give the bucket's name alone, without s3:// and without a path."]
    if name.lower().startswith("arn:"):
        return ["Give the bucket's name, not its ARN."]
    problems = []
    if not 3 <= len(name) <= 63:
        problems.append("A bucket's name has 3 to 63 characters.")
    if re.search(r"[^a-z0-9.-]", name):
        problems.append("A bucket's name holds lower-case letters, digits, dots and hyphens only.")
    elif name and not (name[0].isalnum() and name[-1].isalnum()):
        problems.append("A bucket's name begins and ends with a letter or a digit.")
    if ".." in name:
        problems.append("A bucket's name holds no two dots in a row.")
    if _is_ipv4(name):
        problems.append("A bucket's name does not look like an IP address.")
    reserved = [f"begin with `{start}`" for start in _RESERVED_STARTS if name.startswith(start)]
    reserved += [f"end with `{end}`" for end in _RESERVED_ENDS if name.endswith(end)]
    return problems + [f"AWS reserves names that {form}; it is no ordinary bucket." for form in reserved]


def region_problems(region: str) -> list[str]:
    """What is wrong with a region's name, in words."""
    if _REGION.fullmatch(region):
        return []
    return ["A region is named by lower-case letters, digits and hyphens, such as us-east-1."]


def is_region(text: str) -> bool:
    """Whether a text can be a region's name."""
    return not region_problems(text)


def _is_ipv4(name: str) -> bool:
    try:
        ipaddress.IPv4Address(name)
    except ValueError:
        return bool(re.fullmatch(r"\d+\.\d+\.\d+\.\d+", name))
    return True
