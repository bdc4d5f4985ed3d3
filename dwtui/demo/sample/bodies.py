"""Small bodies of the right kind: readable texts, archives that open, headers where they belong."""

import gzip
import random
from collections.abc import Sequence

_GENES = (
    "ALK",
    "MYCN",
    "PHOX2B",
    "EWSR1",
    "FLI1",
    "GATA4",
    "NKX2-5",
    "IRF6",
    "TP53",
    "BRAF",
    "KMT2A",
    "TWIST1",
)


def cram(chance: random.Random, size: int) -> bytes:
    """Looks like a CRAM: its magic and version, then noise; about `size` bytes."""
    return b"CRAM\x03\x00" + chance.randbytes(size + chance.randrange(-size // 3, size // 3))


def index_file(chance: random.Random) -> bytes:
    """An index: noise of a few hundred bytes."""
    return chance.randbytes(chance.randrange(180, 700))


def gzipped_vcf(sample: str, chance: random.Random, records: int) -> bytes:
    """A VCF of one sample with invented variants."""
    lines = [
        "##fileformat=VCFv4.2",
        "##reference=GRCh38",
        _tabs("#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT", sample),
    ]
    for _ in range(records):
        position = chance.randrange(10_000, 90_000_000)
        bases = chance.sample("ACGT", 2)
        place = f"chr{chance.randrange(1, 23)} {position} . {bases[0]} {bases[1]}"
        lines.append(
            _tabs(
                f"{place} {chance.randrange(30, 900)} PASS DP={chance.randrange(20, 70)} GT",
                chance.choice(("0/1", "1/1")),
            )
        )
    return _gzip("\n".join(lines) + "\n")


def table(sample: str, chance: random.Random, rows: int) -> bytes:
    """Tab-separated genes with invented counts."""
    lines = ["\t".join(("gene", "sample", "count", "score"))]
    for _ in range(rows):
        gene = chance.choice(_GENES)
        lines.append("\t".join((gene, sample, str(chance.randrange(5_000)), f"{chance.random():.4f}")))
    return ("\n".join(lines) + "\n").encode()


def gzipped_table(sample: str, chance: random.Random, rows: int) -> bytes:
    """The same, compressed."""
    return _gzip(table(sample, chance, rows).decode())


def document(name: str, samples: Sequence[tuple[str, str, str]]) -> tuple[bytes, str]:
    """What people upload under that name, about those (participant, sample, tissue), and its content type."""
    if name.endswith(".pdf"):
        return _pdf("Data use limitations: health, medical and biomedical research."), "application/pdf"
    if name.endswith(".txt"):
        return b"GRU\tGeneral research use\nHMB\tHealth, medical, biomedical\n", "text/plain"
    comma = name.endswith(".csv")
    separator = "," if comma else "\t"
    rows = [("participant_id", "sample_id", "tissue_type"), *samples]
    body = "".join(separator.join(row) + "\n" for row in rows).encode()
    return body, "text/csv" if comma else "text/tab-separated-values"


def _tabs(words: str, last: str) -> str:
    return "\t".join([*words.split(" "), last])


def _gzip(text: str) -> bytes:
    return gzip.compress(text.encode(), compresslevel=0, mtime=0)  # stored: the same size everywhere


def _pdf(line: str) -> bytes:
    """The smallest document with one page and one line that viewers open."""
    content = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    text, offsets = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    start = len(text)
    text += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n" + "".join(
        f"{it:010d} 00000 n \n" for it in offsets
    )
    text += f"trailer\n<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("ascii")
