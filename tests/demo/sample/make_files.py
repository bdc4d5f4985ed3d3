"""Makes the spreadsheets and PDFs of the sample world, which are kept with its source.

    uv run --with xlsxwriter --with fpdf2 python -m tests.demo.sample.make_files

The libraries are not needed to run the demo, so they are no dependencies.
"""

from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from fpdf import FPDF

import dwtui.demo.sample
from dwtui.demo.sample.layout import participants_of

FILES = Path(dwtui.demo.sample.__file__).parent / "files"
MADE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MANIFESTS = {"LCG-NBL": 30, "LCG-SHD": 33, "LCG-LGG": 26}
CODEBOOK = (
    ("participant_id", "text", "PT_ and eight characters; the same in all files of the study", ""),
    ("sex", "code", "Sex assigned at birth", "F, M, U (unknown)"),
    ("age_at_enrolment_days", "whole number", "Age when the consent was signed", "0 to 6570"),
    ("affected", "code", "Whether the participant has the condition", "yes, no, unknown"),
    ("diagnosis", "text", "As given by the treating centre", ""),
    ("family_id", "text", "FM_ and four digits; parents and siblings share it", ""),
    ("sample_id", "text", "As printed on the tube", ""),
    ("collected_on", "date", "Day of collection, moved by up to 30 days for each family", "YYYY-MM-DD"),
    ("volume_ml", "number", "Millilitres sent to the sequencing centre", "0.2 to 10"),
    ("withdrawn", "code", "Whether consent was withdrawn", "yes, no"),
)
CONSENT = (
    (
        "Why you are asked",
        "Your child has, or a close relative of your child has, a condition that begins in "
        "childhood and may have a genetic cause. Lantern Childhood Genomics collects samples and information of "
        "many families, so that researchers can look for such causes.",
    ),
    (
        "What we ask of you",
        "A sample of blood or saliva of your child and, if you agree, of both parents; and "
        "a copy of those parts of the medical record that describe the condition. If tissue was removed during "
        "treatment, we ask for a part that is no longer needed.",
    ),
    (
        "What happens with it",
        "The DNA is read. Names, addresses and dates of birth are replaced by a number. "
        "The key to this number stays at the treating centre. Researchers who want to use the data ask a "
        "committee first.",
    ),
    (
        "What you may decide",
        "You may agree to a part only, and you may take back your consent at any time, "
        "without giving a reason. Data that have been shared by then cannot be called back, but they are not "
        "shared any further.",
    ),
    (
        "Risks",
        "There is a small risk that somebody recognizes your family from genetic data. It is against "
        "the terms of use to try.",
    ),
)
LETTER = (
    (
        "To whom it may concern",
        "The undersigned institution confirms that the participants of this study "
        "have consented to the sharing of their data as listed below, and that the sharing was reviewed by its "
        "ethics board in session 2025-118.",
    ),
    ("GRU, general research use", "Any research, except for methods that aim at identifying participants."),
    (
        "HMB, health, medical and biomedical research",
        "Research on health. The study of population origins or ancestry is not included.",
    ),
    (
        "Reporting",
        "Uses that go beyond this letter are reported to the data access committee within ten days.",
    ),
)


def manifest(code: str, count: int) -> None:
    """A workbook with the samples of a study, and what its columns mean."""
    name = f"{code.rpartition('-')[2].lower()}_sample_manifest.xlsx"
    with xlsxwriter.Workbook(FILES / name) as book:
        book.set_properties({"title": f"Sample manifest of {code}", "created": MADE.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Samples")
        head = ("participant_id", "sample_id", "tissue_type", "collected_on", "volume_ml", "plate", "well")
        sheet.write_row(0, 0, head, bold)
        for row, person in enumerate(participants_of(code, count), 1):
            sheet.write_row(row, 0, (person.number, person.sample, person.tissue))
            sheet.write_datetime(row, 3, person.delivered.replace(tzinfo=None), day)
            well = f"{'ABCDEFGH'[(row - 1) % 8]}{(row - 1) // 8 + 1:02d}"
            sheet.write_row(row, 4, (1 + row * 7 % 40 / 10, f"{code}-P1", well))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(head) - 1)
        sheet.set_column(0, 1, 16)
        sheet.set_column(2, 3, 12)
        notes = book.add_worksheet("Read me")
        for row, line in enumerate(
            (
                f"Samples of {code}, one a line.",
                "Volumes are in millilitres.",
                "Days are moved for each family.",
            )
        ):
            notes.write(row, 0, line)
        notes.set_column(0, 0, 60)


def codebook() -> None:
    """A workbook that explains the variables."""
    with xlsxwriter.Workbook(FILES / "codebook.xlsx") as book:
        book.set_properties({"title": "Codebook", "created": MADE.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Variables")
        sheet.write_row(0, 0, ("variable", "kind", "meaning", "values"), bold)
        for row, line in enumerate(CODEBOOK, 1):
            sheet.write_row(row, 0, line)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, 24)
        sheet.set_column(2, 3, 56)


def text(name: str, title: str, parts: tuple[tuple[str, str], ...], foot: str) -> None:
    """A letter or form of one page."""
    page = FPDF(format="letter")
    page.set_creation_date(MADE)
    page.set_title(title)
    page.set_author("Lantern Childhood Genomics")
    page.set_margin(22)
    page.add_page()
    page.set_font("Helvetica", "B", 16)
    page.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    page.ln(4)
    for heading, body in parts:
        page.set_font("Helvetica", "B", 11)
        page.multi_cell(0, 6, heading, new_x="LMARGIN", new_y="NEXT")
        page.set_font("Helvetica", "", 11)
        page.multi_cell(0, 5.5, body, new_x="LMARGIN", new_y="NEXT")
        page.ln(3)
    page.ln(10)
    page.multi_cell(0, 6, foot, new_x="LMARGIN", new_y="NEXT")
    page.output(str(FILES / name))


def main() -> None:
    """Make all of them."""
    FILES.mkdir(exist_ok=True)
    for code, count in MANIFESTS.items():
        manifest(code, count)
    codebook()
    form = "Place and day ____________________     Parent or guardian ____________________"
    text("consent_form_v3.pdf", "Taking part in research: form of consent, version 3", CONSENT, form)
    text("data_use_letter.pdf", "Data use letter", LETTER, "Signed for the institution ____________________")


if __name__ == "__main__":
    main()
