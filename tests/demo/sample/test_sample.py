"""The sample world as data: what the product's story needs is there, and it is the same at every start."""

import gzip
import hashlib
import io
import re
import zipfile
from collections import Counter

from dwtui.demo.sample.contents import CONTENTS, MISSING_BUCKET, UNATTACHED_BUCKET, buckets
from dwtui.demo.sample.document_bodies import file
from dwtui.demo.sample.documents import DOCUMENTS
from dwtui.demo.sample.people import NEIGHBOURS, PEOPLE, Seat
from dwtui.demo.sample.storages import DEPARTED, NEIGHBOUR_STORAGES, STORAGES, Mishap, Trait
from dwtui.demo.sample.studies import NEIGHBOUR_STUDIES, STUDIES

# The fingerprint of all keys and sizes. Change it with the sample, never without.
FINGERPRINT = "6107f0dcd636cff293a9e49feed9d1ad9ccc8a7d4287dbcf7836b50c3646c381"


def every_object():
    return [
        (bucket, it) for bucket, folders in CONTENTS.items() for folder in folders for it in folder.objects()
    ]


def test_there_are_as_many_studies_and_storages_as_promised() -> None:
    assert len(STUDIES) == 14
    assert len(STORAGES) == 16
    assert len({storage.account for storage in STORAGES}) >= 4


def test_every_kind_of_trouble_is_there_once() -> None:
    assert Counter(storage.mishap for storage in STORAGES if storage.mishap) == dict.fromkeys(Mishap, 1)
    assert {trait for storage in STORAGES for trait in storage.traits} == set(Trait)
    assert sum(storage.user is None for storage in STORAGES) == 1
    places = Counter(storage.bucket for storage in STORAGES)
    assert [bucket for bucket, count in places.items() if count > 1] == ["lantern-study-us-east-1-prd-shd"]


def test_studies_use_storages_that_are_there_and_meant_for_it() -> None:
    for studies, storages in ((STUDIES, STORAGES), (NEIGHBOUR_STUDIES, NEIGHBOUR_STORAGES)):
        uses = {storage.name: storage.uses for storage in storages}
        for study in studies:
            assert study.documents is None or "DOCUMENTS" in uses[study.documents]
            assert all("DATA" in uses[name] for name in study.data)


def test_studies_once_used_storages_for_documents_that_can_keep_them() -> None:
    sound = {it.name for it in (*STORAGES, *DEPARTED) if "DOCUMENTS" in it.uses and it.mishap is None}
    formerly = {study.formerly for study in STUDIES if study.formerly}
    assert formerly <= sound
    assert {it.name for it in DEPARTED} <= formerly
    assert all(study.documents and study.documents != study.formerly for study in STUDIES if study.formerly)


def test_documents_belong_to_studies_and_are_uploaded_by_those_who_may() -> None:
    may = {
        code: {person.email for person in PEOPLE if code in (*person.administers, *person.belongs_to)}
        | {person.email for person in PEOPLE if person.seat is Seat.ADMINISTRATOR}
        for code in {study.code for study in STUDIES}
    }
    for document in DOCUMENTS:
        assert {version.by for version in document.versions} <= may[document.study], document.name
    names = Counter((document.study, document.name) for document in DOCUMENTS)
    assert set(names.values()) == {1}
    assert len({version.by for document in DOCUMENTS for version in document.versions}) >= 5


def test_versions_are_what_their_names_say_and_differ() -> None:
    kinds = Counter(document.name.rpartition(".")[2] for document in DOCUMENTS)
    assert {"csv", "tsv", "xlsx", "pdf", "txt"} <= set(kinds)
    bodies = {(it.study, it.name): [version.body(it.study) for version in it.versions] for it in DOCUMENTS}
    assert sum(len(versions) > 1 for versions in bodies.values()) >= 4
    for (_, name), versions in bodies.items():
        assert len(set(versions)) == len(versions), name
        for body in versions:
            assert 100 < len(body) < 50_000, name
            if name.endswith(".xlsx"):
                assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(body)).namelist()
            elif name.endswith(".pdf"):
                assert body.startswith(b"%PDF")
                assert body.rstrip().endswith(b"%%EOF")
            elif name.endswith((".csv", ".tsv")):
                separator = "," if name.endswith(".csv") else "\t"
                widths = {len(line.split(separator)) for line in body.decode().splitlines()}
                assert len(widths) == 1, name
                assert widths.pop() > 2, name
    again = {(it.study, it.name): [version.body(it.study) for version in it.versions] for it in DOCUMENTS}
    assert bodies == again


def test_participants_of_documents_are_those_of_the_buckets() -> None:
    manifest = next(it for it in DOCUMENTS if it.name == "meridian_sequencing_manifest.tsv")
    samples = {
        line.split("\t")[0] for line in manifest.versions[0].body(manifest.study).decode().splitlines()[1:]
    }
    keys = "\n".join(it.key for bucket, it in every_object() if bucket.endswith("-nbl"))
    assert samples
    assert all(f"/{sample}.cram" in keys for sample in samples)
    with zipfile.ZipFile(io.BytesIO(file("nbl_sample_manifest.xlsx")("LCG-NBL"))) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert all(sample in strings for sample in samples)


def test_people_have_their_roles_in_studies_that_are_there() -> None:
    for people, studies in ((PEOPLE, STUDIES), (NEIGHBOURS, NEIGHBOUR_STUDIES)):
        codes = {study.code for study in studies}
        assert all({*person.administers, *person.belongs_to} <= codes for person in people)
        assert any(person.seat is Seat.ADMINISTRATOR for person in people)
    handed_out = {person.known_as for person in PEOPLE} - {None}
    assert handed_out == {"administrator", "studyAdministrator", "support", "member"}


def test_names_are_unique_and_mail_goes_nowhere() -> None:
    for things in (STUDIES, STORAGES, PEOPLE):
        assert len({thing.name for thing in things}) == len(things)
    assert all(person.email.endswith(".example") for person in (*PEOPLE, *NEIGHBOURS))


def test_buckets_have_names_that_aws_takes() -> None:
    names = [bucket.name for bucket in buckets()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", name) for name in [*names, MISSING_BUCKET])
    assert UNATTACHED_BUCKET in names
    assert MISSING_BUCKET not in names
    assert set(CONTENTS) <= set(names)


def test_a_few_thousand_objects_lie_in_the_usual_layout() -> None:
    objects = every_object()
    assert 2_000 < len(objects) < 6_000
    assert sum(len(it.body) for _, it in objects) < 20_000_000
    study = [it.key for bucket, it in objects if bucket == "lantern-study-us-east-1-prd-nbl"]
    for folder in (
        "source/uploads/",
        "harmonized-data/aligned-reads/",
        "harmonized-data/raw-gvcf/",
        "harmonized-data/simple-variants/",
        "harmonized-data/gene-expressions/",
    ):
        assert any(key.startswith(folder) for key in study), folder
    uploads = [key for key in study if key.startswith("source/uploads/")]
    assert all(re.fullmatch(r"source/uploads/[0-9a-f-]{36}_[\w-]+\.\w+", key) for key in uploads)


def test_bodies_are_what_their_names_say() -> None:
    bodies = {it.key: it.body for _, it in every_object()}
    for ending, is_right in (
        (".cram", lambda body: body.startswith(b"CRAM")),
        (".vcf.gz", lambda body: gzip.decompress(body).startswith(b"##fileformat=VCF")),
        (".pdf", lambda body: body.startswith(b"%PDF") and body.endswith(b"%%EOF\n")),
        (".csv", lambda body: body.startswith(b"participant_id,")),
    ):
        chosen = [body for key, body in bodies.items() if key.endswith(ending)]
        assert chosen, ending
        assert all(map(is_right, chosen)), ending


def test_it_is_the_same_at_every_start() -> None:
    found = hashlib.sha256()
    for bucket, it in every_object():
        found.update(f"{bucket}/{it.key} {len(it.body)} {it.modified.isoformat()}\n".encode())
    assert found.hexdigest() == FINGERPRINT
