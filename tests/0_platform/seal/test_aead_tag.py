import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st


@given(st.binary(min_size=64, max_size=64), st.binary(max_size=100), st.binary(max_size=100))
def test_the_tag_is_half_of_an_hmac_over_aad_body_and_the_aad_s_length_in_bits(db, key, body, aad):
    expected = hmac.digest(key[:32], aad + body + (len(aad) * 8).to_bytes(8, "big"), hashlib.sha512)[:32]

    assert db.value("select aead_tag(%s, %s, %s)", key, body, aad) == expected
