"""Secrets and tokens go in and never out: not in answers, the log, the activity, nor the database's files."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from dwtui.server.s3.keys import KeyPair
from tests.support.api import api_process, settings_for
from tests.support.cloud import Cloud, Keys, Place
from tests.support.databases import sqlite_database
from tests.support.world import ADMINISTRATOR, World, build_world, make_people


@pytest.fixture(scope="module")
def database_kind() -> str:
    return "sqlite"


def spellings(secret: str) -> Iterator[bytes]:
    """The secret in the encodings it could hide in: plain, hex, quoted, and in base64 wherever it begins."""
    plain = secret.encode()
    yield plain
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield quote(secret, safe="").encode()
    yield json.dumps(secret)[1:-1].encode()
    yield plain.decode().encode("utf-16-le")
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            encoded = encode(b"\0" * before + plain)
            first = -(-before * 4 // 3)
            yield encoded[first + 1 : len(encoded) - 4]


def found_in(content: bytes, secrets: dict[str, str]) -> list[str]:
    return [name for name, secret in secrets.items() if any(it in content for it in spellings(secret))]


def test_the_search_finds_every_spelling() -> None:
    secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    for hidden in (
        secret,
        secret.encode().hex(),
        quote(secret, safe=""),
        base64.b64encode(f'["AKIA","{secret}"]'.encode()).decode(),
        base64.b64encode(f"x{secret}y".encode()).decode(),
        base64.urlsafe_b64encode(f"xy{secret}".encode()).decode(),
    ):
        assert found_in(f"before {hidden} after".encode(), {"it": secret}) == ["it"], hidden


def test_a_day_of_work_and_a_day_of_mistakes(cloud: Cloud, tmp_path: Path) -> None:
    settings = settings_for(sqlite_database(tmp_path), tmp_path)
    log = tmp_path / "log"
    with api_process(settings, cloud.environment(), log) as process:
        people = make_people(settings)
        world = build_world(settings, process.client, people)
        place, other = cloud.place(), cloud.place()
        new, wrong = cloud.user(place.bucket), Keys(place.keys.access_key, "Wr0ng/" + "s" * 34)
        answers = work(world, place, new, wrong) + mistakes(world, other, people.tokens[ADMINISTRATOR])
        secrets = {
            "the first secret": place.keys.secret_key,
            "the rotated secret": new.secret_key,
            "a wrong secret": wrong.secret_key,
            "a secret in a wrong place": other.keys.secret_key,
            "the application's secret": cloud.application_keys.secret_key,
            **{f"the token of the {who}": token for who, token in people.tokens.items()},
        }
        answers.append(json.dumps(world.activity()))
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        assert any(name.endswith("-wal") for name in files), "the write-ahead log is to be looked into, too"

    files["log"] = log.read_bytes()
    assert b"answered" in files["log"]
    for name, content in files.items():
        assert found_in(content, secrets) == [], name
    for answer in answers:
        assert found_in(answer.encode(), secrets) == [], answer[:300]


def work(world: World, place: Place, new: Keys, wrong: Keys) -> list[str]:
    """Attach, verify, rotate, list: what the answers were."""
    created = world.create_storage(place, uses=["DATA"])
    storage = created.value["id"]
    bad = world.create_storage(Place(place.bucket, wrong, place.account), uses=["DATA"])
    rejected = world.update_storage(storage, **wrong.input())
    rotated = world.update_storage(storage, **new.input())
    query = (
        "query ($id: ID!) { storageBackend(id: $id) "
        "{ accessKey secretKey verification { probes { message remedy } } } }"
    )
    shown = world.post(query, {"id": storage})
    assert (bad.code, rejected.code, rotated.code) == ("VERIFICATION_FAILED", "VERIFICATION_FAILED", "OK")
    assert shown.value["secretKey"] is None
    return [json.dumps(answer.body) for answer in (created, bad, rejected, rotated, shown)]


def mistakes(world: World, place: Place, token: str) -> list[str]:
    """A secret where it does not belong, in every way a client may get it wrong."""
    secret = place.keys.secret_key
    create = "mutation ($input: CreateStorageBackendInput!) { createStorageBackend(input: $input) { id } }"
    good = {"name": "Mistake", "organization": world.organization, **place.input(), "uses": ["DATA"]}
    asked = [
        (create, {"input": {**good, "secretKey": {"oops": secret}}}),
        (create, {"input": {**good, "secretKey": [secret, secret]}}),
        (create, {"input": {**good, "bucket": secret}}),
        (create, {"input": {**good, "uses": [secret]}}),
        (create, {"input": {**good, "prefix": f"a//{secret}"}}),
        (create, {"input": {**good, "accessKey": secret, "secretKey": place.keys.access_key}}),
        (create, {"input": {**good, "endpointUrl": f"https://user:{secret}@s3.example.org"}}),
        (create, {"input": {**good, "waitForKeys": secret}}),
        (create, {"input": {**good, "organization": secret}}),
        (create.replace("$input)", f'$input, secretKey: "{secret}")'), {"input": good}),
        (f'mutation {{ createStorageBackend(input: {{ secretKey: "{secret}" }}) {{ id }} }}', {}),
        (f'{{ storageBackend(id: "{secret}") {{ id }} }}', {}),
        (f'{{ storageBackend(id: "{secret}" ', {}),
        (
            f'{{ allStorageBackends(organization: "{world.organization}", after: "{secret}") {{ totalCount }} }}',
            {},
        ),
        (f'{{ study(id: "{token}") {{ id }} }}', {}),
    ]
    bodies = []
    for query, variables in asked:
        answer = world.post(query, variables)
        assert answer.errors, query
        bodies.append(json.dumps(answer.body))
    url = f"/graphql?token={token}"
    bodies.append(world.client.http.get(url).text)
    bodies.append(world.client.http.post(url, content=f"{{{secret}").text)
    return bodies


def test_a_key_pair_shows_its_end_only(place: Place) -> None:
    pair = KeyPair(place.keys.access_key, place.keys.secret_key)

    for shown in (repr(pair), str(pair), f"{pair}", str([pair]), str(vars(type(pair)))):
        assert place.keys.secret_key not in shown
        assert place.keys.access_key not in shown
