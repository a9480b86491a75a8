"""A round of the merge, step by step: files of few columns, staged but not merged."""

import pytest

COLUMNS = (
    "mak,fips,apn,address,unit,city,state,zip,first name,last name,phone 1,phone 1 type,phone 1 dnc,email 1,lead score,"
    "results"
).split(",")


@pytest.fixture
def stage(db):
    """``stage(row, …)``: an upload whose rows are in staging; a row is a dict by column."""

    def put(*rows, source="test"):
        upload = db.value(
            "insert into uploads (source, file_name, received_at) values (%s, 'test.csv', now()) returning id", source
        )
        lines = [",".join(COLUMNS)] + [",".join(f'"{row.get(column, "")}"' for column in COLUMNS) for row in rows]
        db.execute("select stage_csv(%s, %s, %s)", (upload, source, "\n".join(lines)))
        return upload

    return put


@pytest.fixture
def merge(db, stage):
    """``merge(row, …)``: the rows merged as a file of their own. Returns the receipt."""
    return lambda *rows, **options: db.one("select * from merge_staged(%s)", stage(*rows, **options))
