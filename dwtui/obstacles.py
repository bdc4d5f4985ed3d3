"""Why a storage is not healthy, in two or three words: said alike on the screen and on the command line."""

from typing import Protocol


class Obstacle(Protocol):
    """What is needed of the required probe that did not pass."""

    @property
    def probe(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def error_code(self) -> str | None: ...


_GONE = {"NoSuchBucket", "404", "NotFound"}
_DENIED = {"AccessDenied", "403", "Forbidden", "AllAccessDisabled"}


def what_is_wrong(obstacle: Obstacle | None) -> str:
    """What stands in the way of health; `unhealthy` where that is not known."""
    if obstacle is None or obstacle.status != "FAIL":
        return "unhealthy"
    if obstacle.probe == "IDENTITY":
        return "keys refused"
    if obstacle.probe == "BUCKET" or obstacle.error_code in _GONE:
        return "bucket not found" if obstacle.error_code in _GONE else "bucket"
    if obstacle.probe == "OWNER":
        return "foreign bucket"
    if obstacle.error_code in _DENIED:
        return "access denied"
    return f"{obstacle.probe.lower().replace('_', ' ')} failed"
