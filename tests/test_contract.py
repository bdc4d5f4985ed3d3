"""The contract itself: every field is documented, and the documentation made from it is up to date."""

from graphql import build_schema

from dwtui.contract.reference import REFERENCE, contract_schema, reference, undocumented


def test_every_type_field_and_value_says_what_it_is_and_who_may_read_it() -> None:
    assert undocumented(contract_schema()) == {}


def test_what_is_left_unsaid_is_found() -> None:
    schema = build_schema('"T." type T { a: Int "B." b: Int "C. Read by all." c: Int } type Query { t: T }')
    assert undocumented(schema) == {
        "T.a": "no description",
        "T.b": "not said who may read it",
        "Query": "no description",
        "Query.t": "no description",
    }


def test_the_reference_is_fresh() -> None:
    assert REFERENCE.read_text() == reference(), "run `uv run python -m dwtui.contract.reference`"
