"""IAM users of no storage yet, for trying the add flow: some work, some must be refused."""

import json
from collections.abc import Mapping
from datetime import timedelta

from dwtui.demo.building.policies import STORAGE_POLICY, suggested, whole_bucket, without_action
from dwtui.demo.cloud import accounts
from dwtui.demo.cloud.keys import new_key_pair
from dwtui.demo.messages import TrialAccount
from dwtui.demo.sample.accounts import RESEARCH
from dwtui.demo.sample.contents import MISSING_BUCKET, UNATTACHED_BUCKET


def create_trial_users() -> tuple[TrialAccount, ...]:
    """Make the users; the first one works at any prefix of its bucket."""
    suggestion = suggested(UNATTACHED_BUCKET, "", ("DOCUMENTS", "DATA"))
    good = _user("dwtui-crs", UNATTACHED_BUCKET, whole_bucket(UNATTACHED_BUCKET), "Works, at any prefix.")
    least = _user(
        "dwtui-crs-least",
        UNATTACHED_BUCKET,
        _only(suggestion),
        "Works without a prefix: the suggested policy.",
    )
    narrow = _user(
        "dwtui-crs-narrow",
        UNATTACHED_BUCKET,
        _only(without_action(suggestion, "s3:PutObject")),
        "Refused for documents: its policy lacks s3:PutObject.",
    )
    inactive = _user(
        "dwtui-crs-old", UNATTACHED_BUCKET, _only(suggestion), "Refused: the key was deactivated."
    )
    accounts.deactivate_key(RESEARCH.id, "dwtui-crs-old")
    missing = _user(
        "dwtui-csr",
        MISSING_BUCKET,
        _only(suggested(MISSING_BUCKET, "", ("DOCUMENTS", "DATA"))),
        "Refused: there is no such bucket; its name was misspelt.",
    )
    return good, least, narrow, inactive, missing


def _user(name: str, bucket: str, policies: Mapping[str, str], expect: str) -> TrialAccount:
    pair = new_key_pair()
    accounts.create_user(RESEARCH.id, name, policies, pair, timedelta(hours=1))
    return TrialAccount(bucket, pair.access_key, pair.secret_key, expect)


def _only(document: Mapping[str, object]) -> dict[str, str]:
    return {STORAGE_POLICY: json.dumps(document)}
