"""Fills the local AWS: accounts, buckets with what lies in them, IAM users with their policies and keys."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from dwtui.demo.building.policies import application_policies, storage_policies
from dwtui.demo.building.trials import create_trial_users
from dwtui.demo.cloud import accounts, buckets
from dwtui.demo.cloud.keys import KeyPair, new_key_pair
from dwtui.demo.messages import TrialAccount
from dwtui.demo.sample.accounts import ACCOUNTS, APPLICATION, APPLICATION_USER
from dwtui.demo.sample.contents import CONTENTS
from dwtui.demo.sample.contents import buckets as sample_buckets
from dwtui.demo.sample.storages import DEPARTED, NEIGHBOUR_STORAGES, STORAGES, SampleStorage, Trait

_OLD = timedelta(days=431)


@dataclass(frozen=True)
class FilledCloud:
    """What was made: key pairs by the name of their storage, and those for trying the add flow."""

    pairs: Mapping[str, KeyPair] = field(repr=False)
    trials: tuple[TrialAccount, ...]


def fill_cloud(application_pair: KeyPair) -> FilledCloud:
    """Fill the local AWS of this process. The application signs with the given pair."""
    for account in ACCOUNTS:
        accounts.name_account(account.id, account.alias)
    for bucket in sample_buckets():
        buckets.create_bucket(bucket.account.id, bucket.name, bucket.region)
    for name, folders in CONTENTS.items():
        for folder in folders:
            buckets.put_objects(name, folder.objects())
    adopted = [storage.bucket for storage in STORAGES if storage.user is None]
    accounts.create_user(
        APPLICATION.id, APPLICATION_USER, application_policies(adopted), application_pair, timedelta(days=58)
    )
    chance = random.Random("dwtui-demo/key ages")  # noqa: S311  (nothing secret: the sample is fixed)
    pairs = {}
    for storage in (*STORAGES, *NEIGHBOUR_STORAGES, *DEPARTED):
        age = _OLD if Trait.OLD_KEY in storage.traits else timedelta(days=chance.randrange(2, 80))
        if storage.user is not None:
            pairs[storage.name] = _create_user(storage, storage.user, age)
        _apply_traits(storage)
    return FilledCloud(pairs, create_trial_users())


def _create_user(storage: SampleStorage, user: str, age: timedelta) -> KeyPair:
    pair = new_key_pair()
    accounts.create_user(storage.account.id, user, storage_policies(storage), pair, age)
    return pair


def _apply_traits(storage: SampleStorage) -> None:
    if Trait.EXPIRES_OBJECTS in storage.traits:
        buckets.expire_after(storage.bucket, "harmonized-data/gene-expressions/", 365)
    if Trait.PUBLIC in storage.traits:
        buckets.open_to_the_public(storage.bucket)
