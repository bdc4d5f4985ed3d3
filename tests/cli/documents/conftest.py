"""A study for each test, and bytes."""

import pytest

from tests.cli.conftest import S3, Run
from tests.cli.documents.lab import LabStudy, attach, new_study


@pytest.fixture
def study(ada: Run, s3: S3) -> LabStudy:
    """A new study whose documents are kept in the storage `First lab`."""
    attach(ada, s3)
    return new_study(ada)
