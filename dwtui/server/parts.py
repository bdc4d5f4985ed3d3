"""The parts that the application is wired from; made once, in `asgi.py`."""

from dataclasses import dataclass, field

from dwtui.server.database.engine import Database
from dwtui.server.documents.under_way import UploadsUnderWay
from dwtui.server.s3.transfer.identities import Identities
from dwtui.server.s3.transfer.threads import Transfers
from dwtui.server.secrets import Cipher
from dwtui.server.settings import ServerSettings
from dwtui.server.verification.turns import Turns


@dataclass(frozen=True)
class Parts:
    """What every request may use."""

    database: Database
    cipher: Cipher
    settings: ServerSettings
    turns: Turns = field(default_factory=Turns)
    transfers: Transfers = field(default_factory=Transfers)
    identities: Identities = field(default_factory=Identities)
    uploads: UploadsUnderWay = field(default_factory=UploadsUnderWay)
