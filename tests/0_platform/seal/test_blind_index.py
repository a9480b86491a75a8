import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st


@given(st.sampled_from(["phone", "email"]), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_it_is_a_keyed_hash_of_the_value_under_the_channel_s_own_key(db, channel, value):
    key = db.value("select data_key(newest_data_key('index'))")
    expected = hmac.digest(hmac.digest(key, channel.encode(), hashlib.sha256), value.encode(), hashlib.sha256)

    assert db.value("select blind_index(%s, %s)", channel, value) == expected
    assert db.value("select blind_index(%s, %s, %s)", key, channel, value) == expected


def test_it_stays_when_the_sealing_key_is_rotated(db):
    before = db.value("select blind_index('phone', '+12135550100')")

    db.execute("select create_data_key('seal')")

    assert db.value("select blind_index('phone', '+12135550100')") == before


def test_nothing_has_no_index(db):
    assert db.value("select blind_index('phone', null)") is None
