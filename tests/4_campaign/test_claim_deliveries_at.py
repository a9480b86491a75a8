import pytest


@pytest.fixture
def fed(db, clock):
    """Three fed leads at ten in Los Angeles, best score first."""
    leads = db.leads(3, status="queued", phones=2)
    db.feed()
    clock.set("2026-03-09 10:00")
    return leads


def test_each_delivery_is_handed_to_one_caller_for_the_lease(db, clock, fed):
    first = db.claim(limit=2)
    second = db.claim(limit=2)

    assert len({delivery.lead_id for delivery in first + second}) == 3
    assert db.claim() == []
    assert {delivery.contact for delivery in first} == {db.contact(delivery.lead_id) for delivery in first}


def test_a_lease_that_ran_out_is_claimed_again_with_another_token(db, clock, fed):
    (before,) = db.claim(limit=1)

    clock.move(minutes=6)
    again = {delivery.id: delivery for delivery in db.claim()}[before.id]

    assert (again.token != before.token, again.attempts) == (True, 2)


def test_nobody_is_called_at_night_and_mail_goes_at_any_hour(db, clock, fed):
    clock.set("2026-03-09 07:59")

    assert db.claim("phone") == []
    assert len(db.claim("email")) == 3


def test_a_value_suppressed_after_the_feed_is_not_delivered_to(db, clock, fed):
    db.execute(
        "insert into suppressions (channel, value_hash, reason, source)"
        " select channel, value_hash, 'x', 'x' from lead_contacts where lead_id = %s and channel = 'phone'",
        (fed[0],),
    )

    assert {delivery.lead_id for delivery in db.claim()} == set(fed[1:])


def test_an_opt_out_after_the_feed_cancels(db, clock, fed):
    db.execute("select opt_out('email', %s, 'asked', 'test')", (db.contact(fed[0], "email"),))

    assert {delivery.lead_id for delivery in db.claim()} == set(fed[1:])


def test_an_unverified_contact_gives_way_to_the_next(db, clock, fed):
    db.execute("update lead_contacts set verified = false where lead_id = %s and position = 1", (fed[0],))

    contact = {delivery.lead_id: delivery.contact for delivery in db.claim()}[fed[0]]

    assert contact == db.contact(fed[0], position=2)


@pytest.mark.parametrize(
    "change",
    [
        "update campaigns set paused = true",
        "update leads set campaign_status = 'paused'",
        "update leads set consent = false",
        "update deliveries set not_before = '2027-01-01'",
    ],
)
def test_what_may_not_go_now_is_not_claimed(db, clock, fed, change):
    db.execute(change)

    assert db.claim() == []


def test_what_another_is_claiming_is_passed_over(clone, connect, clock):
    clone.leads(3, status="queued")
    clone.feed()
    clock.set("2026-03-09 10:00")
    first, second = connect(), connect()

    with first.transaction():
        mine = first.claim(limit=2)
        theirs = second.claim(limit=2)

    assert (len(mine), len(theirs)) == (2, 1)
    assert not {d.id for d in mine} & {d.id for d in theirs}


@pytest.mark.parametrize("arguments", ["null, '5 min'", "-1, '5 min'", "5, null", "5, '0'", "5, '-1 min'"])
def test_a_claim_without_limit_or_lease_is_refused(db, clock, arguments):
    with db.refused("PF086"):
        db.execute(f"select * from claim_deliveries_at('phone', {arguments}, now())")
