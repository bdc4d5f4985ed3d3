"""Studies with storages of their own, for commands about documents."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.cli.conftest import S3, Ran, Run

FIRST, SECOND, DATA_ONLY = "First lab", "Second lab", "Only data"
_PLACES = {FIRST: ("lab-documents", "both"), SECOND: ("lab-spare", "both"), DATA_ONLY: ("lab-data", "data")}
_numbers = count(1)


@dataclass(frozen=True)
class LabStudy:
    """A new study, whose documents are kept in the storage `First lab`."""

    id: str
    code: str
    run: Run

    def upload(self, *arguments: str | Path) -> Ran:
        return self.run("documents", "upload", self.id, *map(str, arguments))

    def names(self) -> set[str]:
        return {one["name"] for one in self.listed()}

    def listed(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.run("documents", "list", self.id, "--json").json
        return listed

    def move_to(self, storage: str) -> Ran:
        return self.run("studies", "storages", self.id, "--documents", storage, "--yes")


def attach(ada: Run, s3: S3) -> None:
    """Attach the three storages, unless that was done before."""
    there = {one["name"] for one in ada("storages", "list", "--json").json}
    keys = s3.users["curator"]
    for name, (bucket, use) in _PLACES.items():
        if name not in there:
            uses = ["documents", "data"] if use == "both" else [use]
            place = ["--name", name, "--bucket", bucket, "--prefix", "papers", "--use", *uses]
            stdin = f"{keys.access_key}\n{keys.secret_key}\n"
            added = ada("storages", "add", *place, "--keys-stdin", "--wait", "0", "--json", stdin=stdin)
            assert added.code == 0, added.err


def new_study(ada: Run) -> LabStudy:
    """A new study that uses `First lab` for documents."""
    code = f"LAB-{next(_numbers)}"
    id = ada("studies", "create", f"Study {code}", "--short-code", code, "--json").json["id"]
    assert ada("studies", "storages", id, "--documents", FIRST).code == 0
    return LabStudy(id, code, ada)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
