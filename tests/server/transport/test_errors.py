"""What is told of a failure, what is masked, and what never shows: neither in an answer nor in the log."""

import json
from typing import Any

import pytest
from graphql import GraphQLNonNull, Undefined
from graphql.utilities import coerce_input_value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.transport.conftest import Api
from tests.server.transport.schema import make_schema

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
KEEP = "mutation Keep($input: Keys!) { keep(input: $input) }"


def graphql_takes(value: Any) -> bool:
    kind = GraphQLNonNull(make_schema().type_map["Keys"])
    return coerce_input_value(value, kind) is not Undefined


def only_error(answer: Any) -> dict[str, Any]:
    (error,) = answer.json()["errors"]
    return error


def test_application_errors_are_told_with_code_path_and_extensions(api: Api) -> None:
    assert api.ask("{ refuse }").json() == {
        "data": None,
        "errors": [
            {
                "message": "There is no such thing.",
                "path": ["refuse"],
                "extensions": {"code": "NOT_FOUND", "hint": "look elsewhere"},
            }
        ],
    }
    assert only_error(api.ask("{ it: conflict }")) == {
        "message": "Somebody was faster.",
        "path": ["it"],
        "extensions": {"code": "CONFLICT", "revision": 7},
    }


def test_application_errors_are_found_in_task_groups(api: Api) -> None:
    assert only_error(api.ask("{ grouped }"))["extensions"] == {"code": "BAD_USER_INPUT", "field": "name"}


@pytest.mark.parametrize(
    "query", ["{ boom }", "{ bare }", "{ broken }", "{ hidden }", "{ cancelSelf }", "{ row { name } boom }"]
)
def test_unforeseen_errors_are_masked_and_logged_under_the_id_they_name(api: Api, query: str) -> None:
    answer = api.ask(query)
    request_id = answer.headers["x-request-id"]
    error = only_error(answer)
    assert error["message"] == f"Something went wrong on our side. Tell support the request id {request_id}."
    assert error["extensions"] == {"code": "INTERNAL", "requestId": request_id}
    assert "internals" not in answer.text
    logged = [line for line in api.lines(request_id) if "exception" in line]
    assert len(logged) == 1
    assert "Traceback" in logged[0]["exception"]
    assert logged[0]["level"] == "error"


def test_what_the_client_sent_is_scrubbed_from_the_logged_exception(api: Api) -> None:
    plain = "correct horse battery staple"
    by_variable = api.ask("query($s: String) { boom(secret: $s) }", {"s": plain})
    by_literal = api.ask(f'{{ boom(secret: "{plain}") }}')
    quoted = api.ask("query($s: String) { boom(secret: $s) }", {"s": f"{plain}'\"\n{plain}"})
    for answer in (by_variable, by_literal, quoted):
        lines = api.lines(answer.headers["x-request-id"])
        assert "could not connect with" in json.dumps(lines)
        assert "horse" not in json.dumps(lines)
        assert "horse" not in answer.text
    assert "[$s]" in json.dumps(api.lines(by_variable.headers["x-request-id"]))


def test_of_a_request_with_very_many_values_no_message_is_logged(api: Api) -> None:
    values = {"s": "open sesame", **{f"v{n}": f"some value {n}" for n in range(1100)}}
    answer = api.ask("query($s: String) { boom(secret: $s) }", values)
    logged = json.dumps(api.lines(answer.headers["x-request-id"]))
    assert "WrongError" in logged
    assert "valid-token" not in logged
    assert "sesame" not in logged


def test_the_token_is_masked_in_the_logged_exception(api: Api) -> None:
    answer = api.ask("{ boom }", Authorization="Bearer valid dwt_abcdefghijklmnopqrstuvwxyz0123456789ABCD")
    logged = json.dumps(api.lines(answer.headers["x-request-id"]))
    assert "dwt_[hidden]" in logged
    assert "abcdefghij" not in logged


@pytest.mark.parametrize("token", ["broken-open", "broken-close"])
def test_a_context_that_breaks_down_is_masked(api: Api, token: str) -> None:
    answer = api.ask("{ ping }", Authorization=f"Bearer {token}")
    assert answer.status_code == 500
    assert only_error(answer)["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in answer.text
    assert any("exception" in line for line in api.lines(answer.headers["x-request-id"]))


def test_the_log_line_of_a_request_says_what_and_how_long_but_no_values(api: Api) -> None:
    answer = api.ask(KEEP, {"input": {"name": "a name to be kept quiet", "secretKey": SECRET}})
    assert answer.json() == {"data": {"keep": "a name to be kept quiet"}}
    (line,) = api.lines(answer.headers["x-request-id"])
    assert {name: line[name] for name in ("message", "operation", "kind", "status", "codes")} == {
        "message": "answered",
        "operation": "Keep",
        "kind": "mutation",
        "status": 200,
        "codes": [],
    }
    assert line["milliseconds"] > 0
    assert "quiet" not in api.log.getvalue()
    refused = api.lines(api.ask("{ refuse }").headers["x-request-id"])[-1]
    assert (refused["status"], refused["codes"]) == (200, ["NOT_FOUND"])


class TestVariables:
    """Wrong variables: told by place and by what they should be, never by value."""

    @pytest.mark.parametrize(
        ("given_input", "message", "field"),
        [
            ({"name": 7}, "$input.name must be a String.", "name"),
            ({"name": None}, "$input.name must not be null; it must be a String.", "name"),
            ({}, "$input.name is missing; it must be a String.", "name"),
            ({"name": "n", "secretKey": 1}, "$input.secretKey must be a String.", "secretKey"),
            ({"name": "n", "secretKey": [SECRET]}, "$input.secretKey must be a String.", "secretKey"),
            ({"name": "n", "secretKey": {"is": SECRET}}, "$input.secretKey must be a String.", "secretKey"),
            ({"name": "n", "waitForKeys": SECRET}, "$input.waitForKeys must be an Int.", "waitForKeys"),
            ({"name": "n", "waitForKeys": 2**31}, "$input.waitForKeys must be an Int.", "waitForKeys"),
            ({"name": "n", "since": SECRET}, "$input.since must be a DateTime.", "since"),
            ({"name": "n", "uses": [SECRET]}, "$input.uses[0] must be one of DOCUMENTS, DATA.", "uses"),
            (
                {"name": "n", "uses": ["DATA", None]},
                "$input.uses[1] must not be null; it must be one of DOCUMENTS, DATA.",
                "uses",
            ),
            ({"name": "n", "uses": SECRET}, "$input.uses must be one of DOCUMENTS, DATA.", "uses"),
            (SECRET, "$input must be an object (Keys).", "input"),
            ([SECRET], "$input must be an object (Keys).", "input"),
            (None, "$input must not be null; it must be an object (Keys).", "input"),
            (
                {"name": "n", "secretkey": SECRET},
                "$input has fields that Keys does not know: secretkey.",
                "input",
            ),
            (
                {"name": "n", "AKIAIOSFODNN7EXAMPLE": 1},
                "$input has fields that Keys does not know: AKIA[hidden].",
                "input",
            ),
            ({"name": "n", SECRET: 1}, "$input has fields that Keys does not know.", "input"),
            (
                {"name": "n", "secretKey": SECRET + "\0"},
                "$input.secretKey holds a NUL character, which no text may have.",
                "secretKey",
            ),
            (
                {"name": "\ud800", "secretKey": SECRET},
                "$input.name holds half a surrogate pair, which is no character.",
                "name",
            ),
        ],
    )
    def test_one_fault(self, api: Api, given_input: Any, message: str, field: str) -> None:
        with api.client(**{"Content-Type": "application/json"}) as client:
            body = json.dumps({"query": KEEP, "variables": {"input": given_input}})
            answer = client.post("/graphql", content=body)
        assert answer.status_code == 400
        assert only_error(answer) == {
            "message": message,
            "extensions": {"code": "BAD_USER_INPUT", "field": field},
        }
        self.assert_nowhere(api, answer)

    def test_several_faults_are_told_at_once(self, api: Api) -> None:
        answer = api.ask(KEEP, {"input": {"secretKey": 1, "uses": [1, 2]}})
        fields = [error["extensions"]["field"] for error in answer.json()["errors"]]
        assert sorted(fields) == ["name", "secretKey", "uses", "uses"]

    def test_a_missing_variable(self, api: Api) -> None:
        error = only_error(api.ask(KEEP))
        assert error["message"] == "$input is missing; it must be an object (Keys)."

    def test_a_variable_that_nobody_asked_for_is_ignored(self, api: Api) -> None:
        assert api.ask("{ ping }", {"x": SECRET}).json() == {"data": {"ping": "pong"}}

    def test_a_variable_without_a_value_inside_an_object(self, api: Api) -> None:
        given = '{name: $n, secretKey: $s, accessKey: "AKIAIOSFODNN7EXAMPLE"}'
        query = f"mutation($n: String, $s: String) {{ keep(input: {given}) }}"
        answer = api.ask(query, {"s": SECRET})
        assert only_error(answer)["extensions"]["code"] == "BAD_USER_INPUT"
        assert "AKIA" not in answer.text
        self.assert_nowhere(api, answer)

    def test_inputs_arrive_as_they_were_sent(self, api: Api) -> None:
        api.ask(KEEP, {"input": {"name": "n", "uses": ["DATA"], "secretKey": SECRET, "waitForKeys": 3}})
        assert api.seen.received[-1] == {"name": "n", "uses": ["DATA"], "secretKey": SECRET, "waitForKeys": 3}

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        extra=st.dictionaries(
            st.sampled_from(["name", "accessKey", "secretKey", "uses", "waitForKeys", "since", "other"]),
            st.recursive(
                st.sampled_from([SECRET, SECRET + "\n", 5, None, True, "DATA"]),
                lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("name"), inner),
                max_leaves=5,
            ),
        )
    )  # fmt: skip
    def test_no_combination_of_faults_shows_a_value(self, api: Api, extra: dict[str, Any]) -> None:
        answer = api.ask(KEEP, {"input": extra})
        if answer.status_code == 200 and answer.json().get("data"):  # nothing was wrong with it
            assert answer.json() == {"data": {"keep": extra["name"]}}
            assert not isinstance(extra.get("secretKey"), int | list | dict)
        else:
            assert answer.status_code == 400
            assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {"BAD_USER_INPUT"}
            self.assert_nowhere(api, answer)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        value=st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.sampled_from(["n", "DATA"]),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["name", "uses", "waitForKeys", "secretKey"]), inner, max_size=3
                )
            ),
            max_leaves=6,
        )
    )
    def test_what_is_refused_is_just_what_graphql_refuses(self, api: Api, value: Any) -> None:
        expected = graphql_takes(value)
        answer = api.ask(KEEP, {"input": value})
        assert (answer.status_code == 200) == expected, answer.text

    def assert_nowhere(self, api: Api, answer: Any) -> None:
        assert SECRET[:12] not in answer.text
        api.lines(answer.headers["x-request-id"])
        assert SECRET[:12] not in api.log.getvalue()


class TestDocuments:
    """What is wrong in the document itself: told by place, values never quoted."""

    @pytest.mark.parametrize(
        ("query", "line_and_column"),
        [
            (f'mutation {{ keep(input: {{name: "n", secretKey: {SECRET[:10]}}}) }}', (1, 47)),
            (f'mutation {{ keep(input: {{name: "n", secretKey: ["{SECRET}"]}}) }}', (1, 24)),
            (f'mutation {{ keep(input: {{secretKey: "{SECRET}"}}) }}', (1, 24)),
            (f'mutation {{\n keep(input: "{SECRET}") }}', (2, 14)),
            (f'mutation {{ keep(input: {{name: "n", secretKey: "{SECRET}}}) }}', (1, 92)),
            (f'mutation {{ keep(input: {{name: "n", secretKey: "" {SECRET[:10]} }}) }}', (1, 61)),
            (f'mutation($i: Keys! = {{secretKey: "{SECRET}"}}) {{ keep(input: $i) }}', (1, 22)),
            (f'mutation {{ keep(input: {{name: "n", uses: ["{SECRET}"]}}) }}', (1, 43)),
            ('{ echo(text: "\\u0000' + SECRET + '") }', (1, 14)),
        ],
    )  # fmt: skip
    def test_a_wrong_literal_is_not_quoted(
        self, api: Api, query: str, line_and_column: tuple[int, int]
    ) -> None:
        answer = api.ask(query)
        assert answer.status_code == 400
        error = answer.json()["errors"][0]
        assert error["extensions"] == {"code": "BAD_USER_INPUT"}
        line, column = line_and_column
        assert error["locations"][0] == {"line": line, "column": column}
        assert SECRET[:10] not in answer.text
        api.lines(answer.headers["x-request-id"])
        assert SECRET[:10] not in api.log.getvalue()

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ('{ rows(first: "many") { totalCount } }', "The value given here must be an Int."),
            ("{ echo(text: word) }", "The value given here must be a String."),
            ("{ needs(text: null) }", "The value given here must not be null; it must be a String."),
            (
                'mutation { keep(input: {name: "n", uses: [DATA, WRONG]}) }',
                "`uses[1]` given here must be one of DOCUMENTS, DATA.",
            ),
            (
                'mutation { keep(input: {name: "n", uses: "DATA"}) }',
                "`uses` given here must be one of DOCUMENTS, DATA.",
            ),
            ("mutation { keep(input: {uses: DATA}) }", "`name` given here is missing; it must be a String."),
            (
                'mutation { keep(input: {name: "n", nope: 1}) }',
                "The value given here has fields that Keys does not know: nope.",
            ),
            ('mutation { keep(input: "n") }', "The value given here must be an object (Keys)."),
        ],
    )
    def test_a_wrong_literal_is_described(self, api: Api, query: str, message: str) -> None:
        assert only_error(api.ask(query))["message"] == message

    def test_syntax_errors_say_what_was_expected(self, api: Api) -> None:
        error = only_error(api.ask("query { ping "))
        assert error["message"] == "The query document has a syntax error: expected name here."
        assert error["locations"] == [{"line": 1, "column": 14}]

    def test_unknown_fields_are_named_and_suggested(self, api: Api, strict_api: Api) -> None:
        assert "Did you mean 'ping'" in only_error(api.ask("{ pin }"))["message"]
        assert "ping" not in strict_api.ask("{ pin }").text
