"""The studies of the sample organizations, and the storages they use. Names and numbers are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleStudy:
    """A study; `documents` and `data` name storages; `documents` None: the organization's default.

    `formerly` names the storage that kept its documents before.
    """

    code: str
    name: str
    external_id: str | None
    documents: str | None = None
    data: tuple[str, ...] = ()
    formerly: str | None = None


STUDIES = (
    SampleStudy(
        "LCG-NBL",
        "Genomic Landscape of High-Risk Neuroblastoma",
        "phs902113.v2.p1",
        documents="Neuroblastoma",
        data=("Neuroblastoma", "Meridian deliveries"),
    ),
    SampleStudy(
        "LCG-EWS",
        "Ewing Sarcoma: Inherited Predisposition in Trios",
        "phs902240.v1.p1",
        documents="Ewing sarcoma",
        data=("Ewing sarcoma",),
    ),
    SampleStudy(
        "LCG-CDH",
        "Congenital Diaphragmatic Hernia Family Cohort",
        "phs901877.v3.p1",
        data=("Diaphragmatic hernia 2019",),
    ),
    SampleStudy(
        "LCG-OFC",
        "Orofacial Clefts in Three River Valleys",
        "phs902318.v1.p1",
        documents="Orofacial clefts",
        data=("Orofacial clefts",),
    ),
    SampleStudy(
        "LCG-SHD",
        "Structural Heart Defects Discovery Cohort",
        "phs901964.v2.p2",
        documents="Heart defects",
        data=("Heart defects harmonized", "Meridian deliveries"),
    ),
    SampleStudy(
        "LCG-CRS",
        "Craniosynostosis in Multiplex Families",
        "phs902455.v1.p1",
        documents="Documents",
        formerly="Craniosynostosis 2021",
    ),
    SampleStudy(
        "LCG-LGG",
        "Pediatric Low-Grade Glioma Atlas",
        "phs902071.v4.p1",
        documents="Low-grade glioma",
        data=("Low-grade glioma", "Low-grade glioma recovery copy"),
    ),
    SampleStudy(
        "LCG-IAL",
        "Infant Acute Leukemia Relapse Pairs",
        "phs902502.v1.p1",
        documents="Infant leukemia",
        data=("Infant leukemia",),
    ),
    SampleStudy(
        "LCG-OST",
        "Osteosarcoma Tumor Evolution Over Treatment",
        "phs902139.v1.p1",
        documents="Osteosarcoma",
        data=("Osteosarcoma",),
    ),
    SampleStudy(
        "LCG-SCO",
        "Familial Adolescent Scoliosis",
        "phs901790.v2.p1",
        documents="Documents",
        data=("Scoliosis (adopted)",),
        formerly="Scoliosis (adopted)",
    ),
    SampleStudy("LCG-HLG", "Hearing Loss Gene Discovery", "phs902377.v1.p1", data=("Hearing loss",)),
    SampleStudy("LCG-MIC", "Microtia and Ear Malformations", "phs902281.v1.p1", data=("Microtia",)),
    SampleStudy("LCG-GCT", "Germ Cell Tumors of Childhood", "phs902460.v1.p1", data=("Harmonized data",)),
    SampleStudy("LCG-COV", "Severe COVID-19 in Children", None, data=("Harmonized data",)),
)

NEIGHBOUR_STUDIES = (
    SampleStudy("SRD-MIT", "Mitochondrial Disorders of Infancy", None, data=("Saltmarsh sequencing",)),
)
