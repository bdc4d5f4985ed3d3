"""Key pairs come from a prompt, from standard input or from the environment, and never from an argument.

Arguments are seen by everyone on the machine and kept in the shell's history.
"""

import csv
import io
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from cyclopts import Group, Parameter

from dwtui.cli.asking import ask, ask_hidden
from dwtui.cli.outcome import UsageError

_LARGEST_INPUT = 65536
_ACCESS_NAMES = ("accesskeyid", "accesskey", "awsaccesskeyid")
_SECRET_NAMES = ("secretaccesskey", "secretkey", "awssecretaccesskey")
_FORBIDDEN_OPTION = re.compile(r"--(aws-)?(access|secret)(-access)?(-key)?(-id)?|--token|--password")
_ACCESS_KEY = re.compile(r"(AKIA|ASIA)[A-Z0-9]{12,}")
_TOKEN = re.compile(r"dwt_[A-Za-z0-9_-]{20,}")
KEYS = Group("Keys", sort_key=50)


@dataclass(frozen=True)
class KeyPair:
    """The keys of an IAM user."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


@Parameter(name="*", group=KEYS)
@dataclass(frozen=True, kw_only=True)
class KeySource:
    """Where keys are read from. Without any of these they are asked for."""

    keys_stdin: Annotated[
        bool,
        Parameter(
            negative="",
            help="Read the keys from standard input: two lines, the CSV file of the AWS console, "
            "or the JSON of `aws iam create-access-key`.",
        ),
    ] = False
    keys_env: Annotated[
        bool, Parameter(negative="", help="Read them from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    ] = False


@Parameter(name="*", group=KEYS)
@dataclass(frozen=True, kw_only=True)
class KeySourceOrBlank(KeySource):
    """As `KeySource`, with blank keys as a further choice."""

    blank_keys: Annotated[
        bool,
        Parameter(
            negative="",
            help="Use the application's own identity, where the operator allows that at this place.",
        ),
    ] = False


def given(source: KeySource) -> bool:
    """Whether keys are given without being asked for."""
    return source.keys_stdin or source.keys_env


def read_keys(source: KeySource, environment: Mapping[str, str] = os.environ) -> KeyPair | None:
    """The key pair; None: blank keys."""
    blank = isinstance(source, KeySourceOrBlank) and source.blank_keys
    if sum((source.keys_stdin, source.keys_env, blank)) > 1:
        raise UsageError("Choose one of --keys-stdin, --keys-env and --blank-keys.")
    if blank:
        return None
    if source.keys_env:
        return _from_environment(environment)
    if source.keys_stdin:
        return parse_keys(sys.stdin.read(_LARGEST_INPUT))
    access_key = ask("Access key id", otherwise="--keys-stdin or --keys-env")
    return KeyPair(access_key, ask_hidden("Secret access key", otherwise="--keys-stdin or --keys-env"))


def parse_keys(text: str) -> KeyPair:
    """A key pair from two lines, the console's CSV file or JSON. Errors do not repeat what was given."""
    text = text.removeprefix("\ufeff").strip()
    found = _from_json(text) if text.startswith("{") else _from_csv(text) or _from_two_lines(text)
    if found is None or not found.access_key or not found.secret_key:
        raise UsageError(
            "No key pair was found on standard input. It takes two lines (access key id, secret access key), "
            "the CSV file of the AWS console, or the JSON of `aws iam create-access-key`."
        )
    return found


def refuse_secrets(arguments: Sequence[str]) -> None:
    """Refuse secrets among the arguments, without repeating them."""
    for argument in arguments:
        name, _, _ = argument.partition("=")
        if _FORBIDDEN_OPTION.fullmatch(name) or _ACCESS_KEY.search(argument) or _TOKEN.search(argument):
            raise UsageError(
                "Keys and tokens are never taken from an argument: everyone on this machine can see those, "
                "and the shell keeps them. Let dwtui ask, or use --keys-stdin, --keys-env, --token-stdin "
                "or DWTUI_TOKEN. If what you have just typed was real, replace it."
            )


def _from_environment(environment: Mapping[str, str]) -> KeyPair:
    access_key, secret_key = (
        environment.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    )
    if not access_key or not secret_key:
        raise UsageError("--keys-env needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.")
    return KeyPair(access_key, secret_key)


def _from_json(text: str) -> KeyPair | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    inner = document.get("AccessKey", document)
    return _by_name(inner) if isinstance(inner, dict) else None


def _from_csv(text: str) -> KeyPair | None:
    if "," not in text.partition("\n")[0]:
        return None
    rows = list(csv.DictReader(io.StringIO(text)))
    return _by_name(rows[0]) if len(rows) == 1 else None


def _from_two_lines(text: str) -> KeyPair | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return KeyPair(lines[0], lines[1]) if len(lines) == 2 else None


def _by_name(values: Mapping[Any, Any]) -> KeyPair | None:
    """The pair among named values, whatever the spelling: `Access key ID`, `accessKey`, `AccessKeyId`."""
    spelled = {re.sub(r"[^a-z]", "", str(name).lower()): value for name, value in values.items()}
    access_key, secret_key = (
        next((spelled[name] for name in names if isinstance(spelled.get(name), str)), None)
        for names in (_ACCESS_NAMES, _SECRET_NAMES)
    )
    return KeyPair(access_key.strip(), secret_key.strip()) if access_key and secret_key else None
