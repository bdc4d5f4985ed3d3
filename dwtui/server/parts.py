"""The parts that the application is wired from; made once, in `asgi.py`."""

from dataclasses import dataclass

from dwtui.server.database.engine import Database
from dwtui.server.secrets import Cipher
from dwtui.server.settings import ServerSettings


@dataclass(frozen=True)
class Parts:
    """What every request may use."""

    database: Database
    cipher: Cipher
    settings: ServerSettings
