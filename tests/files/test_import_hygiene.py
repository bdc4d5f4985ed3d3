"""fsspec and Django are for those who use them: nothing else loads them."""

import subprocess
import sys

from tests.support.cloud import ROOT


def modules_after(statement: str) -> set[str]:
    """The top names of what is loaded once a statement has run."""
    code = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_rest_loads_neither() -> None:
    rest = "dwtui.client.opening, dwtui.client.generated.api, dwtui.app.application, dwtui.cli.app, dwtui.server.asgi"
    core = "dwtui.files.documents, dwtui.files.reading, dwtui.files.writing"
    assert not {"fsspec", "django", "pandas"} & modules_after(f"import {rest}, {core}")


def test_each_loads_only_its_own() -> None:
    through_fsspec = modules_after("import fsspec; fsspec.get_filesystem_class('dewrangle')")
    assert "fsspec" in through_fsspec
    assert not {"django", "textual", "boto3", "sqlalchemy", "ariadne"} & through_fsspec
    through_django = modules_after("import dwtui.files.django")
    assert "django" in through_django
    assert not {"fsspec", "textual", "boto3", "sqlalchemy", "ariadne"} & through_django
