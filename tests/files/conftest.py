"""A study whose documents are files, seen by whoever is asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dwtui.files.filesystem import DewrangleFileSystem
from tests.support.cloud import Place
from tests.support.world import SET_STUDY_MEMBER, STUDY_ADMINISTRATOR, STUDY_MEMBER, World

UPDATE = "mutation ($id: ID!, $input: UpdateStoragesInput!) { updateStorages(id: $id, input: $input) { id } }"


@pytest.fixture(autouse=True)
def bare_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings of whoever runs the tests; the folder where they would lie."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    for name in ("DWTUI_URL", "DWTUI_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return folder


@dataclass(frozen=True)
class Study:
    """A study and its people."""

    world: World
    id: str

    @property
    def folder(self) -> str:
        return f"{self.id}/uploads"

    @property
    def url(self) -> str:
        """Where the API is."""
        return self.world.client.url

    def token(self, who: str = STUDY_ADMINISTRATOR) -> str:
        return self.world.people.tokens[who]

    def options(self, who: str = STUDY_ADMINISTRATOR) -> dict[str, str]:
        """Storage options of somebody."""
        return {"url": self.url, "token": self.token(who)}

    def files(self, who: str = STUDY_ADMINISTRATOR, **options: Any) -> DewrangleFileSystem:
        """The file system of somebody, with nothing remembered from before."""
        return DewrangleFileSystem(**{**self.options(who), **options}, skip_instance_cache=True)

    def move_to(self, place: Place) -> str:
        """Have its documents go to a storage at another place from now on; that storage's name."""
        storage = self.world.create_storage(place, name=f"New Bucket {place.bucket}").value
        assert self.world.post(UPDATE, {"id": self.id, "input": {"documentBucket": storage["id"]}}).value
        return str(storage["name"])


def new_study(world: World) -> Study:
    """A new study with an administrator and a member."""
    study = world.create_study().value["id"]
    for who, role in ((STUDY_ADMINISTRATOR, "ADMINISTRATOR"), (STUDY_MEMBER, "MEMBER")):
        variables = {"study": study, "user": world.people.users[who], "role": role}
        assert world.post(SET_STUDY_MEMBER, variables).value
    return Study(world, study)


@pytest.fixture
def study(shared_world: World) -> Study:
    """A study of the test's own."""
    return new_study(shared_world)


@pytest.fixture
def files(study: Study) -> DewrangleFileSystem:
    """The file system of the study's administrator."""
    return study.files()
