from hypothesis import given
from hypothesis import strategies as st


@given(st.binary(max_size=200), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_sealed_under_the_newest_key_it_opens_in_the_same_place(db, plaintext, context):
    sealed = db.value("select seal(%s, %s)", context, plaintext)

    assert db.value("select sealed_version(%s) = newest_data_key('seal')", sealed)
    assert db.value("select unseal(%s, %s)", context, sealed) == plaintext


def test_with_the_key_given_the_result_opens_the_same(db):
    sealed = db.value("select seal(k.key, k.version, 'here', 'text') from key_ring() as k where k.purpose = 'seal'")

    assert db.value("select unseal('here', %s)", sealed) == b"text"


def test_nothing_seals_to_nothing(db):
    assert db.value("select seal('here', null)") is None
