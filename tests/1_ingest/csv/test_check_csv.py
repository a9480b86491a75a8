import pytest


def check(db, columns, rows):
    db.execute("select check_csv(%s, %s)", (columns, rows))


def test_no_columns_are_an_empty_file(db):
    with db.refused("PF024"):
        check(db, None, 0)


@pytest.mark.parametrize(("columns", "rows"), [(3, 11), (4, 10), (10**9, 10**12)])
def test_more_than_the_settings_allow_is_too_large(db, columns, rows):
    db.execute("update settings set value = '10' where key = 'max_upload_rows'")
    db.execute("update settings set value = '3' where key = 'max_upload_columns'")

    check(db, 3, 10)
    with db.refused("PF026"):
        check(db, columns, rows)
