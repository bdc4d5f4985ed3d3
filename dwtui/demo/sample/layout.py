"""What lies in a study bucket: the usual folders, realistic names, small bodies of the right kind."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dwtui.demo.cloud.objects import StoredObject
from dwtui.demo.sample.bodies import cram, document, gzipped_table, gzipped_vcf, index_file, table

CENTRES = ("MERIDIAN", "NORTHGATE", "TALLGRASS", "HALCYON")
_TISSUES = ("blood", "saliva", "tumor", "fibroblast")
_OCTETS = "application/octet-stream"
_GZIP = "application/gzip"
_TEXT = "text/tab-separated-values"


@dataclass(frozen=True)
class Participant:
    """One participant's names in files, and when the sequences came."""

    number: str
    sample: str
    tissue: str
    delivered: datetime


@dataclass(frozen=True)
class StudyFolder:
    """A study's objects below a prefix: how many participants, and which of the usual folders there are."""

    code: str
    prefix: str = ""
    participants: int = 12
    source: bool = True
    harmonized: bool = True
    source_class: str = "STANDARD"

    def objects(self) -> Iterator[StoredObject]:
        """The objects: always the same for the same code."""
        chance = random.Random(f"dwtui-demo/{self.code}")  # noqa: S311  (nothing secret: the sample is fixed)
        people = _participants(self.code, self.participants, chance)
        root = f"{self.prefix}/" if self.prefix else ""
        if self.source:
            for found in _source(self.code, people, chance):
                yield replace(found, key=root + found.key, storage_class=self.source_class)
        if self.harmonized:
            for found in _harmonized(people, chance):
                yield replace(found, key=root + found.key)


def participants_of(code: str, count: int) -> list[Participant]:
    """The first participants of a study, as they are in its buckets."""
    return _participants(code, count, random.Random(f"dwtui-demo/{code}"))  # noqa: S311  (nothing secret)


def _participants(code: str, count: int, chance: random.Random) -> list[Participant]:
    return [_participant(code, number, chance) for number in range(1, count + 1)]


def _participant(code: str, number: int, chance: random.Random) -> Participant:
    day = datetime(2021, 3, 1, 9, tzinfo=UTC) + timedelta(
        days=chance.randrange(1500), seconds=chance.randrange(30000)
    )
    sample = f"{code.rpartition('-')[2]}{number:04d}_{chance.choice('TN')}{chance.randrange(1, 4)}"
    return Participant(f"PT_{_crockford(chance)}", sample, chance.choice(_TISSUES), day)


def _source(code: str, people: list[Participant], chance: random.Random) -> Iterator[StoredObject]:
    """The sequencing centre's own structure, and the documents people uploaded."""
    centre = chance.choice(CENTRES)
    batch = f"source/{centre}_{code.replace('-', '_')}_WGS_30x_7Nov2022/RP-{chance.randrange(2100, 2900)}/WGS"
    for person in people:
        path = f"{batch}/{person.sample}/v1/{person.sample}"
        yield StoredObject(f"{path}.cram", cram(chance, 8_000), _OCTETS, person.delivered)
        yield StoredObject(f"{path}.cram.crai", index_file(chance), _OCTETS, person.delivered)
        checksum = f"{chance.randbytes(16).hex()}  {person.sample}.cram\n".encode()
        yield StoredObject(f"{path}.cram.md5", checksum, "text/plain", person.delivered)
    short = code.lower()
    names = (
        f"{short}_sample_manifest.tsv",
        f"{short}_clinical_data_v2.csv",
        f"{short}_family_trios.tsv",
        f"{short}_data_dictionary.csv",
        f"{short}_sequencing_manifest.tsv",
        "consent_groups.txt",
        "data_use_limitations.pdf",
    )
    for name in names:
        body, content_type = document(name, [(it.number, it.sample, it.tissue) for it in people])
        uploaded = datetime(2022, 11, 7, 13, tzinfo=UTC) + timedelta(days=chance.randrange(900))
        yield StoredObject(f"source/uploads/{_uuid(chance)}_{name}", body, content_type, uploaded)


def _harmonized(people: list[Participant], chance: random.Random) -> Iterator[StoredObject]:
    """What the usual workflows make of the sequences."""
    for person in people:
        when = person.delivered + timedelta(days=chance.randrange(20, 90))
        for folder, ending, body, content_type in _workflow_outputs(person, chance):
            yield StoredObject(f"harmonized-data/{folder}/{_uuid(chance)}.{ending}", body, content_type, when)


def _workflow_outputs(person: Participant, chance: random.Random) -> Iterator[tuple[str, str, bytes, str]]:
    """Folder, end of the name, body, content type."""
    yield "aligned-reads", "cram", cram(chance, 9_000), _OCTETS
    yield "aligned-reads", "cram.crai", index_file(chance), _OCTETS
    yield "raw-gvcf", "g.vcf.gz", gzipped_vcf(person.sample, chance, 60), _GZIP
    yield "raw-gvcf", "g.vcf.gz.tbi", index_file(chance), _OCTETS
    if person.tissue == "tumor":
        vcf = gzipped_vcf(person.sample, chance, 40)
        yield "simple-variants", "mutect2_somatic.norm.annot.protected.vcf.gz", vcf, _GZIP
        yield (
            "simple-variants",
            "strelka2_somatic.norm.annot.protected.maf",
            table(person.sample, chance, 30),
            _TEXT,
        )
        yield "simple-variants", "vardict_somatic.norm.annot.protected.vcf.gz", vcf, _GZIP
        yield (
            "copy-number-variations",
            "controlfreec.CNVs.p.value.txt",
            table(person.sample, chance, 12),
            _TEXT,
        )
        yield "gene-fusions", "arriba.fusions.tsv", table(person.sample, chance, 8), _TEXT
    else:
        yield (
            "family-variants",
            "multi.vqsr.filtered.denovo.vep_105.vcf.gz",
            gzipped_vcf(person.sample, chance, 50),
            _GZIP,
        )
        yield (
            "simple-variants",
            "single.vqsr.filtered.vep_105.vcf.gz",
            gzipped_vcf(person.sample, chance, 50),
            _GZIP,
        )
    yield (
        "structural-variations",
        "manta.somaticSV.PASS.vcf.gz",
        gzipped_vcf(person.sample, chance, 10),
        _GZIP,
    )
    yield "gene-expressions", "rsem.genes.results.gz", gzipped_table(person.sample, chance, 80), _GZIP
    yield "gene-expressions", "kallisto.abundance.tsv.gz", gzipped_table(person.sample, chance, 80), _GZIP


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _crockford(chance: random.Random) -> str:
    return "".join(chance.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(8))
