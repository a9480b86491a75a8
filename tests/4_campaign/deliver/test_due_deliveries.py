import pytest

DUE = "select lead_id from due_deliveries('phone', %s, %s)"


@pytest.fixture
def fed(db, clock):
    leads = db.leads(3, status="queued")
    db.feed()
    return leads


def test_the_longest_due_comes_first_at_any_hour(db, clock, fed):
    db.execute("update deliveries set not_before = not_before - interval '1 h' where lead_id = %s", (fed[2],))
    clock.set("2026-03-09 23:00")

    assert [row.lead_id for row in db.rows(DUE, 1, clock.now)] == [fed[2]]
    assert {row.lead_id for row in db.rows(DUE, 10, clock.now)} == set(fed)


def test_what_another_holds_is_passed_over(clone, connect, clock):
    clone.leads(3, status="queued")
    clone.feed()
    other = connect()

    with clone.transaction():
        mine = clone.rows(DUE, 2, clock.now)
        theirs = other.rows(DUE, 10, clock.now)

    assert (len(mine), len(theirs)) == (2, 1)


def test_a_channel_that_its_campaign_no_longer_has_is_not_due(db, clock, fed):
    db.execute("update campaigns set channels = '{email}', requires_phone = false")
    assert db.rows(DUE, 10, clock.now) == []

    db.execute("update campaigns set channels = '{email,phone}'")
    assert len(db.rows(DUE, 10, clock.now)) == 3
