"""AWS accounts of the local AWS, their IAM users and key pairs; filled in process, past the network."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.iam.models import IAMBackend, iam_backends

from dwtui.demo.cloud.keys import KeyPair, new_key_pair

_REGION = "us-east-1"


def name_account(account_id: str, alias: str) -> None:
    """Give an account its alias."""
    _backend(account_id).create_account_alias(alias)


def create_user(
    account_id: str, name: str, policies: Mapping[str, str], pair: KeyPair, key_age: timedelta
) -> None:
    """Make an IAM user with inline policies (name to JSON document) and that key pair."""
    backend = _backend(account_id)
    user = backend.create_user(_REGION, name)
    for policy, document in policies.items():
        backend.put_user_policy(name, policy, document)
    key = backend.create_access_key(name)
    # moto makes up its own pair, from random numbers that are not meant for secrets.
    backend.access_keys[pair.access_key] = backend.access_keys.pop(key.access_key_id)
    key.access_key_id, key.secret_access_key = pair.access_key, pair.secret_key
    key.create_date = datetime.now(UTC).replace(tzinfo=None) - key_age
    user.create_date = key.create_date


def replace_policy(account_id: str, user: str, policy: str, document: Mapping[str, Any]) -> None:
    """Replace one of a user's inline policies."""
    _backend(account_id).put_user_policy(user, policy, json.dumps(document))


def deactivate_key(account_id: str, user: str) -> None:
    """Deactivate a user's key, as somebody who tidies up an account would."""
    for key in _backend(account_id).users[user].access_keys:
        key.status = "Inactive"


def replace_secret(account_id: str, user: str) -> None:
    """Give a user's key another secret, so that the one that was handed out is wrong."""
    for key in _backend(account_id).users[user].access_keys:
        key.secret_access_key = new_key_pair().secret_key


def _backend(account_id: str) -> IAMBackend:
    return iam_backends[account_id]["aws"]
