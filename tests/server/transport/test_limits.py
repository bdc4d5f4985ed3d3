"""What one request may ask for; documents made to hurt are refused before they cost anything."""

import time
from pathlib import Path
from typing import Any

import pytest
from ariadne import load_schema_from_path
from graphql import build_schema, get_introspection_query
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dwtui.contract
from dwtui.server.transport.documents import Documents
from dwtui.server.transport.limits import Limits
from dwtui.server.transport.parameters import Parameters
from tests.server.transport.conftest import Api


def refusal(api: Api, query: str, variables: Any = None) -> str:
    """Why it was refused, with LIMIT_EXCEEDED."""
    answer = api.ask(query, variables)
    assert answer.status_code == 400, answer.text[:300]
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED"}
    return error["message"]


class TestHostileDocuments:
    """With the default limits. Each is to be refused in a moment: without limits some take seconds."""

    @pytest.mark.parametrize(
        ("query", "says"),
        [
            ("{" + " ".join(f"a{n}: ping" for n in range(10_000)) + "}", "longer than 100,000 characters"),
            ("{" + " ".join(f"a{n}: ping" for n in range(5_000)) + "}", "longer than 4,000 tokens"),
            ("{" + " ".join(f"a{n}: ping" for n in range(900)) + "}", "900 aliases"),
            ("{ " + "p" * 100_000 + " }", "longer than 100,000 characters"),
            ("{" + "ping " * 3000 + "}", "2,999 aliases and repeated fields"),
            ("{" + "...{ ping } " * 900 + "}", "899 aliases and repeated fields"),
            ("{" + "row { " * 300 + "id" + " }" * 301, "nested too deeply"),
            ("{" + "row { " * 50 + "id" + " }" * 51, "51 levels of fields"),
            ("#\n" * 5000 + "{ ping }", "longer than 4,000 tokens"),
            ("{ ping }" + "".join(f"fragment F{n} on Query {{ ping }}" for n in range(60)), "60 fragments"),
            (
                "{ ...F0 }"
                + "".join(f"fragment F{n} on Query {{ ping ...F{n + 1} ...F{n + 1} }}" for n in range(40))
                + "fragment F40 on Query { ping }",
                "fields at the top of an operation",
            ),
            (
                "{ row { ...F0 } }"
                + "".join(
                    f"fragment F{n} on Row {{ a: row {{ ...F{n + 1} }} b: row {{ ...F{n + 1} }} }}"
                    for n in range(40)
                )
                + "fragment F40 on Row { id }",
                "levels of fields",
            ),
            (
                "{ row { ...F0 } }"
                + "".join(f"fragment F{n} on Row {{ id ...F{n + 1} ...F{n + 1} }}" for n in range(40))
                + "fragment F40 on Row { id }",
                "asks for about",
            ),
            ("{ row {" + "others { " * 6 + "id" + " }" * 8, "asks for about"),
            (
                "{ rows(first: 1000) { edges { node { rows(first: 500) { edges { cursor } } } } } }",
                "asks for",
            ),
        ],
        ids=lambda value: value[:20],
    )
    def test_refused_quickly(self, api: Api, query: str, says: str) -> None:
        began = time.process_time()
        assert says in refusal(api, query)
        assert time.process_time() - began < 2  # a guard against seconds, not a measurement

    @pytest.mark.parametrize(
        "query",
        [
            "{ ...A } fragment A on Query { ...A }",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ping ...A }",
            "{ row { ...A } } fragment A on Row { row { ...A } }",
            "{ row { ...A } } fragment A on Row { a: row { ...B } ...B } fragment B on Row { row { ...A } }",
        ],
    )
    def test_circles_are_refused(self, api: Api, query: str) -> None:
        answer = api.ask(query)
        assert answer.status_code == 400
        assert "within itself" in answer.json()["errors"][0]["message"]

    def test_deep_introspection_is_refused(self, api: Api) -> None:
        query = "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
        answer = api.ask(query)
        assert answer.status_code == 400
        assert "introspection depth" in answer.json()["errors"][0]["message"]

    def test_a_mutation_is_not_run_many_times_over(self, api: Api) -> None:
        aliased = " ".join(f'a{n}: keep(input: {{name: "x{n}"}})' for n in range(21))
        before = len(api.seen.received)
        assert "21 fields at the top" in refusal(api, f"mutation {{ {aliased} }}")
        assert len(api.seen.received) == before


class TestHostileInputs:
    """Values that take the library minutes: it writes the whole input out for each of its faults."""

    @pytest.mark.parametrize(
        "value",
        [
            {"name": "n", **{f"f{number}": 1 for number in range(60_000)}},
            {"name": "n", "uses": [1] * 300_000},
            [[[{"name": 1}] * 100] * 100] * 5,
        ],
        ids=["unknown fields", "wrong items", "wrong nesting"],
    )
    def test_inputs_with_very_many_faults_are_refused_quickly(self, api: Api, value: Any) -> None:
        began = time.process_time()
        answer = api.ask("mutation($input: Keys!) { keep(input: $input) }", {"input": value})
        assert time.process_time() - began < 5  # a guard against minutes, not a measurement
        assert answer.status_code == 400
        assert len(answer.content) < 10_000

    def test_literals_with_very_many_faults_are_refused_quickly(self, api: Api) -> None:
        unknown = " ".join(f"f{number}: 1" for number in range(1200))
        began = time.process_time()
        answer = api.ask(f"mutation {{ keep(input: {{ name: 1 {unknown} }}) }}")
        assert time.process_time() - began < 5
        assert answer.status_code == 400
        assert len(answer.content) < 10_000


class TestEachLimit:
    """The strict API: depth 5, aliases 3, fragments 4, root fields 4, cost 1000, tokens 300."""

    @pytest.mark.parametrize(
        ("just", "too_much", "says"),
        [
            ("{row{row{row{row{id}}}}}", "{row{row{row{row{row{id}}}}}}", "6 levels of fields; at most 5"),
            (
                "{row{row{...A}}} fragment A on Row{row{...B}} fragment B on Row{row{id}}",
                "{row{row{...A}}} fragment A on Row{row{row{...B}}} fragment B on Row{row{id}}",
                "6 levels of fields; at most 5",
            ),
            ("{a:ping b:ping c:ping}", "{a:ping b:ping row{c:id d:id}}", "4 aliases and repeated fields"),
            ("{row{id id id id}}", "{row{id ...{id id} ...on Row{id} id}}", "4 aliases and repeated fields"),
            ("{ping optional bare conflict}", "{ping optional bare conflict refuse}", "5 fields at the top"),
            (
                "{...A ...A} fragment A on Query{ping}",
                "{...A ...A ping} fragment A on Query{ping bare}",
                "5 fields",
            ),
            (
                "{rows(first: 332){edges{node{id}cursor}}}",
                "{rows(first: 333){edges{node{id}cursor}}}",
                "1,001 fields;",
            ),
            (
                "{rows(first: 997){totalCount edges{cursor}}}",
                "{rows(first: 998){totalCount edges{cursor}}}",
                "1,001 ",
            ),
            ("{row{others{others{id}}}}", "{row{others{others{others{id}}}}}", "about 1,112 fields"),
            ("{row{rows{edges{cursor}}}}", "{row{others{rows(first:98){edges{cursor}}}}}", "about 1,002"),
            ("{" + "ping " * 4 + "}" + "#" * 2000, "{ping(" + "a:1 " * 100 + ")}", "longer than 300 tokens"),
        ],
    )
    def test_just_the_limit_is_allowed(self, strict_api: Api, just: str, too_much: str, says: str) -> None:
        allowed = strict_api.ask(just)
        assert allowed.status_code == 200, allowed.text
        assert says in refusal(strict_api, too_much)

    @pytest.mark.parametrize(
        ("first", "says"),
        [
            (500, "about 251,502 fields"),
            (2_000_000, "about 1,003,002 fields"),
            (-1, "about 1,003,002 fields"),
        ],
    )
    def test_the_page_counts_by_its_variable(self, api: Api, first: int, says: str) -> None:
        query = (
            "query($n: Int) { rows(first: $n) { edges { node { rows(first: $n) { edges { cursor } } } } } }"
        )
        assert "errors" not in api.ask(query, {"n": 20}).json()
        assert says in refusal(api, query, {"n": first})

    def test_the_page_counts_by_its_defaults(self, strict_api: Api) -> None:
        query = "query($n: Int = %s) { rows(first: $n) { edges { cursor } } }"
        assert strict_api.ask(query % "900").status_code == 200
        assert "about 1,002 fields" in refusal(strict_api, query % "5000")
        assert strict_api.ask(query % "5000", {"n": 10}).status_code == 200


def test_the_contract_can_be_introspected_within_the_default_limits() -> None:
    contract = build_schema(load_schema_from_path(Path(dwtui.contract.__file__).parent))
    documents = Documents(contract, Limits(), introspection=True)
    assert documents.read(Parameters(get_introspection_query())).name == "IntrospectionQuery"


class TestIntrospection:
    """A switch, and the one query that must always fit when it is on."""

    def test_the_full_query_of_tools_fits_the_default_limits(self, api: Api) -> None:
        query = get_introspection_query(
            descriptions=True,
            specified_by_url=True,
            directive_is_repeatable=True,
            schema_description=True,
            input_value_deprecation=True,
        )
        answer = api.ask(query)
        assert answer.status_code == 200, answer.text[:500]
        assert "Keys" in {it["name"] for it in answer.json()["data"]["__schema"]["types"]}

    @pytest.mark.parametrize("query", ["{ __schema { types { name } } }", '{ __type(name: "Row") { name } }'])
    def test_switched_off(self, strict_api: Api, query: str) -> None:
        answer = strict_api.ask(query)
        assert answer.status_code == 400
        assert "introspection has been disabled" in answer.json()["errors"][0]["message"]
        assert strict_api.ask("{ __typename }").json() == {"data": {"__typename": "Query"}}


names = st.sampled_from(["ping", "row", "rows", "others", "edges", "node", "id", "a: id", "b: row"])
selections = st.recursive(
    names | st.sampled_from(["...A", "...B", "...C"]),
    lambda inner: st.tuples(
        st.sampled_from(["row", "rows", "rows(first: 3)", "others", "edges", "node", "... on Row", "..."]),
        st.lists(inner, min_size=1, max_size=4),
    ).map(lambda it: f"{it[0]} {{ {' '.join(it[1])} }}"),
    max_leaves=12,
)
blocks = st.lists(selections, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=blocks, a=blocks, b=blocks, c=blocks)
def test_no_document_breaks_the_endpoint(api: Api, query: str, a: str, b: str, c: str) -> None:
    """Whatever the document: it is executed or refused, never answered with a fault of ours."""
    fragments = f"fragment A on Row {{ {a} }} fragment B on Query {{ {b} }} fragment C on Row {{ {c} }}"
    answer = api.ask(f"{{ {query} }} {fragments}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
        assert codes <= {"BAD_USER_INPUT", "LIMIT_EXCEEDED"}
