import hashlib

import pytest


def test_a_wrapped_key_opens_to_the_key_of_its_fingerprint(db):
    keys = db.rows("select unwrap_key(key_encryption_key(), d) as key, d.fingerprint from data_keys as d")

    assert len(keys) == 2
    assert [hashlib.sha256(k.key).hexdigest()[:16] for k in keys] == [k.fingerprint for k in keys]


def test_a_wrong_key_is_told_with_provider_and_version(db):
    with pytest.raises(Exception, match="data key 1 does not open with the key of the provider local"), db.undone():
        db.execute("select unwrap_key(gen_random_bytes(64), d) from data_keys as d where d.version = 1")


def test_a_key_put_under_another_version_or_purpose_does_not_open(db):
    for change in ("version = version + 10", "purpose = case purpose when 'seal' then 'index' else 'seal' end"):
        with db.refused("PF011"):
            db.execute(f"update data_keys set {change}")
            db.execute("select unwrap_key(key_encryption_key(), d) from data_keys as d")
