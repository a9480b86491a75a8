import psycopg
import pytest


def test_a_setting_is_read_as_text(db):
    assert db.value("select setting('key_provider')") == "local"


def test_a_lost_setting_is_an_error_that_names_it(db):
    with db.refused("PF005"):
        db.execute("select setting('no_such_setting')")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("keep_events", "-1 days"),  # would purge what is yet to come
        ("keep_events", ""),
        ("keep_events", "90"),  # PostgreSQL takes it for 90 seconds
        ("keep_reveals", "for ever"),
        ("call_again_after", "24"),
        ("call_again_after", "forever"),
        ("health_window", "-24 h"),
        ("purge_batch", "0"),
        ("copy_part_bytes", "0"),
        ("uploads_per_minute", "-1"),
        ("max_upload_bytes", "50 MB"),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_refused_where_it_is_set(db, key, value):
    with pytest.raises(psycopg.errors.CheckViolation, match="settings_value_fits"), db.undone():
        db.execute("update settings set value = %s where key = %s", (value, key))


def test_a_unit_that_there_is_not_is_refused(db):
    with pytest.raises(psycopg.errors.InvalidDatetimeFormat), db.undone():
        db.execute("update settings set value = '3 bananas' where key = 'keep_events'")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("keep_events", "forever"),
        ("keep_events", "18 months"),
        ("signature_tolerance", "0.5 s"),
        ("lead_upload_roles", ""),
    ],
)
def test_a_value_of_its_kind_is_taken(db, key, value):
    db.execute("update settings set value = %s where key = %s", (value, key))

    assert db.value("select setting(%s)", key) == value
