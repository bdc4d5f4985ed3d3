"""The people of the sample organizations. All of them are invented."""

from dataclasses import dataclass
from enum import Enum


class Seat(Enum):
    """The role somebody is given in the organization."""

    ADMINISTRATOR = "ADMINISTRATOR"
    SUPPORT = "SUPPORT"
    MEMBER = "MEMBER"


@dataclass(frozen=True)
class SamplePerson:
    """Somebody, with short codes of the studies they administer or belong to."""

    name: str
    email: str
    seat: Seat
    administers: tuple[str, ...] = ()
    belongs_to: tuple[str, ...] = ()
    known_as: str | None = None
    """Under which name a token of theirs is handed out, if one is."""


ORGANIZATION = "Lantern Childhood Genomics"
PEOPLE = (
    SamplePerson(
        "Ines Halvorsen", "ines.halvorsen@lantern.example", Seat.ADMINISTRATOR, known_as="administrator"
    ),
    SamplePerson(
        "Tomasz Okafor-Lind",
        "tomasz.okafor-lind@lantern.example",
        Seat.MEMBER,
        administers=("LCG-NBL", "LCG-SHD", "LCG-IAL"),
        known_as="studyAdministrator",
    ),
    SamplePerson("Priya Vennstrom", "priya.vennstrom@lantern.example", Seat.SUPPORT, known_as="support"),
    SamplePerson(
        "Caleb Mwangi",
        "caleb.mwangi@northgate.example",
        Seat.MEMBER,
        belongs_to=("LCG-NBL", "LCG-OFC"),
        known_as="member",
    ),
    SamplePerson("Rosalind Achterberg", "rosalind.achterberg@lantern.example", Seat.ADMINISTRATOR),
    SamplePerson("Yusuf Demirel", "yusuf.demirel@lantern.example", Seat.SUPPORT),
    SamplePerson(
        "Maren Solheim", "maren.solheim@meridian.example", Seat.MEMBER, belongs_to=("LCG-SHD", "LCG-LGG")
    ),
    SamplePerson(
        "Adaeze Brandt", "adaeze.brandt@northgate.example", Seat.MEMBER, administers=("LCG-OFC", "LCG-MIC")
    ),
    SamplePerson("Kenji Waldmann", "kenji.waldmann@lantern.example", Seat.MEMBER, administers=("LCG-OST",)),
    SamplePerson(
        "Lucia Fernbrook",
        "lucia.fernbrook@lantern.example",
        Seat.MEMBER,
        administers=("LCG-LGG", "LCG-EWS"),
        belongs_to=("LCG-GCT",),
    ),
    SamplePerson(
        "Oskar Tennant", "oskar.tennant@northgate.example", Seat.MEMBER, belongs_to=("LCG-CDH", "LCG-COV")
    ),
    SamplePerson(
        "Shreya Calloway", "shreya.calloway@lantern.example", Seat.MEMBER, belongs_to=("LCG-HLG", "LCG-SCO")
    ),
)

NEIGHBOUR_ORGANIZATION = "Saltmarsh Rare Disease Registry"
NEIGHBOURS = (
    SamplePerson("Beatrix Nordlund", "beatrix.nordlund@saltmarsh.example", Seat.ADMINISTRATOR),
    SamplePerson("Emeka Larch", "emeka.larch@saltmarsh.example", Seat.MEMBER, belongs_to=("SRD-MIT",)),
)
