import pytest


@pytest.fixture
def lead(db):
    return db.leads(1, status="active")[0]


def end(db, lead, reason, call):
    db.execute("select record_call(%s, %s, %s, 1, %s)", (call, lead, reason, call))


def health(db, at=None):
    return {
        row.check_name: row for row in db.rows("select * from health_of_calls(coalesce(%s, clock_timestamp()))", at)
    }


def test_a_paused_channel_fails_with_the_reason_and_how_to_go_on(db, lead):
    end(db, lead, "call.start.error-subscription-frozen", "c1")

    row = health(db)["paused_channels"]
    assert row.status == "fail"
    assert row.detail == "phone of campaign default; calls ended by call.start.error-subscription-frozen"
    assert "update campaigns set paused_channels" in row.hint


def test_it_fails_as_long_as_it_stands_still(db, lead, clock):
    end(db, lead, "call.start.error-subscription-frozen", "c1")
    row = health(db, clock.set("2099-01-01"))["paused_channels"]

    assert (row.status, row.detail) == ("fail", "phone of campaign default")


def test_reasons_that_no_pattern_fits_are_named(db, lead):
    for call, reason in enumerate(("customer-sang", "voicemail", "customer-sang", "Ada Lovelace, +1 202 555 0123")):
        end(db, lead, reason, f"c{call}")

    row = health(db)["unknown_call_reasons"]
    assert (row.status, row.detail) == ("warn", "unknown: customer-sang (2 calls), unreadable (1 call)")


def test_known_reasons_and_open_channels_are_fine(db, lead):
    end(db, lead, "voicemail", "c1")

    assert {row.status for row in health(db).values()} == {"ok"}
