import json

MARKS = ["2015550100"]
SEND = "select send_to_dlq('enrich', %s, 'the vendor answered 422', null, %s)"


def test_letters_of_the_person_are_emptied_and_stay_as_counts(db):
    (lead,) = db.leads(1)
    sealed = db.value(SEND, "{}", json.dumps({"from": "(201) 555-0100"}))
    named = db.value(SEND, json.dumps({"lead": str(lead)}), None)
    other = db.value(SEND, "{}", json.dumps({"from": "+12015550101"}))
    db.execute("update pipeline_dlq set last_error = 'x', hint = 'y'")

    assert db.value("select erase_letters(array[%s::uuid], %s)", lead, [*MARKS, str(lead)]) == 2

    for letter in (sealed, named):
        row = db.one("select * from pipeline_dlq where id = %s", letter)
        assert (row.payload, row.sealed, row.reason, row.state) == ({"erased": True}, None, "erased", "discarded")
        assert (row.hint, row.last_error) == (None, None)
    assert db.value("select sealed is not null and state = 'waiting' from pipeline_dlq where id = %s", other)


def test_what_was_redriven_stays_so(db):
    letter = db.value(SEND, "{}", json.dumps({"from": "+12015550100"}))
    db.execute("update pipeline_dlq set state = 'redriven'")

    db.value("select erase_letters('{}', %s)", MARKS)

    assert db.one("select state, sealed from pipeline_dlq where id = %s", letter) == ("redriven", None)


def test_rows_of_his_property_are_his(db):
    (lead,) = db.leads(1)
    db.execute("update leads set mak = '0000000001'")
    db.value("select add_dead_letter('upload', '{\"mak\": \"0000000001\"}', 'x', 'y')")

    assert db.value("select erase_letters(array[%s::uuid], '{never}')", lead) == 1
