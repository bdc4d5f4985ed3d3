"""What befalls some storages after they have been attached in good health."""

from dwtui.demo.building.policies import STORAGE_POLICY, suggested, without_action
from dwtui.demo.cloud import accounts, buckets
from dwtui.demo.sample.storages import Mishap, SampleStorage


def befall(storage: SampleStorage) -> None:
    """Let a storage's mishap happen in the local AWS, if there is one in store for it."""
    account, user = storage.account.id, str(storage.user)
    match storage.mishap:
        case Mishap.WRONG_SECRET:
            accounts.replace_secret(account, user)
        case Mishap.KEY_DEACTIVATED:
            accounts.deactivate_key(account, user)
        case Mishap.PUT_TAKEN_AWAY:
            policy = suggested(storage.bucket, storage.prefix, storage.uses)
            accounts.replace_policy(account, user, STORAGE_POLICY, without_action(policy, "s3:PutObject"))
        case Mishap.BUCKET_REMOVED:
            buckets.remove_bucket(storage.bucket)
        case None:
            pass
