"""Failures in words: what happened, why, and who can do something about it."""

from dwtui.client.errors import ApiError, ConnectionLost, Forbidden, NotFound, ServerFailed


def in_words(error: ApiError) -> str:
    """One line or two for the person at the screen."""
    if isinstance(error, ConnectionLost):
        return f"✗ {error.message}  r tries again; so does dwtui by itself."
    if isinstance(error, Forbidden):
        return f"✗ Not allowed: {error.message}"
    if isinstance(error, NotFound):
        return f"✗ Not found: {error.message}"
    if isinstance(error, ServerFailed) and error.request_id and error.request_id not in error.message:
        return f"✗ {error.message} Its operator finds it as request {error.request_id}."
    return f"✗ {error.message}"
