"""record_verification: a provider's answer, as services hand it in."""

from uuid import uuid4


def test_a_service_records_an_answer(clone, connect):
    [lead] = clone.leads(1, verified=False)
    writer = connect("pipeline_writer")

    assert writer.value("select record_verification(%s, 'phone', 'melissa', '{PS01,PS07}')", lead) is True

    row = writer.one("select phone_verified, phone_verification_codes, email_verified from leads where id = %s", lead)
    assert row == (True, ["PS01", "PS07"], False)


def test_the_event_is_of_now(db, last_event):
    [lead] = db.leads(1)

    db.execute("select record_verification(%s, 'email', 'melissa', '{ES01}')", (lead,))

    assert last_event(db, "verified").occurred_at == db.value("select now()")


def test_an_unknown_channel_or_lead_is_the_callers_fault(db):
    [lead] = db.leads(1)

    with db.refused("PF060"):
        db.execute("select record_verification(%s, 'fax', 'melissa', '{PS01}')", (lead,))
    with db.refused("PF061"):
        db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (uuid4(),))


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (uuid4(),))
