"""The storages of the sample organizations, and what is the matter with some of them."""

from dataclasses import dataclass, field
from enum import Enum, auto

from dwtui.demo.sample.accounts import (
    APPLICATION,
    ARCHIVE,
    CLINICAL,
    NEIGHBOUR,
    RESEARCH,
    SEQUENCING,
    SampleAccount,
)

BOTH = ("DOCUMENTS", "DATA")
DOCUMENTS = ("DOCUMENTS",)
DATA = ("DATA",)


class Trait(Enum):
    """What is special about a storage from the beginning."""

    OLD_KEY = auto()
    READS_SETTINGS = auto()
    EXPIRES_OBJECTS = auto()
    PUBLIC = auto()
    TOO_POWERFUL = auto()


class Mishap(Enum):
    """What befalls a storage after it has been attached."""

    WRONG_SECRET = auto()
    KEY_DEACTIVATED = auto()
    PUT_TAKEN_AWAY = auto()
    BUCKET_REMOVED = auto()


@dataclass(frozen=True)
class SampleStorage:
    """A storage; `account` owns the bucket and the IAM user; `user` None: blank keys."""

    name: str
    bucket: str
    prefix: str
    account: SampleAccount
    user: str | None
    uses: tuple[str, ...] = BOTH
    region: str = "us-east-1"
    traits: frozenset[Trait] = field(default_factory=frozenset)
    mishap: Mishap | None = None


def _study_bucket(code: str, region: str = "us-east-1", ending: str = "") -> str:
    return f"lantern-study-{region}-prd-{code}{ending}"


STORAGES = (
    SampleStorage(
        "Neuroblastoma",
        _study_bucket("nbl"),
        "",
        RESEARCH,
        "dwtui-nbl",
        traits=frozenset({Trait.READS_SETTINGS}),
    ),
    SampleStorage("Ewing sarcoma", _study_bucket("ews"), "", RESEARCH, "dwtui-ews"),
    SampleStorage("Heart defects", _study_bucket("shd"), "", RESEARCH, "dwtui-shd"),
    SampleStorage(
        "Heart defects harmonized", _study_bucket("shd"), "harmonized-data", RESEARCH, "dwtui-shd-data", DATA
    ),
    SampleStorage(
        "Low-grade glioma",
        _study_bucket("lgg", "us-west-2"),
        "",
        RESEARCH,
        "dwtui-lgg",
        region="us-west-2",
        traits=frozenset({Trait.READS_SETTINGS}),
    ),
    SampleStorage(
        "Low-grade glioma recovery copy",
        _study_bucket("lgg", "us-west-2", "-dr"),
        "",
        ARCHIVE,
        "dwtui-recovery-reader",
        DATA,
        region="us-west-2",
    ),
    SampleStorage("Documents", "lantern-documents-prd", "platform", RESEARCH, "dwtui-documents", DOCUMENTS),
    SampleStorage("Harmonized data", "lantern-harmonized-prd", "cohorts", RESEARCH, "dwtui-harmonized", DATA),
    SampleStorage(
        "Meridian deliveries",
        "meridian-deliveries-2022",
        "lantern/wgs",
        SEQUENCING,
        "lantern-collaboration",
        DATA,
        traits=frozenset({Trait.OLD_KEY}),
    ),
    SampleStorage(
        "Orofacial clefts",
        _study_bucket("ofc"),
        "",
        CLINICAL,
        "dwtui-ofc",
        mishap=Mishap.WRONG_SECRET,
    ),
    SampleStorage(
        "Infant leukemia",
        _study_bucket("ial"),
        "",
        RESEARCH,
        "dwtui-ial",
        mishap=Mishap.KEY_DEACTIVATED,
    ),
    SampleStorage(
        "Osteosarcoma",
        _study_bucket("ost"),
        "",
        RESEARCH,
        "dwtui-ost",
        mishap=Mishap.PUT_TAKEN_AWAY,
    ),
    SampleStorage(
        "Diaphragmatic hernia 2019",
        "northgate-cdh-2019",
        "release-3",
        CLINICAL,
        "dwtui-cdh",
        DATA,
        mishap=Mishap.BUCKET_REMOVED,
    ),
    SampleStorage("Scoliosis (adopted)", _study_bucket("sco"), "", APPLICATION, None),
    SampleStorage(
        "Hearing loss",
        _study_bucket("hlg"),
        "",
        RESEARCH,
        "dwtui-hlg",
        DATA,
        traits=frozenset({Trait.READS_SETTINGS, Trait.EXPIRES_OBJECTS}),
    ),
    SampleStorage(
        "Microtia",
        "northgate-open-microtia",
        "microtia",
        CLINICAL,
        "dwtui-mic",
        DATA,
        traits=frozenset({Trait.READS_SETTINGS, Trait.PUBLIC, Trait.TOO_POWERFUL}),
    ),
)

DEPARTED = (
    SampleStorage(
        "Craniosynostosis 2021", _study_bucket("crs"), "", RESEARCH, "dwtui-crs-2021", uses=DOCUMENTS
    ),
)
"""Storages that were attached, used for a while, and deleted again. Their buckets are still there."""

NEIGHBOUR_STORAGES = (
    SampleStorage("Saltmarsh sequencing", "saltmarsh-sequencing-prd", "", NEIGHBOUR, "dwtui-reader", DATA),
)
