"""The rules hold on both databases. Those that do not hang on it have PostgreSQL among the slow tests."""

import pytest


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The database of the module's API."""
    kind: str = request.param
    return kind
