import uuid

import pytest


@pytest.mark.parametrize(
    ("before", "outcome", "after"),
    [("active", "booked", "booked"), ("replied", "booked", "booked"), ("paused", "noted", "paused")],
)
def test_a_booking_moves_its_lead_where_its_state_leads_there(db, clock, before, outcome, after):
    (lead,) = db.leads(1, status=before)

    assert db.value("select note_booking(%s, %s, %s)", lead, clock.now, clock.now) == outcome

    assert db.one("select campaign_status, booked_at from leads where id = %s", lead) == (after, clock.now)


def test_an_unknown_lead_is_null(db, clock):
    assert db.value("select note_booking(%s, %s, %s)", uuid.uuid4(), clock.now, clock.now) is None
