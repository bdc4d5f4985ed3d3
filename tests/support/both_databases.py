"""For packages whose rules hang on the database: its locks, its order of texts, its limits. Import it in a conftest."""

import pytest


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The database of the module's API."""
    kind: str = request.param
    return kind
