import json

import pytest

MARKS = ["2015550100"]
SEND = "select send_to_dlq('enrich', %s, 'the vendor answered 422', null, %s)"


def test_letters_of_the_person_are_emptied_and_stay_as_counts(db):
    (lead,) = db.leads(1)
    sealed = db.value(SEND, "{}", json.dumps({"from": "(201) 555-0100"}))
    named = db.value(SEND, json.dumps({"lead": str(lead)}), None)
    other = db.value(SEND, "{}", json.dumps({"from": "+12015550101"}))
    db.execute("update pipeline_dlq set last_error = 'x', hint = 'y'")

    assert db.value("select erase_dead_letters(array[%s::uuid], %s)", lead, [*MARKS, str(lead)]) == 2

    for letter in (sealed, named):
        row = db.one("select * from pipeline_dlq where id = %s", letter)
        assert (row.payload, row.sealed, row.reason, row.state) == ({"erased": True}, None, "erased", "discarded")
        assert (row.hint, row.last_error) == (None, None)
    assert db.value("select sealed is not null and state = 'waiting' from pipeline_dlq where id = %s", other)


def test_what_was_redriven_stays_so(db):
    letter = db.value(SEND, "{}", json.dumps({"from": "+12015550100"}))
    db.execute("update pipeline_dlq set state = 'redriven'")

    db.value("select erase_dead_letters('{}', %s)", MARKS)

    assert db.one("select state, sealed from pipeline_dlq where id = %s", letter) == ("redriven", None)


def test_rows_of_his_property_are_his(db):
    (lead,) = db.leads(1)
    db.execute("update leads set mak = '0000000001'")
    db.value("select add_dead_letter('upload', '{\"mak\": \"0000000001\"}', 'x', 'y')")

    assert db.value("select erase_dead_letters(array[%s::uuid], '{never}')", lead) == 1


@pytest.mark.parametrize(
    ("payload", "erased"),
    [
        ({"addr_hash": "\\x00ff"}, 1),
        ({"addr_hash": "\\x00fe"}, 0),
        ({"county_fips": "06037", "apn": "1234"}, 1),
        ({"county_fips": "06037", "apn": "1235"}, 0),
        ({"county_fips": "06059", "apn": "1234"}, 0),
        ({"mak": "0000000002"}, 0),
    ],
)
def test_a_letter_is_known_by_each_key_of_the_property(db, payload, erased):
    lead, _ = db.leads(2)
    db.execute(
        "update leads set mak = '0000000001', county_fips = '06037', apn = '1234', addr_hash = '\\x00ff' where id = %s",
        (lead,),
    )
    db.execute("update leads set mak = '0000000002' where id <> %s", (lead,))
    db.value("select add_dead_letter('upload', %s, 'x', 'y')", json.dumps(payload))

    assert db.value("select erase_dead_letters(array[%s::uuid], '{never}')", lead) == erased


def test_nobody_goes_on_with_a_letter_that_was_claimed(db, clock):
    db.value(SEND, "{}", json.dumps({"from": "+12015550100"}))
    db.execute("update pipeline_dlq set retry_after = %s", (clock.now,))
    db.one("select * from claim_dlq(1, '5 min', 'enrich', false, %s)", clock.now)

    db.value("select erase_dead_letters('{}', %s)", MARKS)

    row = db.one("select state, lease_token, lease_until, retry_after from pipeline_dlq")
    assert row == ("discarded", None, None, None)
