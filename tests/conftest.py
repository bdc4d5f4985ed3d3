"""What all tests share."""

import gc
import os
import sys

import pytest
from hypothesis import HealthCheck, settings

# Machines that run tests are busy: a slow example is no failure.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

pytest_plugins = ["tests.support.fixtures"]

# Dozens of processes are started here: let the first compile the program for all.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Keep what has been imported and collected out of each garbage collection: it is there until the end."""
    gc.collect()
    gc.freeze()
