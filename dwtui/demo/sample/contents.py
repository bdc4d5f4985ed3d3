"""Which bucket holds what, including buckets that no storage has been made for yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from dwtui.demo.sample.accounts import APPLICATION, APPLICATION_BUCKET, RESEARCH, SampleAccount
from dwtui.demo.sample.layout import StudyFolder
from dwtui.demo.sample.storages import NEIGHBOUR_STORAGES, STORAGES

UNATTACHED_BUCKET = "lantern-study-us-east-1-prd-crs"
MISSING_BUCKET = "lantern-study-us-east-1-prd-csr"


@dataclass(frozen=True)
class SampleBucket:
    """A bucket with its owner."""

    name: str
    account: SampleAccount
    region: str


def buckets() -> list[SampleBucket]:
    """Every bucket of the world, each once."""
    places = {
        it.bucket: SampleBucket(it.bucket, it.account, it.region) for it in STORAGES + NEIGHBOUR_STORAGES
    }
    alone = (
        SampleBucket(APPLICATION_BUCKET, APPLICATION, "us-east-1"),
        SampleBucket(UNATTACHED_BUCKET, RESEARCH, "us-east-1"),
    )
    return [*places.values(), *alone]


CONTENTS: Mapping[str, tuple[StudyFolder, ...]] = {
    "lantern-study-us-east-1-prd-nbl": (StudyFolder("LCG-NBL", participants=30),),
    "lantern-study-us-east-1-prd-ews": (StudyFolder("LCG-EWS", participants=21),),
    "lantern-study-us-east-1-prd-shd": (StudyFolder("LCG-SHD", participants=33),),
    "lantern-study-us-west-2-prd-lgg": (StudyFolder("LCG-LGG", participants=26),),
    "lantern-study-us-west-2-prd-lgg-dr": (
        StudyFolder("LCG-LGG", participants=26, source_class="DEEP_ARCHIVE"),
    ),
    "lantern-harmonized-prd": (
        StudyFolder("LCG-COV", "cohorts/lcg-cov", participants=14, source=False),
        StudyFolder("LCG-GCT", "cohorts/lcg-gct", participants=12, source=False),
    ),
    "meridian-deliveries-2022": (
        StudyFolder("LCG-NBL", "lantern/wgs/lcg-nbl", participants=30, harmonized=False),
        StudyFolder("LCG-SHD", "lantern/wgs/lcg-shd", participants=33, harmonized=False),
    ),
    "lantern-study-us-east-1-prd-ofc": (StudyFolder("LCG-OFC", participants=15),),
    "lantern-study-us-east-1-prd-ial": (StudyFolder("LCG-IAL", participants=12),),
    "lantern-study-us-east-1-prd-ost": (StudyFolder("LCG-OST", participants=14),),
    "northgate-cdh-2019": (StudyFolder("LCG-CDH", "release-3", participants=3),),
    "lantern-study-us-east-1-prd-sco": (StudyFolder("LCG-SCO", participants=10),),
    "lantern-study-us-east-1-prd-hlg": (StudyFolder("LCG-HLG", participants=12),),
    "northgate-open-microtia": (StudyFolder("LCG-MIC", "microtia", participants=9),),
    UNATTACHED_BUCKET: (StudyFolder("LCG-CRS", participants=16),),
    "saltmarsh-sequencing-prd": (StudyFolder("SRD-MIT", participants=6),),
}
