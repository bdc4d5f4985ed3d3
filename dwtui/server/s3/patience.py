"""How long answers are waited for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """All in seconds but `attempts`, which counts tries of one request, the first included.

    `overall` bounds a whole verification, without the time spent waiting for new keys; `farewell` the
    cleaning up after one that was cut short.
    """

    connect: float = 5
    read: float = 10
    attempts: int = 2
    overall: float = 60
    farewell: float = 10
