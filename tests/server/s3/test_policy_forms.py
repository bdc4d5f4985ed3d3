"""The four forms of a suggested policy say the same, whatever the prefix holds."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dwtui.server.s3.location import Location, normalise_prefix, prefix_problems
from dwtui.server.s3.policy_forms.aws_cli import aws_cli_script
from dwtui.server.s3.policy_forms.cloudformation import cloudformation_template
from dwtui.server.s3.policy_forms.terraform import terraform_configuration
from dwtui.server.s3.suggestion import SuggestedPolicy, suggest_policy
from tests.server.s3.verifying import BOTH

NASTY = [
    "'; touch owned; '",
    "$(touch owned)",
    "`id`",
    '"',
    "\\",
    "${x}",
    "$${x}",
    "%{ if }",
    "%%{x}",
    "a: b #c",
    "{{x}}",
    "-",
    "END",
]
prefixes = (
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), max_size=4)
    .map("".join)
    .map(normalise_prefix)
    .filter(lambda prefix: not prefix_problems(prefix))
)


def suggested(prefix: str) -> tuple[SuggestedPolicy, dict[str, Any]]:
    policy = suggest_policy(Location("lab", prefix), BOTH)
    return policy, json.loads(policy.document)


@given(prefixes)
def test_cloudformation_is_yaml_of_the_same_policy(prefix: str) -> None:
    policy, document = suggested(prefix)
    template = yaml.safe_load(policy.cloud_formation)
    managed = template["Resources"]["StoragePolicy"]
    assert managed["Type"] == "AWS::IAM::ManagedPolicy"
    assert managed["Properties"]["PolicyDocument"] == document
    assert managed["Properties"]["Users"] == [{"Ref": "StorageUser"}]
    assert template["Resources"]["StorageUser"]["Properties"]["UserName"] == policy.user_name


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_yaml(text: str) -> None:
    template = yaml.safe_load(cloudformation_template("user", {"Version": text, "Statement": []}))
    assert template["Resources"]["StoragePolicy"]["Properties"]["PolicyDocument"]["Version"] == text


def hcl_string(quoted: str) -> str:
    """What Terraform reads in a quoted string; fails where a template would begin."""
    body = quoted[1:-1]
    assert not re.search(r"\$\$\$\{|%%%\{", body), "it is not plain which of them escapes which"
    tokens = re.findall(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\.|\$\$\{|%%\{|\$\{|%\{|[^\\\"]", body, re.DOTALL)
    assert "".join(tokens) == body
    assert "${" not in tokens
    assert "%{" not in tokens
    simple = {"\\n": "\n", "\\t": "\t", "\\r": "\r", '\\"': '"', "\\\\": "\\", "$${": "${", "%%{": "%{"}

    def read(token: str) -> str:
        if token in simple:
            return simple[token]
        if token[:2] in ("\\u", "\\U"):
            return chr(int(token[2:], 16))
        assert len(token) == 1, f"{token} is no escape in HCL"
        return token

    return "".join(read(token) for token in tokens)


STRING = r'"(?:[^"\\]|\\.)*"'


@given(prefixes)
def test_terraform_holds_the_same_policy(prefix: str) -> None:
    policy, document = suggested(prefix)
    assert policy.terraform.isascii()
    body = re.search(r"jsonencode\((\{.*\})\)\n", policy.terraform, re.DOTALL)
    assert body is not None
    # HCL's objects differ from JSON in `=` for `:`, missing commas, and the strings' escapes.
    text = re.sub(STRING, lambda m: json.dumps(hcl_string(m.group())), body.group(1))
    text = re.sub(rf"^(\s*{STRING}) = ", r"\1: ", text, flags=re.MULTILINE)
    text = re.sub(r'(["\]}])\n(\s*")', r"\1,\n\2", text)
    assert json.loads(text) == document


@pytest.mark.parametrize(
    "text", ["${x}", "$${x}", "$$${x}", "%{x}", "%%{x}", "$%{x}", "%${x}", "$", "{", "${", "$${${"]
)
def test_nothing_begins_a_template(text: str) -> None:
    configuration = terraform_configuration("user", {"Version": text})
    strings = re.findall(rf'"Version" = ({STRING})', configuration)
    assert [hcl_string(string) for string in strings] == [text]


@pytest.fixture(scope="session")
def fake_aws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An `aws` that writes down what it was called with."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "aws"
    script.write_text(
        '#!/bin/sh\nfor word in "$@"; do printf "%s\\0" "$word"; done >> "$CALLS"\nprintf "\\n" >> "$CALLS"\n'
    )
    script.chmod(0o755)
    return folder


def calls_of(script: str, fake_aws: Path, folder: Path, shell: str = "sh") -> list[list[str]]:
    calls = folder / "calls"
    calls.unlink(missing_ok=True)
    environment = {"PATH": f"{fake_aws}:{os.environ['PATH']}", "CALLS": str(calls)}
    done = subprocess.run(
        [shell], input=script.encode(), env=environment, cwd=folder, capture_output=True, check=True
    )
    assert done.stderr == b""
    return [line.split("\0")[:-1] for line in calls.read_text().split("\0\n")[:-1] for line in [line + "\0"]]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prefix=prefixes)
def test_shell_script_passes_the_policy_on_untouched(prefix: str, fake_aws: Path, tmp_path: Path) -> None:
    policy, document = suggested(prefix)
    calls = calls_of(policy.aws_cli, fake_aws, tmp_path)
    assert [call[:2] for call in calls] == [
        ["iam", "create-user"],
        ["iam", "create-policy"],
        ["iam", "attach-user-policy"],
        ["iam", "create-access-key"],
    ]
    create = dict(zip(calls[1][2::2], calls[1][3::2], strict=False))
    assert json.loads(create["--policy-document"]) == document
    assert create["--policy-name"] == policy.user_name
    assert [path.name for path in tmp_path.iterdir()] == ["calls"], "nothing else was run"


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_shell_script_with_all_that_is_nasty(shell: str, fake_aws: Path, tmp_path: Path) -> None:
    document = {"Statement": ["".join(NASTY) + "\n'\n"]}
    calls = calls_of(aws_cli_script("o'brien", document), fake_aws, tmp_path, shell)
    create = dict(zip(calls[1][2::2], calls[1][3::2], strict=False))
    assert json.loads(create["--policy-document"]) == document
    assert create["--policy-name"] == "o'brien"


def test_console_steps_name_the_user() -> None:
    policy, _ = suggested("source")
    assert any(policy.user_name in step for step in policy.console_steps)
    assert 5 <= len(policy.console_steps) <= 12
    assert all("\n" not in step for step in policy.console_steps)
