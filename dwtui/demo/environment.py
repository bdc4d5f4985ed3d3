"""The environment of the world's processes: nothing of the person's AWS, proxies or settings."""

import os
from collections.abc import Mapping
from pathlib import Path

from dwtui.demo.cloud.keys import KeyPair
from dwtui.demo.sample.accounts import APPLICATION_BUCKET

_FOREIGN = ("AWS_", "BOTO_", "DWTUI_", "MOTO_", "S3_", "TEST_", "INITIAL_NO_AUTH")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def clean_environment() -> dict[str, str]:
    """This process's environment without what would lead the world astray."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_FOREIGN) and name.upper() not in _PROXIES
    }
    # Both processes answer in threads; glibc would keep memory apart for each.
    return {**kept, "MALLOC_ARENA_MAX": "2"}


def api_environment(folder: Path) -> Mapping[str, str]:
    """The API's settings: an installation of its own in the world's folder."""
    return {
        "DWTUI_SERVER_DATABASE_URL": f"sqlite:///{folder / 'dwtui.sqlite'}",
        "DWTUI_SERVER_LOCAL_KEY_FILE": str(folder / "key"),
        "DWTUI_SERVER_APPLICATION_BUCKET": APPLICATION_BUCKET,
        # So that the local AWS can also be tried as an S3-compatible endpoint.
        "DWTUI_SERVER_ALLOW_PRIVATE_ENDPOINTS": "true",
    }


def aws_environment(folder: Path, endpoint: str, region: str, keys: KeyPair) -> Mapping[str, str]:
    """What makes botocore speak to the local AWS, with those keys, and read no files of the person's."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ACCESS_KEY_ID": keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys.secret_key,
        "AWS_CONFIG_FILE": str(folder / "no-aws-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "no-aws-credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
