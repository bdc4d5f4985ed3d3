"""What one request may ask for. Plain numbers, so that settings can name them without loading GraphQL."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one request may ask for; beyond it the answer is LIMIT_EXCEEDED."""

    body_bytes: int = 1_048_576
    """Size of the request's body, in bytes; where it carries a file, without that."""
    characters: int = 100_000
    """Length of the query document, in characters."""
    tokens: int = 4_000
    """Lexical tokens of the query document. The full introspection query has about 250."""
    depth: int = 16
    """Levels of fields, through fragments. The full introspection query has 15."""
    aliases: int = 100
    """Aliases, and fields named again beside themselves, in the whole document."""
    fragments: int = 50
    """Fragments defined in the document."""
    root_fields: int = 20
    """Fields at the top of the operation, through fragments."""
    cost: int = 200_000
    """Fields to resolve, as estimated by `cost.py` before anything is executed."""
    page: int = 1_000
    """The largest page a connection gives; `first` counts up to this in the cost."""
    request_seconds: float = 120.0
    """Time from the first byte of the request to the answer. Verifications wait up to 60 s for new keys.

    With a file, time from its last bytes that have arrived."""
    stream_seconds: float = 900.0
    """Time that a subscription may last."""
    idle_seconds: float = 60.0
    """Time that a file's next bytes may take to arrive."""
    drained_bytes: int = 1_073_741_824
    """What is read of a file, and thrown away, that was refused before it had arrived."""
    drained_seconds: float = 60.0
    """How long that may take."""
