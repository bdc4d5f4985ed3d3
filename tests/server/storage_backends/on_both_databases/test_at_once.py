"""Several who change storages at the same moment: one of them is first, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.support.cloud import Cloud, Keys, Place
from tests.support.world import OUTSIDER, World


def test_of_two_who_take_a_name_at_once_one_gets_it(world: World, cloud: Cloud) -> None:
    places = [cloud.place() for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda place: world.create_storage(place, name="Tumours"), places))

    assert sorted(answer.code for answer in answers) == ["CONFLICT", "CONFLICT", "OK"]
    assert len(world.storages()) == 2


def test_of_two_who_edit_at_the_same_moment_one_is_told(world: World, cloud: Cloud, place: Place) -> None:
    storage = world.create_storage(place, uses=["DATA"]).value["id"]
    pairs = [cloud.user(place.bucket), cloud.user(place.bucket)]

    def rotate(pair: Keys) -> Any:
        return world.update_storage(storage, expectedRevision=1, **pair.input())

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(rotate, pairs))

    assert sorted(answer.code for answer in answers) == ["CONFLICT", "OK"]
    winner = pairs[[answer.code for answer in answers].index("OK")]
    query = "query ($id: ID!) { storageBackend(id: $id) { revision accessKey } }"
    assert world.post(query, {"id": storage}).value == {
        "revision": 2,
        "accessKey": f"…{winner.access_key[-4:]}",
    }


def test_of_two_organizations_that_attach_one_place_at_once_one_gets_it(world: World, cloud: Cloud) -> None:
    for _ in range(2):
        place = cloud.place()
        asking = [
            {"organization": world.organization, "prefix": "source", "uses": ["DATA"]},
            {
                "by": OUTSIDER,
                "organization": world.other_organization,
                "prefix": "source/wgs",
                "uses": ["DATA"],
            },
        ]

        with ThreadPoolExecutor(2) as pool:
            codes = list(pool.map(lambda it, place=place: world.create_storage(place, **it).code, asking))

        assert sorted(codes) == ["CONFLICT", "OK"]
        rows = world.sql("SELECT id FROM storage_backends WHERE bucket = :bucket", bucket=place.bucket)
        assert len(rows) == 1
