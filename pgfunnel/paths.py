"""Where sql/, migrations/ and the demo's files are: beside the package in a clone, inside it when it is installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = (_PACKAGE / "sql").is_dir()
_ROOT = _PACKAGE if _INSTALLED else _PACKAGE.parent

SQL = _ROOT / "sql"
MIGRATIONS = _ROOT / "migrations"
DEMO_FILES = _PACKAGE / "demo_files" if _INSTALLED else _ROOT / "tests" / "data" / "uploads"
