"""Every operation of the schema × every role: the table of who may do what, asked of the API itself."""

import pytest

from dwtui.server.schema import executable_schema
from tests.server.accounts.document_cases import CREATE_VERSION, DOCUMENT_CASES
from tests.server.accounts.permission_table import CASES, WORDS, Case, Scene, spare
from tests.support.cloud import Cloud
from tests.support.graphql import Answer
from tests.support.transfers import upload
from tests.support.world import EVERYBODY, World

TABLE = (*CASES, *DOCUMENT_CASES)


@pytest.fixture(scope="module")
def scene(shared_world: World, cloud: Cloud) -> Scene:
    storage = shared_world.create_storage(cloud.place(), name="Tumours", uses=["DATA"]).value["id"]
    user, email = spare(shared_world.settings)
    return Scene(shared_world, cloud, storage, email, user)


def ask(scene: Scene, case: Case, who: str) -> Answer:
    variables = case.variables(scene, who)
    if case.operation == CREATE_VERSION:
        return upload(scene.world, b"a,b\n", by=who, **variables)
    if not case.operation.startswith("Subscription."):
        return scene.world.post(case.document, variables, who)
    token = scene.world.people.tokens.get(who)
    with scene.world.client.events(case.document, variables, token) as events:
        return next(events)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.name)
def test_who_may_do_what(scene: Scene, case: Case, who: str) -> None:
    expected = case.answers[EVERYBODY.index(who)]

    answer = ask(scene, case, who)

    assert answer.code == WORDS[expected], answer.body
    if expected == "names":
        value = answer.value
        rows = [edge["node"] for edge in value["edges"]] if "edges" in value else [value]
        assert rows
        assert all(row["id"] and row["name"] and row["bucket"] is None for row in rows)


def test_the_table_has_every_operation() -> None:
    schema = executable_schema()
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    operations = {f"{root.name}.{field}" for root in roots if root for field in root.fields}

    assert {case.operation for case in TABLE} == operations
