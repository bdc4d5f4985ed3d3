"""Downloads over HTTP: the bytes that were uploaded, to those who may have them, and never half of them unnoticed."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote, urlsplit

import httpx
import pytest

from dwtui.server import clock
from tests.server.documents.conftest import UPDATE_STORAGES, Shelf
from tests.server.s3 import fault_proxy
from tests.server.s3.fault_proxy import refusal
from tests.support.transfers import download, make_document, upload
from tests.support.world import (
    ADMINISTRATOR,
    EVERYBODY,
    MEMBER,
    NOBODY,
    OPERATOR,
    OUTSIDER,
    STUDY_ADMINISTRATOR,
    STUDY_MEMBER,
    SUPPORT,
    World,
)

CONTENT = bytes(range(256)) * 5_000
SIGN = "mutation ($id: ID!, $version: ID) { signedUrl(fileId: $id, version: $version) { url expiresAt } }"
STATUSES = {
    ADMINISTRATOR: 200,
    STUDY_ADMINISTRATOR: 200,
    STUDY_MEMBER: 200,
    SUPPORT: 403,
    MEMBER: 404,
    OUTSIDER: 404,
    OPERATOR: 404,
    NOBODY: 401,
}


@pytest.fixture(scope="module")
def document(shared_world: World) -> dict[str, str]:
    return make_document(shared_world, CONTENT, 'a "b".csv')


def code(answer: httpx.Response) -> str:
    (error,) = answer.json()["errors"]
    assert error["message"]
    return error["extensions"]["code"]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_may_have_them(shared_world: World, document: dict[str, str], who: str, method: str) -> None:
    answer = download(shared_world, document["path"], by=who, method=method)
    assert answer.status_code == STATUSES[who]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if method == "HEAD":
        assert answer.content == b""
    elif answer.status_code == 200:
        assert answer.content == CONTENT
    else:
        assert code(answer) in ("FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED")


def test_they_come_as_something_to_be_saved(shared_world: World, document: dict[str, str]) -> None:
    answer = download(shared_world, document["path"])
    sha256 = shared_world.sql("SELECT sha256 FROM versions WHERE id = :id", id=document["version"])[0][0]
    assert answer.headers["etag"] == f'"{sha256}"'
    assert answer.headers["content-type"] == "text/csv"
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"a _b_.csv\"; filename*=UTF-8''a%20%22b%22.csv"
    )


@pytest.mark.parametrize("name", ["שלום.pdf", "🧬.csv", "a;b=c'%22.txt", "<script>.html"])
def test_no_name_breaks_out_of_its_header(shared_world: World, name: str) -> None:
    answer = download(shared_world, make_document(shared_world, b"1", name)["path"])
    told = answer.headers["content-disposition"]
    assert unquote(told.rpartition("'")[2]) == name
    assert told.count('"') == 2
    assert told.isascii()


def test_the_path_without_a_version_gives_the_newest(shared_world: World) -> None:
    document = make_document(shared_world, b"1", "versions.csv")
    upload(shared_world, b"22", fileId=document["id"])
    newest = document["path"].partition("/version/")[0]
    assert (download(shared_world, newest).content, download(shared_world, document["path"]).content) == (
        b"22",
        b"1",
    )


def test_all_parts_of_the_path_must_fit(shared_world: World, document: dict[str, str]) -> None:
    other = make_document(shared_world, b"1", "other.csv")
    for path in (
        document["path"].replace(shared_world.own_study, shared_world.other_study),
        document["path"].replace(document["id"], other["id"]),
        document["path"].replace(document["version"], other["version"]),
        document["path"].replace(document["version"], "FV_00000000"),
        document["path"].replace(document["version"], "x%0Ay"),
    ):
        answer = download(shared_world, path)
        assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-", 5, 1_280_000),
        ("bytes=-7", 1_279_993, 1_280_000),
        ("bytes=100-99999999", 100, 1_280_000),
        ("Bytes=1279999-", 1_279_999, 1_280_000),
    ],
)
def test_a_range_of_them(
    shared_world: World, document: dict[str, str], asked: str, start: int, end: int
) -> None:
    answer = download(shared_world, document["path"], Range=asked)
    assert answer.status_code == 206
    assert answer.content == CONTENT[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/1280000"


@pytest.mark.parametrize("asked", ["bytes=5-1", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "x"])
def test_what_is_no_single_range_gives_all(shared_world: World, document: dict[str, str], asked: str) -> None:
    answer = download(shared_world, document["path"], Range=asked)
    assert (answer.status_code, answer.content) == (200, CONTENT)


@pytest.mark.parametrize("asked", ["bytes=1280000-", "bytes=-0", "bytes=9999999999999-"])
def test_a_range_behind_the_end_is_refused(shared_world: World, document: dict[str, str], asked: str) -> None:
    answer = download(shared_world, document["path"], Range=asked)
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */1280000")


def test_conditions(shared_world: World, document: dict[str, str]) -> None:
    etag = download(shared_world, document["path"], method="HEAD").headers["etag"]
    for asked in (etag, f'"x", W/{etag}', "*"):
        answer = download(shared_world, document["path"], If_None_Match=asked)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert download(shared_world, document["path"], If_None_Match='"x"').status_code == 200
    for condition, status in (
        (etag, 206),
        ('"x"', 200),
        (f"W/{etag}", 200),
        ("Mon, 23 Nov 2026 10:00:00 GMT", 200),
    ):
        answer = download(shared_world, document["path"], Range="bytes=0-3", If_Range=condition)
        assert answer.status_code == status


def test_other_methods_are_refused(shared_world: World, document: dict[str, str]) -> None:
    answer = download(shared_world, document["path"], method="POST")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_stranded_bytes_are_refused_with_what_brings_them_back(shelf: Shelf) -> None:
    document = make_document(shelf.world, b"1", study=shelf.study)
    other = shelf.world.create_storage(shelf.cloud.place()).value["id"]
    for storage, status in ((other, 409), (shelf.storage, 200)):
        shelf.world.post(UPDATE_STORAGES, {"id": shelf.study, "input": {"documentBucket": storage}})
        answer = download(shelf.world, document["path"])
        assert answer.status_code == status
        if status == 409:
            assert code(answer) == "STRANDED"
    shelf.world.post("mutation ($id: ID!) { deleteStorageBackend(id: $id) { id } }", {"id": shelf.storage})
    answer = download(shelf.world, document["path"])
    assert (answer.status_code, code(answer)) == (409, "DETACHED")


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (("AccessDenied", 403), 502, "s3:GetObject"),
        (("NoSuchKey", 404), 502, "no longer in the bucket"),
        (("NoSuchBucket", 404), 502, "There is no bucket"),
        (("InvalidObjectState", 403), 502, "archived"),
        (("InvalidAccessKeyId", 403), 502, "access key"),
        (("SlowDown", 503), 503, "Try again later"),
    ],
)
def test_what_s3_refuses_is_told_before_any_byte(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, error: tuple[str, int], status: int, says: str
) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    document = make_document(shelf.world, CONTENT, study=shelf.study)
    shelf.proxy.rules["GetObject"] = refusal(*error)
    answer = download(shelf.world, document["path"])
    assert (answer.status_code, code(answer)) == (status, "STORAGE_FAILED")
    assert says in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("cut", [0, 1, 600_000, len(CONTENT) - 1])
def test_an_s3_that_breaks_off_breaks_the_download_off(shelf: Shelf, cut: int) -> None:
    document = make_document(shelf.world, CONTENT, study=shelf.study)
    shelf.proxy.rules["GetObject"] = lambda asked: replace(fault_proxy._forward(shelf.proxy, asked), cut=cut)
    with pytest.raises(httpx.RemoteProtocolError):
        download(shelf.world, document["path"])


def test_an_object_that_was_overwritten_is_never_given_whole(shelf: Shelf) -> None:
    document = make_document(shelf.world, CONTENT, study=shelf.study)
    (key,) = shelf.objects()
    put = shelf.cloud.client("s3").put_object
    put(Bucket=shelf.place.bucket, Key=key, Body=CONTENT[:-1] + b"!")
    with pytest.raises(httpx.RemoteProtocolError):
        download(shelf.world, document["path"])
    for content, asked in ((CONTENT[:-1] + b"!", "bytes=0-9"), (b"shorter", None)):
        put(Bucket=shelf.place.bucket, Key=key, Body=content)
        answer = download(shelf.world, document["path"], **({"Range": asked} if asked else {}))
        assert answer.status_code == 502
        assert "overwritten" in answer.json()["errors"][0]["message"]
    put(Bucket=shelf.place.bucket, Key=key, Body=CONTENT)
    assert download(shelf.world, document["path"]).content == CONTENT


class TestSignedUrls:
    def signed(self, world: World, document: dict[str, str], by: str = ADMINISTRATOR) -> str:
        return world.post(SIGN, {"id": document["id"]}, by).value["url"]

    def test_it_gives_the_bytes_once_without_a_token(
        self, shared_world: World, document: dict[str, str]
    ) -> None:
        url = self.signed(shared_world, document)
        assert url.startswith(f"{shared_world.client.url}{document['path']}?token=")
        assert httpx.head(url).status_code == 200
        assert httpx.get(url).content == CONTENT
        answer = httpx.get(url)
        assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")

    def test_only_a_hash_of_it_is_kept(self, shared_world: World, document: dict[str, str]) -> None:
        secret = self.signed(shared_world, document).partition("token=")[2]
        kept = str(shared_world.sql("SELECT * FROM signed_urls"))
        assert secret not in kept
        assert document["version"] in kept

    def test_of_many_at_once_one_is_served(self, shared_world: World, document: dict[str, str]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        url = self.signed(shared_world, document)
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda _: httpx.get(url).status_code, range(8)))
        assert sorted(statuses) == [200] + [401] * 7

    def test_it_works_for_its_version_alone(self, shared_world: World, document: dict[str, str]) -> None:
        other = make_document(shared_world, b"1", "alone.csv")
        url = self.signed(shared_world, document)
        elsewhere = f"{shared_world.client.url}{other['path']}?{urlsplit(url).query}"
        assert httpx.get(elsewhere).status_code == 401
        assert httpx.get(url.replace(f"/version/{document['version']}", "")).status_code == 401
        assert httpx.get(url).status_code == 200

    def test_it_expires(
        self, shared_world: World, document: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = self.signed(shared_world, document)
        later = clock.now() + timedelta(seconds=60)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert httpx.get(url).status_code == 401

    def test_who_made_it_must_still_be_allowed(self, world: World) -> None:
        document = make_document(world, b"1")
        url = self.signed(world, document, STUDY_MEMBER)
        remove = "mutation ($o: ID!, $u: ID!) { removeMember(organization: $o, user: $u) { since } }"
        world.post(remove, {"o": world.organization, "u": world.people.users[STUDY_MEMBER]})
        assert httpx.get(url).status_code == 404

    def test_it_ends_with_the_token_it_was_made_with(self, world: World) -> None:
        create = 'mutation { createToken(name: "short") { secret token { id } } }'
        made = world.post(create)
        assert made.code == "OK", made.body
        document = make_document(world, b"1")
        url = world.client.post(SIGN, {"id": document["id"]}, made.value["secret"]).value["url"]
        assert httpx.head(url).status_code == 200
        world.post("mutation ($id: ID!) { revokeToken(id: $id) { id } }", {"id": made.value["token"]["id"]})
        answer = httpx.get(url)
        assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")
