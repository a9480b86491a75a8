import pytest


def test_with_all_keys_there_is_none(db):
    assert db.value("select key_problem()") is None


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("delete from data_keys", "index and seal"),
        ("delete from data_keys where purpose = 'index'", "no data key for: index"),
        ("delete from local_keys", "has no key"),
        ("update local_keys set key = gen_random_bytes(64)", ""),
        ("update data_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)", ""),
        ("delete from settings where key = 'key_provider'", "key_provider"),
    ],
)
def test_what_is_wrong_is_said(db, damage, words):
    db.execute(damage)

    assert words in db.value("select key_problem()")


def test_no_key_is_in_the_words(db):
    key = db.value("select encode(key, 'hex') from local_keys")
    db.execute("update data_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)")

    assert key[:16] not in db.value("select key_problem()")
