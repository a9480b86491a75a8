import pytest

M1 = {"mak": "0000000001"}
PARCEL = {"fips": "06037", "apn": "111"}
MAIN = {"address": "12 Main St", "zip": "90012"}


@pytest.fixture
def around(db):
    def look(receipt):
        rows = db.rows(
            "select k.* from upload_rows as r cross join keys_around_merge(r.upload_id, r.lead_id) as k"
            " where r.upload_id = %s",
            receipt.upload_id,
        )
        return {row.kind: (row.before, row.after) for row in rows}

    return look


def test_a_lead_that_the_upload_made_had_no_key_before(merge, around):
    assert around(merge({**M1, **PARCEL})) == {
        "mak": (None, "0000000001"), "fips_apn": (None, "06037/111"), "address": (None, None),
    }  # fmt: skip


def test_what_later_uploads_added_is_not_counted(db, merge, around):
    first, second, third, fourth = merge(MAIN), merge({**M1, **MAIN}), merge({**PARCEL, **MAIN}), merge(M1)
    address = db.value("select addr_hash from leads")
    mak, parcel = "0000000001", "06037/111"

    assert around(first) == {"mak": (None, None), "fips_apn": (None, None), "address": (None, address)}
    assert around(second) == {"mak": (None, mak), "fips_apn": (None, None), "address": (address, address)}
    assert around(third) == {"mak": (mak, mak), "fips_apn": (None, parcel), "address": (address, address)}
    assert around(fourth) == {"mak": (mak, mak), "fips_apn": (parcel, parcel), "address": (address, address)}


def test_what_a_reverted_upload_added_is_still_known(db, merge, around):
    merge(MAIN)
    second = merge({**M1, **MAIN})
    before = around(second)

    db.execute("select revert_upload(%s)", (second.upload_id,))

    assert around(second) == before
