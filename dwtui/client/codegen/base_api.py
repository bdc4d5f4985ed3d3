from ..connection import Connection


class BaseApi(Connection):
    """What the generated client stands on."""
