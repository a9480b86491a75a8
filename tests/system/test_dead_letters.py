"""Whatever people do with the rows that were set aside: no two leads share a key, and every upload's rows add up."""

import json
from collections import Counter
from typing import Any

import psycopg
from hypothesis import given
from hypothesis import strategies as st

HEADER = ("mak", "fips", "apn", "address", "zip", "phone 1")
OUTCOMES = ("new", "merged", "duplicate", "rejected", "quarantined")
OURS = {"PF061", "PF102", "PF103", "PF104", "PF106", "PF107", "PF108"}


def some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


KEYS = {
    "mak": some("0000000001", "0000000002", "0000000003"),
    "apn": some("11-1", "22-2", "33-3"),
    "address": some("1 Main St", "2 Main St", "3 Main St"),
}
ROW = st.fixed_dictionaries({**KEYS, "phone 1": some("2135550100", "2135550101")})
FILES = st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=2, max_size=4)
FIELDS = {"mak": "mak", "apn": "apn", "address": "property_street"}
CORRECTION = st.fixed_dictionaries({}, optional=KEYS).map(lambda row: {FIELDS[k]: v for k, v in row.items()})
WHICH = st.integers(0, 30)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("redrive"), WHICH),
        st.tuples(st.just("discard"), WHICH),
        st.tuples(st.just("correct"), WHICH, CORRECTION),
        st.tuples(st.just("new"), WHICH),
        st.tuples(st.just("merge"), WHICH, WHICH),
        st.tuples(st.just("claim"), WHICH),
        st.tuples(st.just("ingest"), st.lists(ROW, min_size=1, max_size=3)),
    ),
    min_size=1,
    max_size=12,
)


def ingest(db: Any, rows: list[dict[str, Any]]) -> None:
    # each row has its county and ZIP, so that parcel and address are keys where they are given
    full = [{**row, "fips": "06037", "zip": "90012"} for row in rows]
    lines = [",".join(HEADER)] + [",".join(row[column] or "" for column in HEADER) for row in full]
    db.ingest("\n".join(lines), file_name=None)


def act(db: Any, action: str, *args: Any) -> None:
    """Do what somebody would do with one of the letters there are; an error that tells him why not is fine."""
    letters = [row.id for row in db.rows("select id from pipeline_dlq order by id")]
    leads = [row.id for row in db.rows("select id from leads order by created_at, id")]
    if action == "ingest":
        return ingest(db, *args)
    if not letters or not leads:
        return None
    letter = letters[args[0] % len(letters)]
    calls = {
        "redrive": ("redrive_dlq(%s)", letter),
        "discard": ("discard_dlq(%s, 'no')", letter),
        "correct": ("correct_row(%s, %s)", letter, json.dumps(args[-1])),
        "new": ("decide_row(%s, 'new')", letter),
        "merge": ("decide_row(%s, 'merge', %s)", letter, leads[args[-1] % len(leads)] if action == "merge" else None),
        "claim": ("claim_dlq(%s, p_source => 'upload')", args[0] % 3),
    }
    call, *values = calls[action]
    try:
        with db.transaction():
            db.execute(f"select {call}", values)
    except psycopg.Error as error:
        assert error.sqlstate in OURS, error
    return None


def keys_of_leads(db: Any) -> dict[Any, tuple[Any, ...]]:
    return {r.id: tuple(r[1:]) for r in db.rows("select id, mak, county_fips || '/' || apn, addr_hash from leads")}


def assert_accounted_for(db: Any) -> None:
    lines = Counter((row.upload_id, row.outcome) for row in db.rows("select upload_id, outcome from upload_rows"))
    letters = db.rows("select upload_id, state, redriven_as from pipeline_dlq")
    aside = Counter(letter.upload_id for letter in letters)
    uploads = {upload.id: upload for upload in db.rows("select * from uploads")}
    for id, upload in uploads.items():
        counted = {name: getattr(upload, f"rows_{name}") for name in OUTCOMES}
        assert counted == {name: lines[id, name] for name in OUTCOMES}
        assert upload.status == "done"
        assert upload.rows_read == sum(counted.values())
        assert aside[id] == upload.rows_rejected + upload.rows_quarantined
    for letter in letters:
        assert (letter.redriven_as is not None) == (letter.state == "redriven")
        if letter.redriven_as:
            again = uploads[letter.redriven_as]
            assert (again.rows_read, again.rows_new + again.rows_merged) == (1, 1)
            assert again.source == uploads[letter.upload_id].source
    assert sum(upload.rows_new for upload in uploads.values()) == db.value("select count(*) from leads")
    assert db.value("select count(*) from leads_staging") == 0


@given(FILES, ACTIONS)
def test_no_two_leads_share_a_key_and_every_upload_adds_up(db, files, actions):
    with db.undone():
        for rows in files:
            ingest(db, rows)
        for action in actions:
            before = keys_of_leads(db)

            act(db, *action)

            after = keys_of_leads(db)
            for place in range(3):
                held = [keys[place] for keys in after.values() if keys[place]]
                assert len(held) == len(set(held))
            for lead, keys in before.items():
                assert all(old in (None, new) for old, new in zip(keys, after[lead], strict=True))
            assert_accounted_for(db)
