"""The suggested policy as a Terraform configuration."""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

_TEMPLATE = re.compile(r"([$%]*)([$%])\{")


def terraform_configuration(user_name: str, policy: dict[str, Any]) -> str:
    """HCL that makes the IAM user with the policy. The key pair is made later: no state keeps it."""
    name = _quoted(user_name)
    document = "\n".join(_lines(policy, "    "))
    return f"""\
# An IAM user who may do what the storage needs, and no more.
# Then make the key pair: aws iam create-access-key --user-name {shlex.quote(user_name)}

resource "aws_iam_user" "storage" {{
  name = {name}
}}

resource "aws_iam_policy" "storage" {{
  name = {name}
  policy = jsonencode({{
{document}
  }})
}}

resource "aws_iam_user_policy_attachment" "storage" {{
  user       = aws_iam_user.storage.name
  policy_arn = aws_iam_policy.storage.arn
}}
"""


def _lines(node: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in node.items():
        yield f"{indent}{_quoted(key)} = {_value(value, indent)}"


def _value(value: Any, indent: str) -> str:
    if isinstance(value, dict):
        inner = "\n".join(_lines(value, f"{indent}  "))
        return f"{{\n{inner}\n{indent}}}"
    if isinstance(value, list):
        inner = ",\n".join(f"{indent}  {_value(item, f'{indent}  ')}" for item in value)
        return f"[\n{inner}\n{indent}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """An HCL string in ASCII, in which `${` and `%{` begin no template."""
    escaped = _TEMPLATE.sub(_literal_template, json.dumps(text, ensure_ascii=False))
    return "".join(_ascii(character) for character in escaped)


def _literal_template(match: re.Match[str]) -> str:
    # Of `$${` it is not plain which dollar escapes which: those before the last are spelled out.
    before = "".join(_spelled(character) for character in match.group(1))
    return f"{before}{match.group(2) * 2}{{"


def _ascii(character: str) -> str:
    if " " <= character <= "~":
        return character
    return _spelled(character)


def _spelled(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
