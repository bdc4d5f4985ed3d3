"""An account in the local AWS, and a proxy before it that can misbehave."""

import os
from collections.abc import Iterator

import pytest

from dwtui.server.s3.patience import Patience
from tests.server.s3.fault_proxy import Proxy, running_proxy
from tests.server.s3.lab import Lab
from tests.support.cloud import Cloud


@pytest.fixture(scope="module", autouse=True)
def _no_aws_of_our_own() -> Iterator[None]:
    """Nothing of the machine's own AWS settings plays a part."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        yield


@pytest.fixture(scope="session")
def lab(cloud: Cloud) -> Lab:
    """An account to make buckets and users in."""
    return Lab(cloud)


@pytest.fixture
def proxy(lab: Lab) -> Iterator[Proxy]:
    """A server before the local AWS that answers as the test wants."""
    with running_proxy(lab.url) as proxy:
        yield proxy


@pytest.fixture
def brisk() -> Patience:
    """Short waits, for tests of what never answers."""
    return Patience(connect=0.5, read=0.5, attempts=1, overall=5, farewell=2)
