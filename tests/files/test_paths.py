"""What a path of a document may look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwtui.files.paths import DocumentPath, parse_path

STUDY = "SD_0123ABCD"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (STUDY, DocumentPath(STUDY)),
        (f"{STUDY}/uploads", DocumentPath(STUDY, True)),
        (f"/{STUDY}/uploads/", DocumentPath(STUDY, True)),
        (f"{STUDY}/uploads/a b?.csv", DocumentPath(STUDY, True, "a b?.csv")),
        (f"{STUDY}/uploads/a.csv@FV_0123ABCD", DocumentPath(STUDY, True, "a.csv", "FV_0123ABCD")),
        (f"{STUDY}/uploads/a@b@FV_0123ABCD", DocumentPath(STUDY, True, "a@b", "FV_0123ABCD")),
        (f"{STUDY}/uploads/a.csv@FV_0123", DocumentPath(STUDY, True, "a.csv@FV_0123")),
        (f"{STUDY}/uploads/@FV_0123ABCD", DocumentPath(STUDY, True, "@FV_0123ABCD")),
    ],
)
def test_a_path_is_read(text: str, path: DocumentPath) -> None:
    assert parse_path(text) == path


@pytest.mark.parametrize(
    "text",
    ["", "a.csv", "SD_0123", "SD_0123ABCI", "sd_0123abcd", f"{STUDY}/source", f"{STUDY}/uploads/a/b.csv"],
)
def test_what_can_not_be_there_is_not_found(text: str) -> None:
    with pytest.raises(FileNotFoundError, match=r"SD_…/uploads/name|one folder|no folders"):
        parse_path(text)


@given(name=st.text(min_size=1, max_size=255).filter(lambda name: not {"/"} & set(name)))
def test_every_name_survives(name: str) -> None:
    path = f"{STUDY}/uploads/{name}"
    parsed = parse_path(path)
    assert parsed.name.rstrip("/") == name
    assert str(parsed) == path
