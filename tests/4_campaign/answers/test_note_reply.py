from datetime import timedelta

import pytest


def note(db, lead, occurred_at):
    db.execute("select note_reply(%s, %s, %s)", (lead, occurred_at, db.clock.now))
    return db.one("select campaign_status, last_reply_at from leads where id = %s", lead)


@pytest.mark.parametrize(("before", "after"), [("active", "replied"), ("booked", "booked"), ("paused", "paused")])
def test_an_active_lead_is_replied_and_others_stay(db, clock, before, after):
    (lead,) = db.leads(1, status=before)

    assert note(db, lead, clock.now) == (after, clock.now)


def test_the_latest_reply_counts_whatever_is_told_last(db, clock):
    (lead,) = db.leads(1, status="replied")
    note(db, lead, clock.now)

    assert note(db, lead, clock.now - timedelta(hours=1)).last_reply_at == clock.now


def test_a_reply_of_the_future_is_one_of_now(db, clock):
    (lead,) = db.leads(1, status="replied")

    assert note(db, lead, clock.now + timedelta(days=1)).last_reply_at == clock.now
    assert note(db, lead, None).last_reply_at == clock.now
