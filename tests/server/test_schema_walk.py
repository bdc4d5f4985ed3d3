"""Every field of every type is asked for in a full world: each of them resolves, and to something real."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_object_type,
    is_required_argument,
)

from dwtui.server.operating.places import allow_blank_keys
from dwtui.server.schema import executable_schema
from tests.support.cloud import Cloud, Place
from tests.support.documents import add_documents
from tests.support.world import World

DEPTH = 3
DEEPER = {"organization", "study", "relocationPreview"}
"Their members, documents and versions are further down."
NEVER = {
    "StorageBackend.secretKey": "secrets go in, never out",
    "SignedUrl.url": "asked for by the tests of downloads",
    "SignedUrl.expiresAt": "asked for by the tests of downloads",
    "VerificationEvent.planned": "asked for by the subscription alone",
    "VerificationEvent.probe": "asked for by the subscription alone",
    "VerificationEvent.waitingSeconds": "asked for by the subscription alone",
    "VerificationEvent.verification": "asked for by the subscription alone",
    "PlannedProbe.probe": "asked for by the subscription alone",
    "PlannedProbe.title": "asked for by the subscription alone",
    "PlannedProbe.required": "asked for by the subscription alone",
}


def selection(kind: GraphQLObjectType, depth: int) -> str:
    """All fields of a type that need no argument, down to a depth."""
    parts = []
    for name, field in kind.fields.items():
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        inner = get_named_type(field.type)
        if not is_object_type(inner):
            parts.append(name)
        elif depth:
            parts.append(f"{name} {selection(inner, depth - 1)}")
    return "{ __typename " + " ".join(parts) + " }"


def found(value: Any) -> Iterator[str]:
    """`Type.field` of everything in an answer that is not null."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if inner is not None and "__typename" in value and name != "__typename":
                yield f"{value['__typename']}.{name}"
            yield from found(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from found(inner)


def object_fields(schema: GraphQLSchema) -> Iterator[tuple[str, GraphQLField]]:
    """`Type.field` of every object type but the roots."""
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    for name, kind in schema.type_map.items():
        if is_object_type(kind) and kind not in roots and not name.startswith("__"):
            for field_name, field in kind.fields.items():
                yield f"{name}.{field_name}", field


@pytest.fixture(scope="module")
def database_kind() -> str:
    """What a field resolves to does not depend on the database."""
    return "sqlite"


@pytest.fixture(scope="module")
def full_world(shared_world: World, cloud: Cloud) -> dict[str, str]:
    """Ids of a study, a storage at an endpoint of its own, and settings with an overlap."""
    world = shared_world
    place = cloud.place()
    storage = world.create_storage(place, name="Tumours", endpointUrl=cloud.endpoint).value["id"]
    study = world.create_study(name="Full", shortCode="FULL", externalId="phs000001").value["id"]
    use = (
        "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"
    )
    uses = {"documentBucket": storage, "dataBuckets": [storage]}
    assert world.post(use, {"id": study, "input": uses}).code == "OK"
    assert world.post('mutation { createToken(name: "old") { secret } }').code == "OK"
    lost = cloud.place()
    broken = world.create_storage(lost, name="Lost", uses=["DATA"]).value["id"]
    cloud.delete_keys(lost.keys)
    verify = "mutation ($id: ID!) { verifyStorageBackend(id: $id) { verdict } }"
    assert world.post(verify, {"id": broken}).value == {"verdict": "UNHEALTHY"}
    # a bucket whose owner gave no right to write: the probe that fails has a remedy and a statement
    read_only = cloud.place(actions=["s3:ListBucket", "s3:GetObject"])
    # documents: one at hand, one stranded, and one in a bucket whose keys are gone
    [document] = add_documents(world, world.own_study, ["a.csv"], storage=storage)
    add_documents(world, world.own_study, ["b.csv"], storage=broken)
    [lost_document] = add_documents(world, world.own_study, ["c.csv"], storage=broken)
    [(version,)] = world.sql("SELECT latest_id FROM documents WHERE id = :id", id=lost_document)
    return {
        "study": study,
        "storage": storage,
        "document": document,
        "lost_document": lost_document,
        "version": version,
        "unfit": broken,
        "bucket": place.bucket,
        **{f"bad_{name}": value for name, value in read_only.input().items()},
    }


def test_every_field_resolves_to_something_real(
    shared_world: World, cloud: Cloud, full_world: dict[str, str], blank_key_location: None
) -> None:
    world, schema = shared_world, executable_schema()
    queries = {
        "viewer": ({}, ""),
        "application": ({}, ""),
        "organization": ({"id": world.organization}, "id: $id"),
        "study": ({"id": world.own_study}, "id: $id"),
        "allStudies": ({"id": world.organization}, "organization: $id"),
        "storageBackend": ({"id": full_world["storage"]}, "id: $id"),
        "allStorageBackends": ({"id": world.organization}, "organization: $id"),
        "storageBackendDeletionImpact": ({"id": full_world["storage"]}, "id: $id"),
        "activity": ({"id": world.organization}, "organization: $id"),
        "document": ({"id": full_world["document"]}, "id: $id"),
        "version": ({"id": full_world["version"]}, "id: $id"),
        "relocationPreview": (
            {"id": world.own_study, "to": full_world["unfit"]},
            "study: $id, documentBucket: $to",
        ),
    }
    assert schema.query_type is not None
    real: set[str] = set()
    for name, (variables, arguments) in queries.items():
        kind = get_named_type(schema.query_type.fields[name].type)
        heads = ", ".join(f"${name}: ID!" for name in variables)
        head = f"query ({heads}) {{ {name}({arguments})" if arguments else f"{{ {name}"
        depth = DEPTH + 1 if name in DEEPER else DEPTH
        answer = world.post(f"{head} {selection(kind, depth)} }}", variables)
        real |= set(found(answer.data))

    check = {
        "organization": world.organization,
        "bucket": full_world["bucket"],
        "endpointUrl": cloud.endpoint,
        "name": "",
    }
    bad = {
        "organization": world.organization,
        "bucket": full_world["bad_bucket"],
        "accessKey": full_world["bad_accessKey"],
        "secretKey": full_world["bad_secretKey"],
    }
    asked = (
        ("query", "checkStorageBackend", "CheckStorageBackendInput!", check),
        ("query", "suggestedPolicy", "SuggestedPolicyInput!", {"bucket": "some-bucket"}),
        ("mutation", "verifyStorageBackend", "VerifyStorageBackendInput!", bad),
    )
    for operation, name, input_type, input in asked:
        root = schema.query_type if operation == "query" else schema.mutation_type
        assert root is not None
        kind = get_named_type(root.fields[name].type)
        document = f"{operation} ($input: {input_type}) {{ {name}(input: $input) {selection(kind, DEPTH)} }}"
        real |= set(found(world.post(document, {"input": input}).data))
    token = get_named_type(schema.mutation_type.fields["createToken"].type)
    real |= set(found(world.post(f'mutation {{ createToken(name: "x") {selection(token, 1)} }}').data))
    deletion = get_named_type(schema.mutation_type.fields["deleteFile"].type)
    delete = f"mutation ($id: ID!) {{ deleteFile(id: $id) {selection(deletion, 1)} }}"
    real |= set(found(world.post(delete, {"id": full_world["lost_document"]}).data))

    every = {name for name, _field in object_fields(schema)}
    assert every - real == set(NEVER)


def test_the_events_of_a_verification_resolve(shared_world: World, cloud: Cloud, place: Place) -> None:
    kind = executable_schema().type_map["VerificationEvent"]
    assert is_object_type(kind)
    document = (
        "subscription ($input: VerifyStorageBackendInput!) "
        f"{{ verifyStorageBackend(input: $input) {selection(kind, DEPTH)} }}"
    )
    unknown = {"accessKey": "AKIA" + "Q" * 16, "secretKey": "s" * 40}
    input = {"organization": shared_world.organization, "bucket": place.bucket, "waitForKeys": 1, **unknown}
    token = shared_world.people.tokens["administrator"]
    real: set[str] = set()

    with shared_world.client.events(document, {"input": input}, token) as events:
        for answer in events:
            real |= set(found(answer.data))

    of_events = ("VerificationEvent.", "PlannedProbe.")
    assert {name for name in NEVER if name.startswith(of_events)} <= real


@pytest.fixture(scope="module")
def blank_key_location(shared_world: World) -> None:
    """A place where the organization may use blank keys."""
    asyncio.run(
        allow_blank_keys(
            shared_world.settings, organization_id=shared_world.organization, bucket="operators", prefix="a"
        )
    )
