import pytest


def test_a_table_of_our_own_takes_new_rows(db):
    assert db.one("select * from health_of_columns()").status == "ok"


@pytest.mark.parametrize(
    "column",
    ["own text", "own text not null default 'x'", "own int not null generated always as identity",
     "own int not null generated always as (1) stored"],
)  # fmt: skip
def test_columns_that_fill_themselves_or_may_be_empty_are_fine(db, column):
    db.execute(f"alter table leads add column {column}")

    assert db.one("select * from health_of_columns()").status == "ok"


def test_a_column_that_must_be_filled_fails_and_the_hint_mends_it(db):
    db.execute('alter table leads add column "Own Column" text not null')

    row = db.one("select * from health_of_columns()")
    assert (row.status, row.detail) == ("fail", "new leads fail on: Own Column")

    db.execute(row.hint.split(": ")[1])
    assert db.one("select * from health_of_columns()").status == "ok"
