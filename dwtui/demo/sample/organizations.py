"""The sample organizations: who and what belongs to each."""

from collections.abc import Sequence
from dataclasses import dataclass

from dwtui.demo.sample.documents import DOCUMENTS, SampleDocument
from dwtui.demo.sample.people import NEIGHBOUR_ORGANIZATION, NEIGHBOURS, ORGANIZATION, PEOPLE, SamplePerson
from dwtui.demo.sample.storages import DEPARTED, NEIGHBOUR_STORAGES, STORAGES, SampleStorage
from dwtui.demo.sample.studies import NEIGHBOUR_STUDIES, STUDIES, SampleStudy


@dataclass(frozen=True)
class SampleOrganization:
    """An organization; the first of its people administers it. `defaults`: for new studies' documents and data.

    `departed`: storages that are deleted again, once documents have been uploaded there.
    """

    name: str
    people: Sequence[SamplePerson]
    storages: Sequence[SampleStorage]
    studies: Sequence[SampleStudy]
    defaults: tuple[str, str] | None = None
    departed: Sequence[SampleStorage] = ()
    documents: Sequence[SampleDocument] = ()


LANTERN = SampleOrganization(
    ORGANIZATION, PEOPLE, STORAGES, STUDIES, ("Documents", "Harmonized data"), DEPARTED, DOCUMENTS
)
NEIGHBOUR = SampleOrganization(NEIGHBOUR_ORGANIZATION, NEIGHBOURS, NEIGHBOUR_STORAGES, NEIGHBOUR_STUDIES)
SAMPLES = (LANTERN, NEIGHBOUR)
