import pytest


@pytest.fixture
def dead(db, clock):
    """The letter of a call that the vendor refused."""
    db.leads(1, status="queued", emails=0)
    db.feed()
    clock.set("2026-03-09 10:00")
    (delivery,) = db.claim()
    db.execute("select finish_delivery(%s, %s, 401, 1, null, null, %s)", (delivery.id, delivery.token, clock.now))
    return db.one("select * from pipeline_dlq")


def redrive(db, dead):
    return db.one("select * from redrive_dlq(%s, null, null, %s)", dead.id, db.clock.now)


def test_it_is_claimed_again_with_all_its_attempts(db, clock, dead, letter):
    assert redrive(db, dead).outcome == "redriven"

    (again,) = db.claim()
    assert (again.id, again.attempts) == (dead.payload["delivery"], 1)
    assert letter(dead.id).state == "redriven"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("update leads set campaign_status = 'paused'", "the lead is paused"),
        ("update leads set consent = false", "the lead may not be contacted on this channel"),
        ("update lead_contacts set do_not_call = true", "the lead may not be contacted on this channel"),
        ("update lead_contacts set verified = false", "the lead may not be contacted on this channel"),
        ("update leads set call_attempt_count = 8", "the lead was called as often as its campaign allows"),
        ("update deliveries set state = 'delivered'", "the delivery is delivered"),
        ("delete from deliveries", "the delivery is gone"),
    ],
)
def test_who_may_not_be_contacted_now_is_not(db, clock, dead, letter, change, why):
    db.execute(change)

    result = redrive(db, dead)

    assert (result.outcome, result.message) == ("waiting", why)
    assert (letter(dead.id).state, letter(dead.id).last_error) == ("waiting", why)
    assert db.claim() == []


def test_who_opted_out_meanwhile_stays_out(db, clock, dead):
    lead = db.value("select id from leads")
    db.execute("select opt_out('phone', %s, 'asked', 'test')", (db.contact(lead),))

    assert redrive(db, dead).message == "the lead is opted_out"
    assert db.value("select state from deliveries") == "dead"


def test_an_opt_out_at_the_same_time_is_waited_for(clone, connect, clock):
    (lead,) = clone.leads(1, status="queued", emails=0)
    clone.feed()
    clock.set("2026-03-09 10:00")
    (delivery,) = clone.claim()
    clone.execute("select finish_delivery(%s, %s, 401, 1, null, null, %s)", (delivery.id, delivery.token, clock.now))
    id, phone, other = clone.value("select id from pipeline_dlq"), clone.contact(lead), connect()

    with clone.transaction():
        clone.execute("select opt_out('phone', %s, 'asked', 'test')", (phone,))
        waiting = other.in_background(
            "select * from redrive_dlq(%s, null, null, %s)", id, clock.now
        ).wait_until_blocked(connect())

    assert waiting.result()[0].message == "the lead is opted_out"
