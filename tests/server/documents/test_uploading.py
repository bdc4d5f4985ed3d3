"""Uploads over HTTP: what was sent lies in the study's storage, or nothing does, whatever goes wrong."""

import hashlib
import socket
from urllib.parse import urlsplit

import pytest

from dwtui.server.s3.transfer.sending import PART_BYTES
from tests.server.documents.conftest import Shelf
from tests.server.s3.fault_proxy import Answer, Asked, refusal
from tests.server.transport.conftest import until
from tests.support.transfers import CREATE_FILE, download, form, headers, make_document, upload
from tests.support.world import ADMINISTRATOR, SET_STUDY_MEMBER, STUDY_MEMBER, World

LARGE = bytes(range(256)) * 48_000  # three parts


def test_a_version_keeps_what_was_sent_and_where(shelf: Shelf) -> None:
    content = b"name,age\nAda,36\n"
    version = upload(shelf.world, content, "Größe 🧬.csv", study=shelf.study, description="First.").value
    assert version["sha256"] == hashlib.sha256(content).hexdigest()
    assert (version["size"], version["contentType"]) == (len(content), "text/csv")
    assert (version["fileName"], version["description"]) == ("Größe 🧬.csv", "First.")
    assert (version["place"], version["document"], version["downloadPath"]) == ("AT_HAND", None, None)
    assert version["key"] == f"dewrangle/studies/{shelf.study}/uploads/{version['id']}_Größe 🧬.csv"
    stored = shelf.cloud.client("s3").get_object(Bucket=shelf.place.bucket, Key=version["key"])
    assert (stored["Body"].read(), stored["ContentType"]) == (content, "text/csv")
    assert shelf.journal() == []


def test_what_is_said_of_requests_is_not_believed_of_files(shelf: Shelf) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        document = make_document(shelf.world, b"a=1", f"{kind[:5]}.csv", study=shelf.study, kind=kind)
        answer = download(shelf.world, document["path"])
        assert (answer.content, answer.headers["content-type"]) == (b"a=1", "text/csv")


def test_a_large_one_travels_in_parts(shelf: Shelf) -> None:
    version = upload(shelf.world, LARGE, study=shelf.study).value
    assert version["sha256"] == hashlib.sha256(LARGE).hexdigest()
    stored = shelf.cloud.client("s3").get_object(Bucket=shelf.place.bucket, Key=version["key"])
    assert stored["Body"].read() == LARGE
    assert [asked.operation for asked in shelf.proxy.asked].count("UploadPart") == 3
    assert {asked.headers["x-amz-expected-bucket-owner"] for asked in shelf.proxy.asked} == {
        shelf.place.account
    }
    assert shelf.journal() == []


def test_a_new_version_becomes_the_newest(shelf: Shelf) -> None:
    document = make_document(shelf.world, b"1", study=shelf.study)
    version = upload(shelf.world, b"2", "other.csv", fileId=document["id"]).value
    assert version["document"] == {
        "id": document["id"],
        "name": "a.csv",
        "revision": 2,
        "latest": {"id": version["id"]},
    }
    assert version["downloadPath"].endswith(version["id"])


def test_a_study_member_uploads_and_is_named(shared_world: World) -> None:
    world = shared_world
    version = upload(world, b"1", by=STUDY_MEMBER).value
    assert version["createdBy"] == {"id": world.people.users[STUDY_MEMBER]}
    assert world.post(
        CREATE_FILE, {"input": {"version": version["id"], "name": "member.csv"}}, STUDY_MEMBER
    ).value


@pytest.mark.parametrize("size", [0, 10_001])
def test_an_empty_or_too_large_file_is_refused(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setitem(vars(shelf.world.settings), "max_document_bytes", 10_000)
    answer = upload(shelf.world, b"x" * size, study=shelf.study)
    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "file")
    assert shelf.is_empty()


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a\nb", "x" * 256, "\u202egnp.exe", "a\x00b", ".."])
def test_hostile_names_are_refused_before_anything_is_sent(shelf: Shelf, name: str) -> None:
    answer = upload(shelf.world, LARGE, name, study=shelf.study)
    assert (answer.code, answer.field) == ("BAD_USER_INPUT", "file")
    assert shelf.proxy.asked == []
    assert shelf.is_empty()


@pytest.mark.parametrize("place", [1, 900, 1_100, 500_000, PART_BYTES + 300_000, len(LARGE) + 500])
def test_an_upload_that_is_cut_off_leaves_nothing(shelf: Shelf, place: int) -> None:
    head, tail = form(LARGE, study=shelf.study)
    body = head + LARGE + tail
    where = urlsplit(shelf.world.client.url)
    said = {**headers(shelf.world, ADMINISTRATOR), "Host": "api", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall(f"POST /graphql HTTP/1.1\r\n{lines}\r\n".encode() + body[:place])
        if place > len(head):
            until(shelf.journal)
    until(shelf.is_empty)


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"UploadPart": refusal("SlowDown", 503)}, "Try again later"),
        ({"UploadPart": refusal("InvalidAccessKeyId", 403)}, "does not know the access key"),
        ({"UploadPart": refusal("AccessDenied", 403)}, "s3:PutObject was refused"),
        ({"CreateMultipartUpload": refusal("NoSuchBucket", 404)}, "There is no bucket"),
        ({"CompleteMultipartUpload": refusal("InternalError", 500)}, "Try again later"),
    ],
)
def test_what_s3_refuses_is_told_and_leaves_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, rules: dict[str, object], says: str
) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    shelf.proxy.rules.update(rules)  # type: ignore[arg-type]
    answer = upload(shelf.world, LARGE, study=shelf.study)
    assert answer.code == "STORAGE_FAILED"
    assert says in answer.message
    assert shelf.is_empty()


def test_members_are_not_told_where_it_was_to_lie(shelf: Shelf) -> None:
    world, bucket = shelf.world, shelf.place.bucket
    member = {"study": shelf.study, "user": world.people.users[STUDY_MEMBER], "role": "MEMBER"}
    assert world.post(SET_STUDY_MEMBER, member).value
    document = make_document(world, b"1", study=shelf.study)
    told = f"User: arn:aws:iam::1:user/ann may not on arn:aws:s3:::{bucket}/key"
    shelf.proxy.rules.update(
        {"PutObject": refusal("AccessDenied", told), "GetObject": refusal("X", told, 400)}
    )
    refused = upload(world, b"2", study=shelf.study, by=STUDY_MEMBER)
    broken = download(world, document["path"], by=STUDY_MEMBER)
    assert (refused.code, broken.status_code) == ("STORAGE_FAILED", 502)
    for text in (refused.message, broken.text):
        assert "verify the storage" in text
        assert bucket not in text
        assert "arn:" not in text
    # Those who may see storages learn why: of their own attempts, and of the member's in the activity.
    assert bucket in upload(world, b"2", study=shelf.study).message
    assert bucket in download(world, document["path"]).text
    assert bucket in world.activity(action="version.create")[1]["summary"]


def test_a_key_that_is_revoked_in_the_middle(shelf: Shelf) -> None:
    def revoking(asked: Asked) -> Answer | None:
        if asked.query["partNumber"] == ["2"]:
            shelf.cloud.delete_keys(shelf.place.keys)
        return None

    shelf.proxy.rules["UploadPart"] = revoking
    answer = upload(shelf.world, LARGE, study=shelf.study)
    assert answer.code == "STORAGE_FAILED"
    assert "does not know the access key" in answer.message
    assert shelf.versions() == []
    # Nobody could abort it with that key: it waits in the journal for better keys.
    assert len(shelf.journal()) == len(shelf.open_uploads()) == 1


def test_a_storage_deleted_meanwhile_keeps_nothing(shelf: Shelf) -> None:
    delete = "mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }"

    def deleting(asked: Asked) -> Answer | None:
        assert shelf.world.post(delete, {"id": shelf.storage}).code == "OK"
        return None

    shelf.proxy.rules["CompleteMultipartUpload"] = deleting
    answer = upload(shelf.world, LARGE, study=shelf.study)
    assert answer.code == "CONFLICT"
    assert "was deleted while the file was uploaded" in answer.message
    assert shelf.is_empty()


def test_a_study_reassigned_meanwhile_keeps_the_version_where_it_was_sent(shelf: Shelf) -> None:
    change = "mutation ($id: ID!, $to: ID!) { updateStorages(id: $id, input: {documentBucket: $to}) { id } }"
    other = shelf.world.create_storage(shelf.cloud.place()).value["id"]

    def reassigning(asked: Asked) -> Answer | None:
        assert shelf.world.post(change, {"id": shelf.study, "to": other}).code == "OK"
        return None

    shelf.proxy.rules["CompleteMultipartUpload"] = reassigning
    version = upload(shelf.world, LARGE, study=shelf.study).value
    assert version["place"] == "STRANDED"
    assert shelf.objects() == [version["key"]]


def test_what_happened_is_in_the_activity(shelf: Shelf) -> None:
    upload(shelf.world, b"12", "ok.csv", study=shelf.study)
    shelf.proxy.rules["PutObject"] = refusal("AccessDenied", 403)
    upload(shelf.world, b"12", "refused.csv", study=shelf.study)
    lines = shelf.world.activity(action="version.create")[:2]
    assert [(line["subjectName"], line["outcome"]) for line in lines] == [
        ("refused.csv", "FAILED"),
        ("ok.csv", "SUCCEEDED"),
    ]
