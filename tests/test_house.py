"""The house: no circles between modules, and no file that has grown into two."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400


def circle(arrows: dict[str, set[str]]) -> list[str] | None:
    """Modules that import one another in a circle; None: there is none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return None


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = grimp.build_graph("dwtui", "screens", exclude_type_checking_imports=True)
    inside = sorted(module for module in graph.modules if not module.startswith("dwtui.client.generated"))
    assert circle({module: graph.find_modules_directly_imported_by(module) for module in inside}) is None


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) is not None


@pytest.mark.parametrize("folder", ["dwtui", "screens", "tests"])
def test_files_stay_small(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in (ROOT / folder).rglob("*.py")
        if not {"generated", "versions"} & set(path.parts)
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}
