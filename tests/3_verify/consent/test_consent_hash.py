"""consent_hash: the link of the chain, in a form that never changes."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

LEAD = UUID("11111111-2222-3333-4444-555555555555")
TEXT = st.none() | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


def expected_hash(key, id, action, method, text_shown, evidence, recorded_at, previous_hash):
    microseconds = (recorded_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    row = [
        id,
        str(LEAD),
        action,
        method,
        text_shown,
        hashlib.sha256(evidence).hexdigest(),
        microseconds,
        previous_hash.hex() if previous_hash is not None else None,
    ]
    own_key = hmac.digest(key, b"consents", "sha256")
    return hmac.digest(own_key, json.dumps(row, ensure_ascii=False).encode(), "sha256")


@given(
    key=st.binary(min_size=64, max_size=64),
    id=st.integers(1, 2**62),
    action=st.sampled_from(["granted", "withdrawn"]),
    method=TEXT,
    text_shown=TEXT,
    evidence=st.binary(max_size=30),
    recorded_at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    previous_hash=st.none() | st.binary(min_size=32, max_size=32),
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/Los_Angeles"]),
)
def test_it_is_a_keyed_hash_of_the_row_as_json(
    db, key, id, action, method, text_shown, evidence, recorded_at, previous_hash, zone
):
    row = id, LEAD, action, method, text_shown, evidence, recorded_at, previous_hash

    with db.undone():
        db.execute("select set_config('timezone', %s, true)", (zone,))
        found = db.value(
            "select consent_hash(%s, row(%s, %s, %s, %s, %s, null, sha256(%s), %s, %s, null)::consents)", key, *row
        )

    assert found == expected_hash(key, id, action, method, text_shown, evidence, recorded_at, previous_hash)
