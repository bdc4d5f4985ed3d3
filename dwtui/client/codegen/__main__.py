"""`python -m dwtui.client.codegen` makes `dwtui/client/generated/`; `--check` tells whether it is up to date.

The generator needs another graphql-core than the server, so uv runs it in an environment of its own.
"""

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

GENERATOR = "ariadne-codegen==0.19.0"
ROOT = Path(__file__).resolve().parents[3]
CONFIGURATION = Path(__file__).with_name("ariadne-codegen.toml")
GENERATED = ROOT / "dwtui" / "client" / "generated"


def main() -> int:
    """Make or check the generated client; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dwtui.client.codegen", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when the client is out of date"
    )
    if parser.parse_args().check:
        return _check()
    shutil.rmtree(GENERATED, ignore_errors=True)
    _generate(GENERATED.parent)
    return 0


def _check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        _generate(Path(folder))
        differing = _differences(GENERATED, Path(folder) / GENERATED.name)
    if not differing:
        return 0
    head = "The generated client does not fit the contract and the operations any more:"
    sys.stderr.write("\n  ".join([head, *differing]))
    sys.stderr.write("\nRun `uv run python -m dwtui.client.codegen` and commit what it changes.\n")
    return 1


def _generate(target: Path) -> None:
    """Let the generator write `generated/` in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "ariadne-codegen.toml"
        text = CONFIGURATION.read_text().replace("@TARGET@", str(target))
        tomllib.loads(text)
        configuration.write_text(text)
        command = [
            "uvx",
            "--quiet",
            "--from",
            GENERATOR,
            "ariadne-codegen",
            "--config",
            str(configuration),
            "client",
        ]
        done = subprocess.run(  # noqa: S603  # the arguments are ours
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"The generator failed:\n{done.stdout}")


def _differences(committed: Path, fresh: Path) -> list[str]:
    names = {path.name for folder in (committed, fresh) for path in folder.glob("*.py")}
    _, differing, missing = filecmp.cmpfiles(committed, fresh, sorted(names), shallow=False)
    return sorted([*differing, *missing])


if __name__ == "__main__":
    sys.exit(main())
