"""version_code_map: a change of the map is a new version, and the old one is kept."""

import pytest

OF_PS01 = " where provider = 'melissa' and channel = 'phone' and code = 'PS01'"


def current(db):
    return db.one("select map_version, effect, is_verified, meaning from verification_code_map" + OF_PS01)


def history(db):
    return db.rows(
        "select map_version, replaced_by, effect, meaning from verification_code_history" + OF_PS01 + " order by 2"
    )


def later(db):
    """Another transaction: what the test did so far is of the past."""
    db.execute("update verification_code_history set replaced_at = replaced_at - interval '1 day'")


def test_the_map_is_installed_as_version_one_without_a_history(db):
    assert db.rows("select distinct map_version from verification_code_map") == [(1,)]
    assert db.rows("select * from verification_code_history") == []


def test_an_update_keeps_what_was_there(db):
    before = current(db)

    db.execute("update verification_code_map set effect = 'info', meaning = 'reachable, they say'" + OF_PS01)

    assert current(db) == (2, "info", False, "reachable, they say")
    assert history(db) == [(1, 2, "verify", before.meaning)]


def test_the_next_change_is_the_next_version(db):
    db.execute("update verification_code_map set effect = 'info'" + OF_PS01)
    later(db)
    db.execute("update verification_code_map set effect = 'reject'" + OF_PS01)
    later(db)
    db.execute("update verification_code_map set effect = 'verify'" + OF_PS01)

    assert current(db)[:3] == (4, "verify", True)
    assert [(row.map_version, row.replaced_by, row.effect) for row in history(db)] == [
        (1, 2, "verify"),
        (2, 3, "info"),
        (3, 4, "reject"),
    ]


def test_what_one_transaction_changes_is_one_version(db):
    db.execute("update verification_code_map set effect = 'info' where code in ('PS01', 'PS02', 'ES01')")
    db.execute("update verification_code_map set meaning = meaning || '.' where code = 'PE01'")

    assert db.rows("select distinct replaced_by from verification_code_history") == [(2,)]


def test_the_same_code_changed_twice_is_two_versions(db):
    """Or an answer judged between the two could not be told."""
    db.execute("update verification_code_map set effect = 'info'" + OF_PS01)
    db.execute("update verification_code_map set effect = 'reject'" + OF_PS01)

    assert current(db)[:2] == (3, "reject")
    assert [(row.map_version, row.effect) for row in history(db)] == [(1, "verify"), (2, "info")]


def test_a_new_code_had_been_unknown(db):
    db.execute(
        "insert into verification_code_map (provider, channel, code, effect, meaning)"
        " values ('Acme', 'phone', 'ok', 'verify', 'can be reached')"
    )

    row = db.one("select * from verification_code_map where provider = 'acme'")
    assert (row.code, row.is_verified, row.map_version) == ("OK", True, 2)
    old = db.one("select * from verification_code_history where provider = 'acme'")
    assert (old.code, old.map_version, old.effect, old.replaced_by) == ("OK", None, None, 2)


def test_a_code_taken_out_is_kept(db):
    db.execute("delete from verification_code_map" + OF_PS01)

    assert [(row.map_version, row.replaced_by, row.effect) for row in history(db)] == [(1, 2, "verify")]


def test_a_code_that_is_renamed_is_gone_and_new(db):
    db.execute("update verification_code_map set code = 'PS99'" + OF_PS01)

    rows = db.rows("select code, effect from verification_code_history order by code")
    assert rows == [("PS01", "verify"), ("PS99", None)]


@pytest.mark.parametrize("contradiction", ["is_verified = false", "is_verified = true, effect = 'info'"])
def test_is_verified_cannot_contradict_the_effect(db, contradiction):
    if "info" in contradiction:
        db.execute("update verification_code_map set effect = 'info'" + OF_PS01)

    with db.refused("23514"):
        db.execute(f"update verification_code_map set {contradiction}" + OF_PS01)


def test_the_version_before_can_be_told_from_the_history(db):
    as_it_was = db.rows("select provider, channel, code, effect from verification_code_map order by 1, 2, 3")
    db.execute("update verification_code_map set effect = 'info' where code like 'PS%'")
    db.execute("delete from verification_code_map where code like 'EE%'")
    db.execute(
        "insert into verification_code_map (provider, channel, code, effect, meaning)"
        " values ('acme', 'phone', 'OK', 'verify', 'can be reached')"
    )

    old = """
        select m.provider, m.channel, m.code, m.effect
          from verification_code_map as m
         where m.map_version = 1
        union all
        select h.provider, h.channel, h.code, h.effect
          from verification_code_history as h
         where h.replaced_by = 2 and h.effect is not null
         order by 1, 2, 3
    """
    assert db.rows(old) == as_it_was


def test_two_changes_at_once_are_two_versions(clone, connect):
    change = "update verification_code_map set effect = 'info' where code = %s and channel = 'phone'"
    with clone.transaction():
        clone.execute(change, ("PS01",))
        other = connect().in_background(change, "PS02").wait_until_blocked(clone)
    other.result()

    assert clone.rows("select code, replaced_by from verification_code_history order by 1") == [
        ("PS01", 2),
        ("PS02", 3),
    ]


def test_a_service_cannot_change_it(db):
    with db.refused("42501"), db.acting_as("pipeline_writer"):
        db.execute("update verification_code_map set effect = 'info'")


@pytest.mark.parametrize("action", ["nothing", "update set effect = excluded.effect"])
def test_an_upsert_of_what_is_there_is_no_new_code(db, clock, action):
    (lead,) = db.leads(1, phones=1, verified=False)
    db.execute("select record_verification(%s, 'phone', 'generic', '{VALID}', null)", (lead,))

    db.execute(
        "insert into verification_code_map (provider, channel, code, effect, meaning, is_verified, map_version)"
        f" values ('Generic', 'phone', 'valid', 'verify', 'can be reached', false, 1)"
        f" on conflict (provider, channel, code) do {action}"
    )

    assert not db.rows("select from verification_code_history where effect is null and code = 'VALID'")
    assert db.value("select reverify_leads()") == 0
