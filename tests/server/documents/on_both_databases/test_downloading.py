"""What is asked for at the download paths is looked up in any database."""

import pytest

from tests.support.transfers import download
from tests.support.world import World


@pytest.mark.parametrize(
    "path", ["%00/file/SF_00000000", "SD_1/file/%00", "SD_1/file/SF_1/version/%00", "%ED%A0%80/file/%FF"]
)
def test_what_can_be_nobodys_id_is_not_there(shared_world: World, path: str) -> None:
    answer = download(shared_world, f"/download/study/{path}")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
