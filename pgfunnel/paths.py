"""Where sql/ and migrations/ are: beside the package in a clone, inside it when installed from a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE if (_PACKAGE / "sql").is_dir() else _PACKAGE.parent

SQL = _ROOT / "sql"
MIGRATIONS = _ROOT / "migrations"
DEMO_FILES = _ROOT / "tests" / "data" / "uploads"
