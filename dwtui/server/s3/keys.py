"""Key pairs of IAM users: what they must look like, and an object that keeps its secret to itself."""

import hmac
import re
from dataclasses import dataclass
from typing import NoReturn

ACCESS_KEY_LENGTH = (16, 128)
SECRET_KEY_LENGTH = (8, 128)

_AWS_ID = re.compile(r"[A-Z0-9]+")
# What AWS's ids begin with tells what they are; only AKIA is an access key of an IAM user.
_OTHER_KINDS = {
    "ASIA": "temporary keys, which expire: make an access key of an IAM user",
    "AIDA": "the id of an IAM user itself, not of one of its access keys",
    "AROA": "the id of a role, not of an access key",
    "AGPA": "the id of a group, not of an access key",
    "ANPA": "the id of a policy, not of an access key",
    "ABIA": "a bearer token, not an access key",
}


@dataclass(frozen=True)
class KeyProblem:
    """What is wrong with one half of a key pair; `field` is `accessKey` or `secretKey`."""

    field: str
    message: str


class KeyPair:
    """An access key id with its secret. It never shows the secret, and refuses to be pickled or copied."""

    __slots__ = ("__secret", "access_key")

    def __init__(self, access_key: str, secret_key: str) -> None:
        self.access_key = access_key
        self.__secret = secret_key

    def reveal(self) -> str:
        """The secret, for the one place that signs or encrypts."""
        return self.__secret

    @property
    def ending(self) -> str:
        """The last four characters of the access key id, as `…WXYZ`."""
        return f"…{self.access_key[-4:]}"

    def __repr__(self) -> str:
        return f"KeyPair({self.ending})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeyPair):
            return NotImplemented
        same_secret = hmac.compare_digest(self.reveal().encode(), other.reveal().encode())
        return same_secret and self.access_key == other.access_key

    def __hash__(self) -> int:
        return hash(self.access_key)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a key pair is not written anywhere in plain text")


def key_problems(access_key: str, secret_key: str, *, aws: bool = True) -> list[KeyProblem]:
    """What is wrong with the form of a key pair. Services other than AWS name keys as they like."""
    problems = [KeyProblem("accessKey", text) for text in _access_key_problems(access_key, aws=aws)]
    problems += [KeyProblem("secretKey", text) for text in _secret_key_problems(secret_key, aws=aws)]
    return problems


def is_temporary(access_key: str) -> bool:
    """Whether it is the id of temporary AWS keys."""
    return access_key.startswith("ASIA")


def _access_key_problems(key: str, *, aws: bool) -> list[str]:
    if not key:
        return ["The access key id is missing."]
    if not _is_printable(key):
        return ["The access key id holds blanks or characters that can not be in one."]
    if not aws:
        return (
            [] if len(key) <= ACCESS_KEY_LENGTH[1] else ["The access key id is longer than 128 characters."]
        )
    if kind := _OTHER_KINDS.get(key[:4]):
        return [f"An id that begins with {key[:4]} names {kind}."]
    if not ACCESS_KEY_LENGTH[0] <= len(key) <= ACCESS_KEY_LENGTH[1]:
        return ["An access key id has 16 to 128 characters, mostly 20."]
    if not key.startswith("AKIA") or not _AWS_ID.fullmatch(key):
        return ["An access key id begins with AKIA and holds capital letters and digits only."]
    return []


def _secret_key_problems(secret: str, *, aws: bool) -> list[str]:
    if not secret:
        return ["The secret access key is missing."]
    if not _is_printable(secret):
        return ["The secret access key holds blanks or characters that can not be in one."]
    if aws and secret.startswith("AKIA") and len(secret) < 32:
        return ["This looks like an access key id: the two fields may have been swapped."]
    if not SECRET_KEY_LENGTH[0] <= len(secret) <= SECRET_KEY_LENGTH[1]:
        return ["A secret access key has 8 to 128 characters; those of AWS have 40."]
    return []


def _is_printable(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
