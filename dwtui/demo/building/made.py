"""What the API's first start tells of the organizations that were made."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class MadeOrganization:
    """An organization's id, and the tokens of its people by e-mail address."""

    id: str
    tokens: Mapping[str, str] = field(repr=False)
