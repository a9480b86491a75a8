"""A STOP, by record_reply or opt_out: it hashes its contact once, locks its leads once and writes each row once."""

import pytest

WAYS = {
    "record_reply": "select record_reply('phone', %s, 'STOP', 'sms-1', null, %s)",
    "opt_out": "select opt_out('phone', %s, 'reply STOP', 'twilio', %s)",
}


def calls(db, function):
    return db.value("select coalesce(sum(calls), 0) from pg_stat_xact_user_functions where funcname = %s", function)


def updates(db, table):
    return db.value("select n_tup_upd from pg_stat_xact_user_tables where relid = %s::regclass", table)


@pytest.mark.parametrize("way", WAYS)
def test_each_row_is_written_once(db, share_phone, clock, way):
    lead, sharing, other = db.leads(3, status="queued")
    share_phone(db, lead, sharing)
    assert db.feed().fed == 3
    clock.move(minutes=1)
    db.execute("set local track_functions = 'all'")
    phone = db.contact(lead)
    counts = {table: updates(db, table) for table in ("leads", "deliveries")}
    used = {function: calls(db, function) for function in ("contact_hash", "lock_leads_of_contact", "lock_lead")}

    db.execute(WAYS[way], (phone, clock.now))

    assert updates(db, "leads") - counts["leads"] == 2
    assert updates(db, "deliveries") - counts["deliveries"] == 4
    assert {function: calls(db, function) - before for function, before in used.items()} == {
        "contact_hash": 1,
        "lock_leads_of_contact": 1,
        "lock_lead": 0,
    }
    closed = db.rows("select id from leads where campaign_status = 'opted_out' and not consent order by id")
    assert [row.id for row in closed] == sorted([lead, sharing])
    assert db.value("select campaign_status from leads where id = %s", other) == "active"


def test_the_lead_that_replied_has_the_time_of_its_reply(db, share_phone, clock):
    lead, sharing = db.leads(2, status="queued")
    share_phone(db, lead, sharing)
    db.feed()
    sent_at = clock.now
    clock.move(minutes=1)

    replied = db.value(
        "select record_reply('phone', %s, 'STOP', 'sms-1', %s, %s)", db.contact(lead), sent_at, clock.now
    )

    assert db.rows("select id, last_reply_at from leads where last_reply_at is not null") == [(replied, sent_at)]
