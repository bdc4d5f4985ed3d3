"""The suggested policy as a CloudFormation template in YAML."""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

# What YAML does not take as it stands within double quotes, beyond what JSON escapes already.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def cloudformation_template(user_name: str, policy: dict[str, Any]) -> str:
    """A template that makes the IAM user with the policy. The key pair is made later: no stack keeps it."""
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "An IAM user who may do what the storage needs, and no more.",
        "Resources": {
            "StorageUser": {"Type": "AWS::IAM::User", "Properties": {"UserName": user_name}},
            "StoragePolicy": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {
                    "ManagedPolicyName": user_name,
                    "Users": [{"Ref": "StorageUser"}],
                    "PolicyDocument": policy,
                },
            },
        },
        "Outputs": {"UserName": {"Value": {"Ref": "StorageUser"}}},
    }
    return "\n".join(
        [
            "# Deploy it, as storage.yaml, with:",
            "#   aws cloudformation deploy --stack-name storage-user --template-file storage.yaml \\",
            "#     --capabilities CAPABILITY_NAMED_IAM",
            f"# Then make the key pair: aws iam create-access-key --user-name {shlex.quote(user_name)}",
            *_lines(template, ""),
            "",
        ]
    )


def _lines(node: dict[str, Any] | list[Any], indent: str) -> Iterator[str]:
    """A mapping or list in YAML's block style, all texts quoted."""
    items = [(f"{key}:", value) for key, value in _keyed(node)] if isinstance(node, dict) else []
    if isinstance(node, list):
        items = [("-", value) for value in node]
    for head, value in items:
        if not isinstance(value, dict | list):
            yield f"{indent}{head} {_quoted(str(value))}"
            continue
        inner = list(_lines(value, f"{indent}  "))
        if head == "-":
            yield f"{indent}- {inner[0].lstrip()}"
            yield from inner[1:]
        else:
            yield f"{indent}{head}"
            yield from inner


def _keyed(node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        yield (key if key.isalnum() else _quoted(key)), value


def _quoted(text: str) -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped)
