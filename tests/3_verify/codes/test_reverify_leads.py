"""reverify_leads: as services call it after the map changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


def test_a_service_reads_leads_again(clone, connect):
    [lead] = clone.leads(1, verified=False)
    writer = connect("pipeline_writer")
    writer.execute("select record_verification(%s, 'phone', 'melissa', '{PS02}')", (lead,))
    clone.execute("update verification_code_map set effect = 'verify' where code = 'PS02' and channel = 'phone'")

    assert writer.value("select reverify_leads()") == 1
    assert writer.value("select reverify_leads()") == 0
    assert writer.value("select phone_verified from leads") is True


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select reverify_leads()")


def record(db, lead, *codes, provider="melissa", channel="phone"):
    query = "select record_verification(%s, %s, %s, %s, null, %s)"
    db.execute(query, (lead, channel, provider, list(codes), db.clock.now))


def change(db, code, effect, channel="phone"):
    db.execute("update verification_code_map set effect = %s where code = %s and channel = %s", (effect, code, channel))


def reverify(db, limit=10_000):
    return db.value("select reverify_leads(%s, %s)", limit, db.clock.move(hours=1))


def verified(db, *leads):
    return [db.value("select phone_verified from leads where id = %s", lead) for lead in leads]


def test_only_leads_with_the_code_are_touched(db):
    changed, other, elsewhere, unasked = db.leads(4, verified=False)
    record(db, changed, "PS02")
    record(db, other, "PS07")
    record(db, elsewhere, "PS02", channel="email")
    versions = "select id, xmin from leads order by id"
    contacts = "select lead_id, channel, position, ctid from lead_contacts where lead_id <> %s order by 1, 2, 3"
    before = dict(db.rows(versions)), db.rows(contacts, changed)
    change(db, "PS02", "verify")

    assert reverify(db) == 1

    after = dict(db.rows(versions)), db.rows(contacts, changed)
    assert verified(db, changed, other, elsewhere, unasked) == [True, False, False, False]
    assert db.value("select updated_at from leads where id = %s", changed) == db.clock.now
    assert after[1] == before[1]
    assert db.value("select count(*) from leads where updated_at = %s", db.clock.now) == 1


def test_without_a_change_nobody_is_read(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS01")

    assert reverify(db) == 0


@pytest.mark.parametrize(
    ("codes", "before", "changed", "effect", "after"),
    [
        (["PS01"], True, "PS01", "reject", False),
        (["PS01"], True, "PS01", "info", False),
        (["PS01"], True, "PS01", "retry", False),
        (["PS02"], False, "PS02", "verify", True),
        (["PS01", "PS07"], True, "PS07", "reject", False),
        (["PS01", "PS07"], True, "PS07", "retry", True),
        (["PE01", "PS07"], False, "PS07", "verify", False),
        (["PE01", "PS01"], False, "PE01", "info", True),
        (["PE01"], False, "PE01", "info", False),
    ],
)
def test_the_stored_codes_are_judged_by_the_map_as_it_is(db, codes, before, changed, effect, after):
    [lead] = db.leads(1, verified=False)
    record(db, lead, *codes)
    assert verified(db, lead) == [before]

    change(db, changed, effect)
    assert reverify(db) == 1

    assert verified(db, lead) == [after]


def test_a_code_that_was_unknown_and_one_that_is_taken_out(db):
    new, gone = db.leads(2, verified=False)
    record(db, new, "OK", provider="acme")
    record(db, gone, "PS01")
    db.execute(
        "insert into verification_code_map (provider, channel, code, effect, meaning)"
        " values ('acme', 'phone', 'OK', 'verify', 'can be reached')"
    )
    db.execute("delete from verification_code_map where code = 'PS01' and channel = 'phone'")

    assert reverify(db) == 2

    assert verified(db, new, gone) == [True, False]


def test_a_mark_by_hand_stays(db):
    bare, informed = db.leads(2, verified=True)
    record(db, informed, "PS07")

    change(db, "PS07", "retry")
    reverify(db)

    assert verified(db, bare, informed) == [True, True]


def test_another_providers_word_is_not_meant(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "RISKY", provider="generic")
    db.execute(
        "insert into verification_code_map (provider, channel, code, effect, meaning)"
        " values ('acme', 'phone', 'RISKY', 'verify', 'can be reached')"
    )

    assert reverify(db) == 0


def test_a_code_that_now_says_retry_is_due_to_be_asked_again(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS02")

    change(db, "PS02", "retry")
    reverify(db)

    row = db.one("select verify_tries, verify_after from lead_contacts where channel = 'phone'")
    assert row == (0, db.clock.now)


def test_batches_go_through_all_and_end(db):
    leads = db.leads(7, verified=False)
    for lead in leads:
        record(db, lead, "PS02")
    change(db, "PS02", "verify")

    assert [reverify(db, 3) for _ in range(4)] == [3, 3, 1, 0]

    assert verified(db, *leads) == [True] * 7
    assert db.value("select count(*) from verification_code_history where reverified_at is null") == 0


def test_a_change_between_two_batches_starts_again(db):
    leads = db.leads(4, verified=False)
    for lead in leads:
        record(db, lead, "PS02")
    change(db, "PS02", "verify")
    reverify(db, 3)

    change(db, "PS02", "info")
    while reverify(db, 3):
        pass

    assert verified(db, *leads) == [False] * 4


def test_an_answer_between_two_changes_is_read_again(db):
    [lead] = db.leads(1, verified=False)
    change(db, "PS01", "info")
    record(db, lead, "PS01")

    change(db, "PS01", "verify")
    reverify(db)

    assert verified(db, lead) == [True]


def test_other_words_for_the_same_effect_concern_nobody(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS01")
    db.execute("update verification_code_map set meaning = 'reachable' where code = 'PS01'")

    assert reverify(db) == 0
    assert db.value("select count(*) from verification_code_history where reverified_at is null") == 0


def test_what_changed_is_an_event(db, last_event):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS02")
    change(db, "PS02", "verify")

    reverify(db)

    event = last_event(db, "verified")
    assert (event.lead_id, event.service, event.occurred_at) == (lead, "melissa", db.clock.now)
    assert event.detail == {
        "channel": "phone",
        "position": 1,
        "codes": ["PS02"],
        "effect": "verify",
        "verified": True,
        "map_version": 2,
    }


@pytest.mark.parametrize("limit", [None, 0, -1])
def test_a_limit_is_above_zero(db, limit):
    with db.refused("PF086"):
        reverify(db, limit)


def test_a_rare_code_is_found_by_the_index(db):
    leads = db.leads(300, verified=False)
    db.execute("update lead_contacts set verification_provider = 'melissa', verification_codes = '{PS07}'")
    record(db, leads[0], "PS02")
    db.execute("analyze lead_contacts")
    db.execute("set local enable_seqscan = off")

    plan = db.rows("explain select lead_id from lead_contacts where verification_codes && array['PS02']")

    assert "lead_contacts_codes_idx" in str(plan)


CODES = ["PS01", "PS02", "PS07", "PE01", "ZZ99"]
EFFECTS = ["verify", "reject", "info", "retry"]


@given(
    answers=st.lists(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True), min_size=1, max_size=4),
    changes=st.lists(st.tuples(st.sampled_from(CODES[:4]), st.sampled_from(EFFECTS)), min_size=1, max_size=4),
    limit=st.integers(1, 3),
)
def test_after_any_changes_each_lead_is_what_its_codes_say(db, answers, changes, limit):
    effects = {"PS01": "verify", "PS02": "info", "PS07": "info", "PE01": "reject"} | dict(changes)
    with db.undone():
        for codes in answers:
            [lead] = db.leads(1, verified=False)
            record(db, lead, *codes)
        for code, effect in changes:
            change(db, code, effect)
        while reverify(db, limit):
            pass

        for row in db.rows("select phone_verified, phone_verification_codes as codes from leads"):
            found = {effects.get(code) for code in row.codes}
            assert row.phone_verified is ("verify" in found and "reject" not in found)


def test_the_map_is_locked_before_its_history_as_who_changes_it_does(clone, connect, clock):
    """Else a change of the map, a bounce and this could wait for one another in a circle."""
    reverifying = connect()

    with clone.transaction():
        clone.execute("lock table verification_code_map in row exclusive mode")
        waiting = reverifying.in_background("select reverify_leads(10, %s)", clock.now).wait_until_blocked(clone)
        clone.execute("lock table verification_code_history in share row exclusive mode nowait")
    waiting.result()
