"""Which form of answer a client accepts (RFC 9110 §12.5.1)."""

from dataclasses import dataclass

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Acceptable:
    """The client's weights, 0 to 1, for a single answer (in its media type) and for a stream of events."""

    single: str
    single_weight: float
    stream_weight: float

    @property
    def nothing(self) -> bool:
        """Whether the client accepts no form that we have."""
        return self.single_weight == 0 and self.stream_weight == 0

    @property
    def prefers_stream(self) -> bool:
        """Whether what fits into a single answer should be sent as a stream all the same."""
        return self.stream_weight > self.single_weight


def acceptable(accept: str | None) -> Acceptable:
    """What an `Accept` header asks for. Without one everything is accepted."""
    ranges = _ranges(accept) if accept and accept.strip() else {"*/*": 1.0}
    response, json = _weight(GRAPHQL_RESPONSE, ranges), _weight(JSON, ranges)
    return Acceptable(
        single=GRAPHQL_RESPONSE if response >= json else JSON,
        single_weight=max(response, json),
        stream_weight=_weight(EVENT_STREAM, ranges),
    )


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media_range:
            ranges[media_range] = max(_quality(parameters), ranges.get(media_range, 0.0))
    return ranges


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _weight(media_type: str, ranges: dict[str, float]) -> float:
    """The weight of the most specific range that the media type lies in."""
    kind = media_type.partition("/")[0]
    for media_range in (media_type, f"{kind}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
