import pytest

KEY = bytes(range(64))


def test_what_was_sealed_for_the_place_opens(db):
    assert db.value("select try_unseal(%s, 'here', seal(%s, 7, 'here', 'text'))", KEY, KEY) == b"text"


@pytest.mark.parametrize(
    "sealed", ["seal(%s, 7, 'there', 'text')", "int4send(8) || substr(seal(%s, 7, 'here', 'text'), 5)", "%s"]
)
def test_what_was_moved_relabelled_or_never_sealed_gives_nothing(db, sealed):
    assert db.value(f"select try_unseal(%s, 'here', {sealed})", KEY, KEY) is None
