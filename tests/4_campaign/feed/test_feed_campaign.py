from datetime import date

import psycopg
import pytest


def test_a_writer_may_feed_and_gets_an_answer_by_the_clock_of_the_server(db):
    with db.acting_as("pipeline_writer"):
        result = db.one("select * from feed_campaign()")

    assert result.status in ("not_due", "empty")
    assert (result.cap, result.fed, result.remaining) == (250, 0, 250)
    assert result.day == db.value("select (now() at time zone 'America/Los_Angeles')::date")


FEED = "select * from feed_campaign('default', %s)"


def test_a_second_feed_on_the_same_day_adds_nothing(db, clock):
    db.leads(300, status="queued")
    clock.set("2026-03-09 06:00")  # the Monday after the clocks changed

    first = db.feed()
    second = db.feed()

    assert first == ("fed", date(2026, 3, 9), 250, 250, 0)
    assert (second.status, second.fed) == ("capped", 0)
    assert db.value("select count(*) from leads where campaign_status = 'active'") == 250


def test_the_next_day_has_a_cap_of_its_own(db, clock):
    db.leads(300, status="queued")
    db.feed()

    clock.move(days=1)

    assert (db.feed().fed, db.feed().status) == (50, "empty")


@pytest.mark.parametrize(
    ("local", "status"),
    [
        ("2026-03-09 05:59", "not_due"),
        ("2026-03-09 12:00", "not_due"),
        ("2026-03-08 06:00", "not_due"),
        ("2026-03-09 11:59", "fed"),
    ],
)
def test_it_feeds_only_when_it_is_due(db, clock, local, status):
    db.leads(1, status="queued")
    clock.set(local)

    assert db.feed().status == status


def test_a_lead_that_is_not_contactable_any_more_is_left_out(db, clock):
    stopped, suppressed, fine = db.leads(3, status="queued")
    db.execute("update leads set consent = false where id = %s", (stopped,))
    db.execute("select opt_out('phone', %s, 'asked', 'test')", (db.contact(suppressed),))

    assert db.feed().fed == 1
    assert [row.id for row in db.rows("select id from leads where campaign_status = 'active'")] == [fine]


def test_each_channel_with_a_verified_contact_gets_a_delivery(db, clock):
    both = db.leads(1, status="queued")
    phone = db.leads(1, status="queued", emails=0)

    db.feed()

    found = {(row.lead_id, row.channel) for row in db.rows("select * from deliveries")}
    assert found == {(both[0], "phone"), (both[0], "email"), (phone[0], "phone")}


def test_an_update_by_hand_that_would_be_the_251st_is_refused(db, clock):
    db.leads(300, status="queued")
    db.feed()

    with db.refused("PF082"):
        db.execute(
            "update leads set campaign_status = 'active', campaign_status_at = %s"
            " where id = (select id from leads where campaign_status = 'queued' limit 1)",
            (clock.now,),
        )


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read"])
def test_two_feeders_at_once_feed_exactly_the_cap(clone, connect, clock, isolation):
    clone.leads(300, status="queued")
    first, second = connect(), connect()
    for feeder in (first, second):
        feeder.execute(f"set default_transaction_isolation = '{isolation}'")

    with first.transaction(), second.transaction():
        second.execute("select count(*) from leads")  # its snapshot, where it keeps one, is from before the feed
        assert first.feed().fed == 250
        assert second.feed().status == "locked"
    late = connect()
    late.execute(f"set default_transaction_isolation = '{isolation}'")

    assert late.feed().status == "capped"
    assert clone.value("select count(*) from leads where campaign_status = 'active'") == 250
    assert clone.value("select fed from campaign_days") == 250


def test_a_feeder_with_an_old_snapshot_fails_rather_than_feed_again(clone, connect, clock):
    clone.leads(300, status="queued")
    first, second = connect(), connect()
    second.execute("set default_transaction_isolation = 'repeatable read'")

    with pytest.raises(psycopg.errors.SerializationFailure), second.transaction():
        second.execute("select count(*) from leads")
        first.feed()
        second.feed()

    assert clone.value("select count(*) from leads where campaign_status = 'active'") == 250


def test_a_killed_feeder_leaves_nothing_half_done(clone, connect, clock):
    clone.leads(20, status="queued")
    killed = connect()
    killed.execute("begin")
    assert killed.feed().fed == 20

    clone.execute("select pg_terminate_backend(%s)", (killed.info.backend_pid,))
    with pytest.raises(psycopg.OperationalError):
        killed.execute("commit")

    assert clone.value("select count(*) from deliveries") == 0
    assert clone.feed().fed == 20


def test_two_campaigns_are_fed_side_by_side(clone, connect, clock):
    clone.execute("insert into campaigns (name, daily_cap) values ('second', 10)")
    clone.leads(20, status="queued")
    clone.leads(20, status="queued", campaign="second")
    first, second = connect(), connect()

    with first.transaction():
        assert first.feed().fed == 20
        assert second.feed("second").fed == 10


def test_an_unknown_campaign_is_told(db, clock):
    with db.refused("PF083"):
        db.feed("nowhere")


def test_a_feeder_waits_for_an_update_by_hand_and_feeds_what_it_leaves(clone, connect, clock):
    clone.execute("update campaigns set daily_cap = 5")
    leads = clone.leads(10, status="queued")
    by_hand, feeder = connect(), connect()

    with by_hand.transaction():
        by_hand.execute(
            "update leads set campaign_status = 'active', campaign_status_at = %s where id = %s", (clock.now, leads[-1])
        )
        waiting = feeder.in_background(FEED, clock.now).wait_until_blocked(clone)
    (result,) = waiting.result()

    assert (result.status, result.fed, result.remaining) == ("fed", 4, 0)


@pytest.mark.parametrize(("change", "status"), [("paused = true", "paused"), ("daily_cap = 0", "capped")])
def test_a_change_of_the_campaign_that_it_waited_for_counts(clone, connect, clock, change, status):
    clone.leads(3, status="queued")
    owner, feeder = connect(), connect()

    with owner.transaction():
        owner.execute(f"update campaigns set {change}")
        waiting = feeder.in_background(FEED, clock.now).wait_until_blocked(clone)
    (result,) = waiting.result()

    assert (result.status, result.fed) == (status, 0)


def test_a_cap_lowered_at_noon_feeds_no_more_and_a_raised_one_the_rest(db, clock):
    db.leads(20, status="queued")
    db.execute("update campaigns set daily_cap = 10")
    assert db.feed().fed == 10

    db.execute("update campaigns set daily_cap = 5")
    assert (db.feed().status, db.feed().remaining) == ("capped", 0)
    db.execute("update campaigns set daily_cap = 12")
    assert (db.feed().fed, db.feed().status) == (2, "capped")
    assert tuple(db.one("select fed, cap from campaign_days")) == (12, 12)


def test_the_cap_it_tells_is_the_one_that_held_after_a_change_of_zone(db, clock):
    db.leads(5, status="queued")
    clock.set("2026-03-09 11:00")
    db.execute("update campaigns set daily_cap = 3")
    db.feed()
    db.execute("update campaigns set timezone = 'Pacific/Auckland'")

    result = db.feed()
    assert (result.status, result.cap, result.fed, result.remaining) == ("capped", 0, 0, 0)


def test_a_zone_that_does_not_exist_is_not_taken(db):
    with db.refused("22023"):
        db.execute("update campaigns set timezone = 'Nowhere/Town'")
