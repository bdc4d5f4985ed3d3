"""The rules hold on both databases."""

import pytest


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Every module of the application's tests runs on both."""
    kind: str = request.param
    return kind
