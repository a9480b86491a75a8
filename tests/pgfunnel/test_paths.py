"""What pip installs: the wheel carries all that the clone has of SQL."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pgfunnel import paths

ROOT = Path(paths.__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The folder in which the wheel was unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts}


def test_the_wheel_has_every_file_of_sql_migrations_and_the_demo(installed):
    assert files(installed / "pgfunnel" / "sql") == files(paths.SQL)
    assert files(installed / "pgfunnel" / "migrations") == files(paths.MIGRATIONS)
    assert files(installed / "pgfunnel" / "demo_files") == files(paths.DEMO_FILES)
    assert files(installed / "pgfunnel" / "docs") == files(ROOT / "docs")
    assert (installed / "pgfunnel" / "yoyo.ini").exists()


def test_what_is_installed_uses_its_own_files(installed):
    names = "import pgfunnel.paths as p; print(p.SQL, p.MIGRATIONS, p.DEMO_FILES, sep='\\n')"
    said = subprocess.run(
        [sys.executable, "-c", names],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )

    found = [Path(line) for line in said.stdout.splitlines()]
    assert found == [installed / "pgfunnel" / name for name in ("sql", "migrations", "demo_files")]
    assert all(folder.is_dir() for folder in found)
