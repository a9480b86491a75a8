import pytest
from hypothesis import given
from hypothesis import strategies as st

STATES = "new queued active replied paused booked completed opted_out bounced invalid failed".split()
# the states and moves as the field has them
MOVES = {
    ("new", "queued"), ("queued", "active"), ("active", "replied"), ("replied", "booked"), ("booked", "completed"),
    ("active", "paused"), ("paused", "active"), ("queued", "paused"), ("paused", "queued"), ("replied", "active"),
    ("active", "bounced"), ("active", "invalid"), ("active", "failed"),
} | {(state, "opted_out") for state in ("new", "queued", "active", "replied", "paused", "booked")}  # fmt: skip


def move(db, lead, status):
    db.execute(
        "update leads set campaign_status = %s,"
        " campaign_id = coalesce(campaign_id, (select id from campaigns where name = 'default')) where id = %s",
        (status, lead),
    )


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_only_the_moves_there_are_can_be_made(db, old, new):
    (lead,) = db.leads(1, status=old)

    if old == new or (old, new) in MOVES:
        move(db, lead, new)
        assert db.value("select campaign_status from leads where id = %s", lead) == new
    else:
        with db.refused("PF081"):
            move(db, lead, new)


def test_a_lead_without_a_campaign_cannot_be_queued(db):
    (lead,) = db.leads(1)

    with db.refused("PF080"):
        db.execute("update leads set campaign_status = 'queued' where id = %s", (lead,))


def test_a_lead_that_was_fed_stays_in_its_campaign(db):
    db.execute("insert into campaigns (name) values ('second')")
    other = "update leads set campaign_id = (select id from campaigns where name = 'second') where id = %s"
    (queued,), (fed,) = db.leads(1, status="queued"), db.leads(1, status="active")

    db.execute(other, (queued,))
    with db.refused("PF085"):
        db.execute(other, (fed,))


def test_a_move_is_stamped_and_another_update_is_not(db):
    (lead,) = db.leads(1, status="queued")
    db.execute("update leads set campaign_status_at = '2020-01-01' where id = %s", (lead,))

    db.execute("update leads set status = 'called' where id = %s", (lead,))
    assert db.value("select campaign_status_at < '2020-01-02' from leads where id = %s", lead)

    before = db.value("select clock_timestamp()")
    move(db, lead, "active")
    at = db.value("select campaign_status_at from leads where id = %s", lead)
    assert before < at < db.value("select clock_timestamp()")


def test_a_writer_s_update_by_hand_is_held_to_the_same_moves(db):
    (lead,) = db.leads(1, status="queued")

    with db.acting_as("pipeline_writer"):
        with db.refused("PF081"):
            move(db, lead, "booked")
        move(db, lead, "active")


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_no_sequence_of_updates_leaves_the_graph(db, wanted):
    with db.undone():
        (lead,) = db.leads(1, status="queued")
        at = "queued"
        for state in wanted:
            if state == at or (at, state) in MOVES:
                move(db, lead, state)
                at = state
            else:
                with db.refused("PF081"):
                    move(db, lead, state)
        assert db.value("select campaign_status from leads where id = %s", lead) == at


def test_a_queued_lead_is_not_left_without_a_campaign(db):
    (lead,) = db.leads(1, status="queued")

    with db.refused("PF080"):
        db.execute("update leads set campaign_id = null where id = %s", (lead,))


def test_a_lead_is_not_inserted_as_active(db):
    with db.refused("PF087"):
        db.execute("insert into leads (campaign_status, campaign_id) select 'active', id from campaigns")
