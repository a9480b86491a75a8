"""broken_consents: what was done to the chain behind the functions' back is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

LENGTH = 8


@pytest.fixture
def chain(db):
    """Eight consents of two leads."""
    leads = db.leads(2)
    for n in range(LENGTH):
        db.execute(
            "select append_consent(%s, %s, 'web_form', jsonb_build_object('text', 'Call me', 'ip', '192.0.2.1'), %s)",
            (leads[n % 2], "withdrawn" if n % 3 == 2 else "granted", db.clock.move(minutes=1)),
        )
    return db


def broken(db):
    return [row.consent_id for row in db.rows("select * from broken_consents() order by consent_id")]


def test_a_whole_chain_has_no_broken_row(db, chain):
    assert broken(db) == []


def test_no_consents_are_a_whole_chain(db):
    assert broken(db) == []


CHANGES = [
    "lead_id = gen_random_uuid()",
    "action = case action when 'granted' then 'withdrawn' else 'granted' end",
    "method = method || '.'",
    "text_shown = null",
    "text_shown = text_shown || ' '",
    "evidence = null",
    "evidence = set_byte(evidence, 30, get_byte(evidence, 30) # 1)",
    "recorded_at = recorded_at + interval '1 microsecond'",
    "previous_hash = decode(repeat('00', 32), 'hex')",
    "row_hash = sha256(row_hash)",
    "id = id + 100",
]


@given(change=st.sampled_from(CHANGES), victim=st.integers(1, LENGTH))
def test_a_changed_row_is_found(db, chain, change, victim):
    with db.undone():
        db.execute(f"update consents set {change} where id = %s", (victim,))

        assert broken(db) != []
    assert broken(db) == []


@given(gone=st.sets(st.integers(1, LENGTH), min_size=1))
def test_rows_taken_out_are_found_wherever_they_were(db, chain, gone):
    with db.undone():
        db.execute("delete from consents where id = any(%s)", (list(gone),))

        assert broken(db) != []


@given(pair=st.lists(st.integers(1, LENGTH), min_size=2, max_size=2, unique=True))
def test_two_rows_that_changed_places_are_found(db, chain, pair):
    with db.undone():
        one, other = pair
        db.execute("update consents set id = 1000 where id = %s", (one,))
        db.execute("update consents set id = %s where id = %s", (one, other))
        db.execute("update consents set id = %s where id = 1000", (other,))

        assert broken(db) != []


@given(victim=st.integers(1, LENGTH))
def test_a_chain_made_anew_after_a_change_is_found_by_its_events(db, chain, victim):
    with db.undone():
        db.execute("update consents set method = 'forged' where id = %s", (victim,))
        for id in range(victim, LENGTH + 1):
            db.execute(
                "update consents set previous_hash = (select p.row_hash from consents as p where p.id = %(id)s - 1)"
                " where id = %(id)s",
                {"id": id},
            )
            db.execute("update consents as c set row_hash = consent_hash(c) where id = %s", (id,))

        assert broken(db) == list(range(victim, LENGTH + 1))


def test_a_row_cut_off_the_end_is_missed_even_after_the_next_consent(db, chain):
    [lead] = db.leads(1)
    db.execute("delete from consents where id = %s", (LENGTH,))
    assert broken(db) == [LENGTH]

    db.execute("select append_consent(%s, 'granted', 'web_form', '{}', now())", (lead,))

    assert broken(db) == [LENGTH]


def test_a_reader_gets_ids_and_no_more(clone, connect):
    [lead] = clone.leads(1)
    clone.execute("select append_consent(%s, 'granted', 'web_form', '{}', now())", (lead,))
    clone.execute("update consents set method = 'forged'")

    assert connect("pipeline_reader").rows("select * from broken_consents()") == [(1, "changed")]
