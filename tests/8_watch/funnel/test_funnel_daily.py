from datetime import timedelta
from uuid import uuid4

import pytest

COUNTED = ["verified", "consented", "queued", "fed", "delivered", "replied", "booked", "opted_out"]
EVENTS = {
    "verified": ("verified", '{"verified": true}'),
    "consented": ("consent", '{"action": "granted"}'),
    "queued": ("queued", '{"from": "new", "to": "queued"}'),
    "fed": ("fed", '{"from": "queued", "to": "active"}'),
    "delivered": ("api", '{"outcome": "delivered"}'),
    "replied": ("replied", '{"from": "active"}'),
    "booked": ("booked", '{"from": "replied"}'),
    "opted_out": ("suppression", '{"action": "added"}'),
}
NOT_COUNTED = [
    ("verified", '{"verified": false}'),
    ("consent", '{"action": "withdrawn"}'),
    ("consent", '{"action": "asked"}'),
    ("queued", '{"from": "paused", "to": "queued"}'),
    ("resumed", '{"from": "paused", "to": "active"}'),
    ("api", '{"outcome": "retry"}'),
    ("suppression", '{"action": "lifted"}'),
    ("enriched", "{}"),
]


@pytest.fixture
def today(db, clock):
    """The view counts back from now(): the clock goes to noon of today, Los Angeles."""
    day = db.value("select (now() at time zone 'America/Los_Angeles')::date")
    clock.set(f"{day} 12:00")
    return day


@pytest.mark.parametrize("stage", COUNTED)
def test_a_lead_counts_once_a_day_at_a_stage(db, event, today, stage):
    name, detail = EVENTS[stage]
    lead = uuid4()
    for each in (lead, lead, uuid4()):
        event(name, detail=detail, lead_id=each)

    row = db.one("select * from funnel_daily")
    assert row.day == today
    assert {name: getattr(row, name) for name in COUNTED} == {name: 2 if name == stage else 0 for name in COUNTED}


@pytest.mark.parametrize(("stage", "detail"), NOT_COUNTED)
def test_an_event_that_reaches_no_stage_makes_no_row(db, event, today, stage, detail):
    event(stage, detail=detail, lead_id=uuid4())

    assert db.rows("select * from funnel_daily") == []


def test_files_and_their_rows_are_summed(db, event, today):
    event("dedupe", detail='{"new": 60, "merged": 40}', rows=100)
    event("dedupe", detail='{"new": 5}', rows=5)
    event("refused", detail='{"outcome": "untimely"}')

    row = db.one("select uploads, uploads_refused, rows_received, leads_new from funnel_daily")
    assert row == (2, 1, 105, 65)


def test_what_somebody_logged_by_hand_does_not_break_it(db, event, today):
    event("dedupe", detail='{"new": "sixty"}')
    event("dedupe", detail="[]", rows=1)

    assert db.one("select rows_received, leads_new from funnel_daily") == (1, 0)


def test_a_day_ends_at_local_midnight_whatever_the_session_s_zone(db, event, clock, today):
    for time in ("00:00", "23:59"):
        clock.set(f"{today} {time}")
        event("fed", lead_id=uuid4())
    clock.move(minutes=1)
    event("fed", lead_id=uuid4())

    for zone in ("UTC", "Asia/Tokyo"):
        db.execute(f"set local timezone = '{zone}'")
        assert db.rows("select day, fed from funnel_daily order by day") == [(today, 2), (today + timedelta(days=1), 1)]


def test_the_pipeline_s_own_events_are_those_that_are_counted(db):
    """Through the functions themselves: what they write is what the view looks for."""
    body = "MelissaAddressKey,Address,City,State,Zip,Phone 1\n1234567890,12 Main St,Los Angeles,CA,90012,213-555-0123\n"
    assert db.ingest(body).rows_new == 1
    lead = db.value("select id from leads")
    db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (lead,))
    nonce = db.value("select issue_consent_token(%s)", lead)
    db.execute("select redeem_consent_token(%s, 'web_form', '{}')", (nonce,))
    assert db.value("select queue_leads()") == 1
    now = db.value("select (local_day(now(), timezone) + time '06:00') at time zone timezone from campaigns")
    db.execute("update campaigns set feed_days = '{1,2,3,4,5,6,7}'")
    assert db.value("select fed from feed_campaign('default', %s)", now) == 1
    noon = now + timedelta(hours=6)
    (delivery,) = db.rows("select * from claim_deliveries('phone', 5, '5 min', %s)", noon)
    db.execute("select finish_delivery(%s, %s, 200, 90, null, null, %s)", (delivery.id, delivery.token, noon))
    db.execute("select record_reply('phone', '+12135550123', 'Yes', 'sms-1', %s, %s)", (noon, noon))
    db.execute("select record_booking(%s, %s, 'booking-1', %s)", (lead, noon + timedelta(days=2), noon))
    db.execute("select opt_out('phone', '+12135550123', 'asked', 'test', %s)", (noon,))

    with db.acting_as("pipeline_reader"):
        row = db.one("select * from funnel_daily")
    assert (row.uploads, row.rows_received, row.leads_new) == (1, 1, 1)
    assert {name: getattr(row, name) for name in COUNTED} == {name: 1 for name in COUNTED}


def test_a_reverted_file_counts_no_more(db):
    gone = db.ingest("mak\n0000000001\n0000000002\n")
    db.ingest("mak\n0000000003\n")

    db.execute("select revert_upload(%s)", (gone.upload_id,))

    assert db.one("select uploads, rows_received, leads_new from funnel_daily") == (1, 1, 1)


def test_a_redriven_line_is_received_once_and_its_lead_counts(db):
    db.ingest("mak,first name\n,Ada\n")
    assert db.one("select uploads, rows_received, leads_new from funnel_daily") == (1, 1, 0)

    db.execute('select correct_row(id, \'{"mak": "0000000001"}\') from pipeline_dlq')

    assert db.one("select uploads, rows_received, leads_new from funnel_daily") == (1, 1, 1)
