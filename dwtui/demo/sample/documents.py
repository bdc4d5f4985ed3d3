"""The documents of the sample studies: who uploaded which versions of them. People and contents are invented."""

from dataclasses import dataclass

from dwtui.demo.sample.document_bodies import (
    Body,
    consents,
    file,
    note,
    participants,
    sequencing,
    trios,
)

INES = "ines.halvorsen@lantern.example"
ROSALIND = "rosalind.achterberg@lantern.example"
TOMASZ = "tomasz.okafor-lind@lantern.example"
CALEB = "caleb.mwangi@northgate.example"
MAREN = "maren.solheim@meridian.example"
LUCIA = "lucia.fernbrook@lantern.example"
SHREYA = "shreya.calloway@lantern.example"


@dataclass(frozen=True)
class SampleVersion:
    """One upload: its bytes, who uploads them (an e-mail address), and what is new in it."""

    body: Body
    by: str
    news: str = ""


@dataclass(frozen=True)
class SampleDocument:
    """A document of the study of that code; the first version is the oldest.

    `afterwards`: it is uploaded once the study uses its present document storage, not the former one.
    """

    study: str
    name: str
    type: str
    description: str
    versions: tuple[SampleVersion, ...]
    tags: tuple[str, ...] = ()
    afterwards: bool = False


DOCUMENTS = (
    SampleDocument(
        "LCG-NBL",
        "participants.csv",
        "CLN",
        "Participants with diagnosis and age at enrolment.",
        (
            SampleVersion(participants(20), CALEB),
            SampleVersion(participants(30), CALEB, "Ten participants of the second recruitment."),
            SampleVersion(participants(30, corrected=True), TOMASZ, "Ages in days, as the codebook asks."),
        ),
        ("clinical", "baseline"),
    ),
    SampleDocument(
        "LCG-NBL",
        "nbl_sample_manifest.xlsx",
        "SEQ",
        "Samples with plates and wells, as sent to Meridian.",
        (SampleVersion(file("nbl_sample_manifest.xlsx"), CALEB),),
        ("samples", "meridian"),
    ),
    SampleDocument(
        "LCG-NBL",
        "family_trios.tsv",
        "FAM",
        "Children with their parents.",
        (
            SampleVersion(trios(8), CALEB),
            SampleVersion(trios(10), TOMASZ, "Two families that were missing."),
        ),
        ("families",),
    ),
    SampleDocument(
        "LCG-NBL",
        "meridian_sequencing_manifest.tsv",
        "SEQ",
        "What Meridian delivered, with checksums.",
        (SampleVersion(sequencing(30), TOMASZ),),
        ("meridian", "wgs"),
    ),
    SampleDocument(
        "LCG-NBL",
        "subject_consent.txt",
        "DBG",
        "Subject consent file for the dbGaP submission.",
        (SampleVersion(consents(30), TOMASZ),),
        ("dbgap",),
    ),
    SampleDocument(
        "LCG-NBL",
        "consent_form_v3.pdf",
        "OTH",
        "The form of consent that families sign.",
        (SampleVersion(file("consent_form_v3.pdf"), INES),),
        ("consent",),
    ),
    SampleDocument(
        "LCG-NBL",
        "data_use_letter.pdf",
        "DBG",
        "Signed by the ethics board, session 2025-118.",
        (SampleVersion(file("data_use_letter.pdf"), INES),),
        ("dbgap", "consent"),
    ),
    SampleDocument(
        "LCG-SHD",
        "participants.csv",
        "CLN",
        "Participants with the finding of the first echocardiogram.",
        (
            SampleVersion(participants(24), MAREN),
            SampleVersion(participants(33), MAREN, "The rest of the cohort."),
        ),
        ("clinical",),
    ),
    SampleDocument(
        "LCG-SHD",
        "shd_sample_manifest.xlsx",
        "SEQ",
        "Samples with plates and wells.",
        (SampleVersion(file("shd_sample_manifest.xlsx"), MAREN),),
        ("samples",),
    ),
    SampleDocument(
        "LCG-SHD",
        "family_trios.tsv",
        "FAM",
        "Children with their parents.",
        (SampleVersion(trios(11), TOMASZ),),
        ("families",),
    ),
    SampleDocument(
        "LCG-SHD",
        "README.txt",
        "OTH",
        "How the files of this study belong together.",
        (
            SampleVersion(
                note(
                    "participants.csv has a line for each participant, family_trios.tsv tells who is whose parent.\n"
                    "Sample ids are those of shd_sample_manifest.xlsx. Ask Maren Solheim about plate P1."
                ),
                TOMASZ,
            ),
        ),
    ),
    SampleDocument(
        "LCG-LGG",
        "participants.csv",
        "CLN",
        "Participants with diagnosis and age at enrolment.",
        (SampleVersion(participants(26, corrected=True), LUCIA),),
        ("clinical",),
    ),
    SampleDocument(
        "LCG-LGG",
        "lgg_sample_manifest.xlsx",
        "SEQ",
        "Samples with plates and wells.",
        (SampleVersion(file("lgg_sample_manifest.xlsx"), MAREN),),
        ("samples",),
    ),
    SampleDocument(
        "LCG-LGG",
        "sequencing_manifest.tsv",
        "SEQ",
        "What was delivered, with checksums.",
        (
            SampleVersion(sequencing(18), MAREN),
            SampleVersion(sequencing(26), MAREN, "Second delivery."),
        ),
        ("wgs",),
    ),
    SampleDocument(
        "LCG-EWS",
        "family_trios.tsv",
        "FAM",
        "Children with their parents; grandparents where they took part.",
        (SampleVersion(trios(6), LUCIA), SampleVersion(trios(7), LUCIA, "One more family.")),
        ("families",),
    ),
    SampleDocument(
        "LCG-EWS",
        "codebook.xlsx",
        "CLN",
        "What the variables mean.",
        (SampleVersion(file("codebook.xlsx"), LUCIA),),
    ),
    SampleDocument(
        "LCG-HLG",
        "participants.csv",
        "CLN",
        "Participants with the kind of hearing loss.",
        (SampleVersion(participants(12), SHREYA),),
    ),
    SampleDocument(
        "LCG-GCT",
        "consent_form_v3.pdf",
        "OTH",
        "The form of consent that families sign.",
        (SampleVersion(file("consent_form_v3.pdf"), LUCIA),),
        ("consent",),
    ),
    # Kept in the adopted bucket until the study's documents were given another storage.
    SampleDocument(
        "LCG-SCO",
        "participants.csv",
        "CLN",
        "Participants with the kind of curve.",
        (
            SampleVersion(participants(8), SHREYA),
            SampleVersion(participants(10), SHREYA, "Two more participants."),
        ),
        ("clinical",),
    ),
    SampleDocument(
        "LCG-SCO",
        "curve_measurements_codebook.xlsx",
        "CLN",
        "What the variables mean.",
        (SampleVersion(file("codebook.xlsx"), SHREYA),),
    ),
    SampleDocument(
        "LCG-SCO",
        "family_trios.tsv",
        "FAM",
        "Children with their parents.",
        (SampleVersion(trios(3), SHREYA),),
        ("families",),
    ),
    SampleDocument(
        "LCG-SCO",
        "consent_form_v3.pdf",
        "OTH",
        "The form of consent that families sign.",
        (SampleVersion(file("consent_form_v3.pdf"), INES),),
        ("consent",),
        afterwards=True,
    ),
    # Kept in a storage that was deleted; its bucket is still there.
    SampleDocument(
        "LCG-CRS",
        "participants.csv",
        "CLN",
        "Participants of the multiplex families.",
        (SampleVersion(participants(16), ROSALIND),),
        ("clinical",),
    ),
    SampleDocument(
        "LCG-CRS",
        "family_trios.tsv",
        "FAM",
        "Children with their parents.",
        (SampleVersion(trios(5), ROSALIND),),
        ("families",),
    ),
    SampleDocument(
        "LCG-CRS",
        "NOTE.txt",
        "OTH",
        "Why two documents can not be opened.",
        (
            SampleVersion(
                note(
                    "The storage “Craniosynostosis 2021” was deleted when its keys ran out. What was uploaded until\n"
                    "then still lies in the bucket: it can be opened again once that bucket is attached anew and\n"
                    "this study keeps its documents there."
                ),
                INES,
            ),
        ),
        afterwards=True,
    ),
)
