"""pandas reads and writes documents by their URL."""

from typing import Any

import pytest

from tests.files.conftest import Study


@pytest.fixture(scope="module")
def pd() -> Any:
    """pandas, imported where it is used: that takes a second."""
    return pytest.importorskip("pandas")


def test_a_table_there_and_back(pd: Any, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWTUI_URL", study.url)
    monkeypatch.setenv("DWTUI_TOKEN", study.token())
    people = pd.DataFrame({"id": ["PT_1", "PT_2"], "age": [7, 11]})
    people.to_csv(f"dewrangle://{study.folder}/people.csv", index=False)
    people.to_csv(f"dewrangle://{study.folder}/people.tsv.gz", index=False, sep="\t")
    pd.testing.assert_frame_equal(pd.read_csv(f"dewrangle://{study.folder}/people.csv"), people)
    pd.testing.assert_frame_equal(pd.read_csv(f"dewrangle://{study.folder}/people.tsv.gz", sep="\t"), people)


def test_a_version_by_its_url_and_options(pd: Any, study: Study) -> None:
    options = study.options()
    url = f"dewrangle://{study.folder}/people.csv"
    for age in (7, 8):
        pd.DataFrame({"age": [age]}).to_csv(url, index=False, storage_options=options)
    oldest = study.files().versions(url)[-1]["version"]
    assert pd.read_csv(url, storage_options=options)["age"].tolist() == [8]
    assert pd.read_csv(f"{url}@{oldest}", storage_options=options)["age"].tolist() == [7]


class Unprintable:
    def __str__(self) -> str:
        raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore::dwtui.files.writing.Discarded")
def test_a_table_that_can_not_be_written_leaves_nothing(pd: Any, study: Study) -> None:
    broken = pd.DataFrame({"id": ["fine"] * 100_000 + [Unprintable()]}, dtype=object)
    with pytest.raises(ZeroDivisionError):
        broken.to_csv(f"dewrangle://{study.folder}/broken.csv", storage_options=study.options())
    assert study.files().ls(study.folder) == []


def test_what_is_missing_is_a_missing_file(pd: Any, study: Study) -> None:
    with pytest.raises(FileNotFoundError, match="no document of that name"):
        pd.read_csv(f"dewrangle://{study.folder}/missing.csv", storage_options=study.options())
