from psycopg.types.json import Jsonb


def changed(db, old, new):
    return db.one("select * from changed_values(%s, %s)", Jsonb(old), Jsonb(new))


def test_they_are_those_that_differ_before_and_after(db):
    found = changed(db, {"street": "old", "zip": "90012", "apn": None}, {"street": "new", "zip": "90012", "apn": "1"})

    assert found == ({"street": "old", "apn": None}, {"street": "new", "apn": "1"})


def test_they_are_none_if_nothing_differs(db):
    assert changed(db, {"street": "same", "zip": "90012"}, {"street": "same"}) == (None, None)
