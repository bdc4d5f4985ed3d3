"""Storages on the command line, against a real API and a real (local) S3."""

from tests.cli.cloud import Cloud
from tests.cli.conftest import Run


def pair(s3: Cloud, user: str) -> str:
    keys = s3.users[user]
    return f"{keys.access}\n{keys.secret}\n"


def test_attach_show_rename_rotate_delete(ada: Run, s3: Cloud) -> None:
    added = ada(
        "storages", "add", "--name", "Lab documents", "--bucket", "lab-documents", "--prefix", "kf", "--keys-stdin",
        "--wait", "0", stdin=pair(s3, "curator"),
    )  # fmt: skip
    assert added.code == 0, added.err + added.out
    assert "✓ healthy" in added.out
    assert "Lab documents is attached as SB_" in added.out

    listed = ada("storages", "list")
    line = next(line for line in listed.out.splitlines() if "Lab documents" in line)
    assert "s3://lab-documents/kf/" in line
    assert "✓ healthy" in line

    shown = ada("storages", "show", "lab documents", "--json").json
    assert shown["bucket"] == "lab-documents"
    assert shown["accessKey"] == "…" + s3.users["curator"].access[-4:]
    assert shown["verification"]["verdict"] == "HEALTHY"
    assert shown["studies"] == []

    renamed = ada("storages", "edit", "Lab documents", "--name", "Labs", "--json")
    assert renamed.json["name"] == "Labs"

    rotated = ada("storages", "rotate", "Labs", "--keys-stdin", "--wait", "0", stdin=pair(s3, "reader"))
    assert rotated.code == 7
    assert "✗ failed" in rotated.out
    assert "the old keys stay" in rotated.err
    assert ada("storages", "verify", "Labs").code == 0

    impact = ada("storages", "delete", "Labs")
    assert impact.code == 2
    assert "No study uses it" in impact.out
    assert "--yes-delete NAME" in impact.err
    assert ada("storages", "delete", "Labs", "--yes-delete", "labs").code == 2
    deleted = ada("storages", "delete", "Labs", "--yes-delete", "Labs", "--json").json
    assert deleted["deleted"]["name"] == "Labs"
    assert ada("storages", "show", "Labs").code == 5
