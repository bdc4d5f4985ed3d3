"""What the sample documents hold: tables and notes about the participants of a study. All of it is invented."""

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from dwtui.demo.sample.layout import Participant, participants_of

Body = Callable[[str], bytes]
"""Makes the bytes for the study of that code: the same at every start."""
_FILES = Path(__file__).parent / "files"
_DIAGNOSES = {
    "LCG-NBL": ("neuroblastoma stage 4", "neuroblastoma stage 3", "ganglioneuroblastoma"),
    "LCG-SHD": ("atrial septal defect", "tetralogy of Fallot", "hypoplastic left heart"),
    "LCG-LGG": ("pilocytic astrocytoma", "ganglioglioma", "diffuse astrocytoma"),
    "LCG-EWS": ("Ewing sarcoma of bone", "extraosseous Ewing sarcoma"),
    "LCG-SCO": ("thoracic curve", "thoracolumbar curve", "double major curve"),
    "LCG-CRS": ("sagittal synostosis", "coronal synostosis", "metopic synostosis"),
    "LCG-HLG": ("sensorineural hearing loss", "auditory neuropathy"),
    "LCG-GCT": ("sacrococcygeal teratoma", "yolk sac tumor", "germinoma"),
}


def participants(count: int, *, corrected: bool = False) -> Body:
    """A csv of the first participants. `corrected`: with ages in days instead of years."""

    def make(code: str) -> bytes:
        chance = _chance(code, "participants")
        age = "age_at_enrolment_days" if corrected else "age_at_enrolment"
        rows = [("participant_id", "sex", age, "affected", "diagnosis", "consented_on")]
        for person in participants_of(code, count):
            days = chance.randrange(40, 6500)
            affected = chance.random() < 0.8
            rows.append(
                (
                    person.number,
                    chance.choice("FM"),
                    str(days if corrected else days // 365),
                    "yes" if affected else "no",
                    chance.choice(_DIAGNOSES[code]) if affected else "",
                    f"{person.delivered - timedelta(days=chance.randrange(10, 120)):%Y-%m-%d}",
                )
            )
        return _separated(rows, ",")

    return make


def trios(families: int) -> Body:
    """Family relations as tab-separated lines: child, mother, father."""

    def make(code: str) -> bytes:
        people = participants_of(code, 3 * families)
        rows = [("family_id", "participant_id", "mother_id", "father_id", "proband")]
        for number, start in enumerate(range(0, len(people), 3), 1):
            child, mother, father = (person.number for person in people[start : start + 3])
            family = f"FM_{number:04d}"
            rows.append((family, child, mother, father, "yes"))
            rows += [(family, parent, "0", "0", "no") for parent in (mother, father)]
        return _separated(rows, "\t")

    return make


def sequencing(count: int) -> Body:
    """A sequencing centre's manifest: a line for each sample's files, with checksums."""

    def make(code: str) -> bytes:
        chance = _chance(code, "sequencing")
        rows = [("sample_id", "library", "platform", "mean_coverage", "file_name", "md5")]
        for person in participants_of(code, count):
            coverage = f"{chance.uniform(28, 41):.1f}"
            cram, digest = f"{person.sample}.cram", chance.randbytes(16).hex()
            rows.append((person.sample, "PCR-free", "NovaSeq X", coverage, cram, digest))
        return _separated(rows, "\t")

    return make


def consents(count: int) -> Body:
    """The subject consent file that dbGaP asks for."""

    def make(code: str) -> bytes:
        chance = _chance(code, "consents")
        people: Sequence[Participant] = participants_of(code, count)
        rows = [("SUBJECT_ID", "CONSENT", "SEX")]
        rows += [(person.number, chance.choice("112"), chance.choice("12")) for person in people]
        return _separated(rows, "\t")

    return make


def note(text: str) -> Body:
    """A text for people."""
    return lambda _code: f"{text}\n".encode()


def file(name: str) -> Body:
    """A file that is kept with the sample: a spreadsheet or a PDF."""
    return partial(_read, name)


def _read(name: str, _code: str) -> bytes:
    return (_FILES / name).read_bytes()


def _chance(code: str, what: str) -> random.Random:
    return random.Random(f"dwtui-demo/{code}/{what}")  # noqa: S311  (nothing secret: the sample is fixed)


def _separated(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
