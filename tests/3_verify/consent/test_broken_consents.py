"""broken_consents: what was done to the chain behind the functions' back is found."""

import hmac
from typing import Any

import pytest
from hypothesis import given, settings
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
    "action = 'erased'",
    "method = method || '.'",
    "text_shown = null",
    "text_shown = text_shown || ' '",
    "evidence = null",
    "evidence = ''",
    "evidence = set_byte(evidence, 30, get_byte(evidence, 30) # 1)",
    "evidence_hash = sha256(evidence_hash)",
    "evidence = 'forged', evidence_hash = sha256('forged')",
    "recorded_at = recorded_at + interval '1 microsecond'",
    "recorded_at = recorded_at - interval '1 day'",
    "previous_hash = null, row_hash = sha256(row_hash)",
    "previous_hash = decode(repeat('00', 32), 'hex')",
    "previous_hash = row_hash",
    "row_hash = sha256(row_hash)",
    "row_hash = ''",
    "id = id + 100",
    "id = -id",
]


def change(db, data):
    what = data.draw(st.sampled_from(CHANGES))
    db.execute(f"update consents set {what} where id = %s", (data.draw(st.integers(1, LENGTH)),))


def delete(db, data):
    gone = data.draw(st.sets(st.integers(1, LENGTH), min_size=1))
    db.execute("delete from consents where id = any(%s)", (list(gone),))


def insert(db, data):
    """A copy of a row, put behind the end or into a gap made for it, linked as well as can be without the key."""
    copied, place = data.draw(st.integers(1, LENGTH)), data.draw(st.integers(1, LENGTH + 1))
    for id in range(LENGTH, place - 1, -1):
        db.execute("update consents set id = id + 1 where id = %s", (id,))
    db.execute(
        """
        insert into consents
        select %(place)s, c.lead_id, c.action, c.method, c.text_shown, c.evidence, c.evidence_hash, c.recorded_at,
               (select p.row_hash from consents as p where p.id = %(place)s - 1), sha256(c.row_hash)
          from consents as c
         where c.id = %(copied)s + case when %(copied)s >= %(place)s then 1 else 0 end
        """,
        {"place": place, "copied": copied},
    )


def reorder(db, data):
    order = data.draw(st.permutations(range(1, LENGTH + 1)).filter(lambda ids: ids != sorted(ids)))
    db.execute("update consents set id = id + 1000")
    for old, new in enumerate(order, start=1):
        db.execute("update consents set id = %s where id = %s", (new, 1000 + old))


def swap(db, data):
    """Two rows exchange one value."""
    column = data.draw(st.sampled_from(["evidence", "evidence_hash", "recorded_at", "previous_hash", "row_hash"]))
    pair = data.draw(st.lists(st.integers(1, LENGTH), min_size=2, max_size=2, unique=True))
    first, second = (db.value(f"select {column} from consents where id = %s", id) for id in pair)
    if column == "row_hash":  # unique: make room
        db.execute("update consents set row_hash = '' where id = %s", (pair[1],))
    db.execute(f"update consents set {column} = %s where id = %s", (second, pair[0]))
    db.execute(f"update consents set {column} = %s where id = %s", (first, pair[1]))


def forge(db, data):
    """A row is changed, and from there on chain and events are made anew: all but the key is known."""
    victim = data.draw(st.integers(1, LENGTH))
    db.execute("update consents set method = 'forged' where id = %s", (victim,))
    make_anew(db, data.draw(st.binary(min_size=64, max_size=64)), victim)


def make_anew(db: Any, key: bytes, first: int) -> None:
    for id in range(first, LENGTH + 1):
        db.execute(
            "update consents set previous_hash = (select p.row_hash from consents as p where p.id = %(id)s - 1)"
            " where id = %(id)s",
            {"id": id},
        )
        db.execute("update consents as c set row_hash = consent_hash(%s, c) where id = %s", (key, id))
        db.execute(
            """
            update pipeline_events as e
               set detail = e.detail || jsonb_build_object('row_hash', encode(c.row_hash, 'hex'))
              from consents as c
             where c.id = %s
               and e.idempotency_key = 'consent/' || c.id
            """,
            (id,),
        )


# 1,000 in the thorough profile
@settings(max_examples=2 * settings.default.max_examples)
@given(data=st.data(), tamper=st.sampled_from([change, delete, insert, reorder, swap, forge]))
def test_every_tampering_is_found(db, chain, data, tamper):
    with db.undone():
        tamper(db, data)

        assert broken(db) != []


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("victim", [1, 2, LENGTH])
def test_a_change_of_any_column_is_found(db, chain, what, victim):
    db.execute(f"update consents set {what} where id = %s", (victim,))

    assert broken(db) != []


def test_a_change_is_found_at_its_row(db, chain):
    db.execute("update consents set method = 'forged' where id = 3")

    assert broken(db) == [3]


def test_a_chain_made_anew_with_the_right_key_is_found_by_its_events(db, chain):
    key = db.value("select data_key(newest_data_key('index'))")
    events = db.rows("select id, detail::text from pipeline_events where stage = 'consent'")
    db.execute("update consents set method = 'forged' where id = 5")
    make_anew(db, key, 5)
    assert broken(db) == []

    for event in events:
        db.execute("update pipeline_events set detail = %s where id = %s", (event.detail, event.id))

    assert broken(db) == list(range(5, LENGTH + 1))


def test_a_plain_hash_is_no_key(db, chain):
    """What an unkeyed chain would have: a key that everybody knows."""
    db.execute("update consents set method = 'forged' where id = 5")
    make_anew(db, hmac.digest(b"", b"", "sha256"), 5)

    assert broken(db) == list(range(5, LENGTH + 1))


def test_a_row_cut_off_the_end_is_missed_even_after_the_next_consent(db, chain):
    [lead] = db.leads(1)
    db.execute("delete from consents where id = %s", (LENGTH,))
    assert broken(db) == [LENGTH]

    db.execute("select append_consent(%s, 'granted', 'web_form', '{}', now())", (lead,))

    assert broken(db) == [LENGTH]


def test_without_its_key_no_row_is_proved(db, chain):
    db.execute("delete from data_keys where purpose = 'index'")

    assert broken(db) == list(range(1, LENGTH + 1))


def test_a_reader_gets_ids_and_no_more(clone, connect):
    [lead] = clone.leads(1)
    clone.execute("select append_consent(%s, 'granted', 'web_form', '{}', now())", (lead,))
    clone.execute("update consents set method = 'forged'")

    assert connect("pipeline_reader").rows("select * from broken_consents()") == [(1, "changed")]


def test_rows_cut_off_the_end_are_missed_as_long_as_one_of_their_events_is_there(db, chain):
    db.execute("delete from consents where id >= %s", (LENGTH - 2,))
    db.execute(
        "delete from pipeline_events where idempotency_key = any(%s)",
        ([f"consent/{n}" for n in (LENGTH - 2, LENGTH - 1)],),
    )

    assert broken(db) == [LENGTH - 2]
