"""Fills the reference tables from migrations/reference: a file is named after its table, its header names the columns.

Locks: none on existing tables.
"""

from pathlib import Path

from yoyo import step

from pgfunnel.loader import clear_reference_rows, load_reference_rows

HERE = Path(__file__)

# every migration numbered before this one, since the tables come from them
__depends__ = {
    path.stem
    for path in HERE.parent.glob("pgfunnel-0*.sql")
    if path.stem < HERE.stem and not path.stem.endswith(".rollback")
}

step(load_reference_rows, clear_reference_rows)
