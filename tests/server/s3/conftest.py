"""A local AWS with its authentication enforced, and a proxy before it that can misbehave."""

import os
from collections.abc import Iterator

import pytest

from dwtui.server.s3.patience import Patience
from tests.server.s3.fault_proxy import Proxy, running_proxy
from tests.server.s3.moto_process import World, running_world


@pytest.fixture(scope="session", autouse=True)
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
def world() -> Iterator[World]:
    with running_world() as world:
        yield world


@pytest.fixture
def proxy(world: World) -> Iterator[Proxy]:
    with running_proxy(world.url) as proxy:
        yield proxy


@pytest.fixture
def brisk() -> Patience:
    """Short waits, for tests of what never answers."""
    return Patience(connect=0.5, read=0.5, attempts=1, overall=5, farewell=2)
