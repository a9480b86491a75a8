"""The merge against the rule in plain Python, on keys alone: whatever the rows, however they cross."""

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from merge_oracle import OUTCOMES, Leads

FIPS = "06037"


def begin(db):
    return db.value("insert into uploads (source, received_at) values ('test', now()) returning id")


def stage(db, rows, upload=None):
    """Put rows of bare keys into staging. Returns the upload's id."""
    upload = upload or begin(db)
    with db.cursor() as cursor:
        cursor.executemany(
            "insert into leads_staging (upload_id, line_number, mak, county_fips, apn, addr_hash, raw, outcome, reason)"
            " values (%s, %s, %s, %s, %s, %s, '{}', %s, %s)",
            [
                (upload, r["line"], r["mak"], FIPS if r["apn"] else None, r["apn"], r["addr"])
                + ((None, None) if r["mak"] or r["apn"] or r["addr"] else ("rejected", "no key"))
                for r in rows
            ],
        )
    return upload


def merge(db, rows):
    """Merge rows of bare keys. Returns the receipt and each line's outcome."""
    upload = stage(db, rows)
    receipt = db.one("select * from merge_staged(%s)", upload)
    outcomes = db.rows("select line_number, outcome from upload_rows where upload_id = %s order by 1", upload)
    return receipt, {row.line_number: row.outcome for row in outcomes}


def keys_of_leads(db):
    return sorted(
        (row.mak or "", row.apn or "", row.addr_hash or "") for row in db.rows("select mak, apn, addr_hash from leads")
    )


def numbered(files):
    return [[{"line": n, **row} for n, row in enumerate(rows, 2)] for rows in files]


def some(kind):
    return st.one_of(st.none(), st.sampled_from([f"{kind}{n}" for n in range(4)]))


FILES = st.lists(
    st.lists(st.fixed_dictionaries({"mak": some("m"), "apn": some("a"), "addr": some("h")}), max_size=12),
    min_size=1,
    max_size=4,
).map(numbered)


@given(FILES)
def test_files_merge_as_the_rule_says(db, files):
    oracle = Leads()
    with db.undone():
        for rows in files:
            expected = oracle.merge(rows)

            receipt, outcomes = merge(db, rows)

            assert outcomes == expected["outcomes"]
            assert {name: getattr(receipt, f"rows_{name}") for name in OUTCOMES} == {n: expected[n] for n in OUTCOMES}
            assert receipt.rows_read == len(rows) == sum(expected[name] for name in OUTCOMES)
        assert keys_of_leads(db) == sorted(
            tuple(lead[k] or "" for k in ("mak", "apn", "addr")) for lead in oracle.leads
        )


def row(line, mak=None, apn=None, addr=None):
    return {"line": line, "mak": mak, "apn": apn, "addr": addr}


def test_a_row_whose_keys_belong_to_different_leads_touches_neither(db):
    merge(db, [row(2, mak="m1", addr="h1"), row(3, mak="m2", addr="h2")])
    before = db.rows("select * from leads order by id")

    receipt, outcomes = merge(db, [row(2, mak="m1", addr="h2")])

    assert (receipt.rows_quarantined, outcomes) == (1, {2: "quarantined"})
    assert db.rows("select * from leads order by id") == before


def test_a_row_that_conflicts_only_at_first_is_placed_in_the_second_round(db):
    merge(db, [row(2, mak="m1"), row(3, addr="h1")])
    rows = [row(2, apn="a1", addr="h1"), row(3, mak="m2", apn="a1"), row(4, mak="m2", addr="h9")]
    oracle = Leads()
    oracle.merge([row(2, mak="m1"), row(3, addr="h1")])

    _, outcomes = merge(db, rows)

    assert outcomes == oracle.merge(rows)["outcomes"]


def test_staging_is_empty_after_the_merge(db):
    merge(db, [row(2, mak="m1"), row(3), row(4, mak="m1", addr="h1")])

    assert db.value("select count(*) from leads_staging") == 0


def test_a_given_time_is_the_time_of_all_that_a_merge_writes(db):
    merge(db, [row(2, mak="m1"), row(3, mak="m2")])
    db.execute("update leads set created_at = '2020-01-01', updated_at = '2020-01-01'")
    upload = stage(db, [row(2, mak="m1", addr="h1"), row(3, mak="m3"), row(4), row(5, mak="m1", addr="h2", apn="a1")])

    db.execute("select merge_staged(%s, '2031-05-01 12:00+00')", (upload,))

    leads = db.rows("select mak, created_at, updated_at from leads order by mak")
    assert [(lead.mak, lead.created_at.year, lead.updated_at.year) for lead in leads] == [
        ("m1", 2020, 2031), ("m2", 2020, 2020), ("m3", 2031, 2031),
    ]  # fmt: skip
    assert db.value("select campaign_status_at = created_at from leads where mak = 'm3'")
    written = """
        select finished_at from uploads where id = %s
        union select created_at from pipeline_dlq
        union select occurred_at from pipeline_events where upload_id = %s
    """
    assert [row.finished_at.year for row in db.rows(written, upload, upload)] == [2031]


def test_two_merges_in_one_transaction_work(db):
    merge(db, [row(2, mak="m1")])
    receipt, _ = merge(db, [row(2, mak="m1"), row(3, mak="m2")])

    assert (receipt.rows_merged, receipt.rows_new) == (1, 1)


def test_an_upload_is_merged_once(db):
    upload = stage(db, [row(2, mak="m1")])
    db.execute("select merge_staged(%s)", (upload,))

    with db.refused("PF040"):
        db.execute("select merge_staged(%s)", (upload,))


def test_a_file_that_is_still_being_copied_in_is_not_merged_by_hand(db):
    upload = db.value("select begin_upload('test', 'big.csv')")

    with db.refused("PF040"):
        db.execute("select merge_staged(%s)", (upload,))


def test_overlapping_files_at_once_give_what_one_after_the_other_gives(clone, connect):
    files = numbered(
        [
            [{"mak": f"m{n}", "apn": None, "addr": f"h{n}"} for n in range(40)],
            [{"mak": None, "apn": f"a{n}", "addr": f"h{n}"} for n in range(20, 60)],
        ]
    )
    first, second = connect(), connect()
    uploads = [stage(clone, rows) for rows in files]

    with first.transaction():
        first.execute("select merge_staged(%s)", (uploads[0],))
        waiting = second.in_background("select * from merge_staged(%s)", uploads[1]).wait_until_blocked(clone)
    (receipt,) = waiting.result()

    assert (receipt.rows_merged, receipt.rows_new) == (20, 20)
    assert clone.value("select count(*) from leads") == 60
    assert clone.value("select count(*) from leads where mak is not null and apn is not null") == 20


def test_a_killed_merge_leaves_nothing_and_can_be_done_again(clone, connect):
    upload = stage(clone, numbered([[{"mak": f"m{n}", "apn": None, "addr": None} for n in range(50)]])[0])
    killed = connect()
    holder = connect()
    with holder.transaction():
        holder.execute("select hold_lock('merge')")
        working = killed.in_background("select merge_staged(%s)", upload).wait_until_blocked(clone)
        clone.execute("select pg_terminate_backend(%s)", (killed.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError):
            working.result()
    assert clone.value("select count(*) from leads") == 0

    assert clone.one("select * from merge_staged(%s)", upload).rows_new == 50


def test_the_work_is_on_the_event_s_record(db):
    receipt, _ = merge(db, [row(2, mak="m1"), row(3, mak="m1"), row(4)])

    event = db.one("select * from pipeline_events where stage = 'dedupe' and upload_id = %s", receipt.upload_id)
    assert event.rows == 3
    assert event.detail == {"new": 1, "merged": 0, "duplicate": 1, "rejected": 1, "quarantined": 0}


def test_two_merges_of_one_upload_at_once_merge_it_once(clone, connect):
    upload = stage(clone, [row(2, mak="m1"), row(3, mak="m2")])
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select merge_staged(%s)", (upload,))
        waiting = second.in_background("select * from merge_staged(%s)", upload).wait_until_blocked(clone)

    with pytest.raises(psycopg.Error) as caught:
        waiting.result()
    assert caught.value.sqlstate == "PF040"
    assert clone.value("select count(*) from pipeline_events where stage = 'dedupe'") == 1


READ = """
    select t.relname, coalesce(t.seq_tup_read, 0) + coalesce(t.idx_tup_fetch, 0)
      from pg_stat_xact_user_tables as t
     where t.relid = any(array['leads', 'lead_contacts', 'leads_staging', 'upload_rows']::regclass[])
"""


@pytest.mark.parametrize("analyzed", ["never", "after another file", "while leads was empty"])
def test_a_merge_reads_no_more_than_its_rows_whatever_the_statistics_say(clone, analyzed):
    """No row is compared with each other one, and no table is read as a whole."""
    clone.execute("alter table leads set (autovacuum_enabled = off)")
    if analyzed == "while leads was empty":
        clone.execute("analyze")
    clone.execute(
        "insert into leads (mak, addr_hash, pii) select 'x' || n, 'x' || n, decode(repeat('5a', 1800), 'hex')"
        " from generate_series(1, 40000) as n"
    )
    rows = [row(n, mak=f"m{n}", apn=f"a{n}", addr=f"h{n}") for n in range(2, 1502)]
    merge(clone, rows)
    if analyzed == "after another file":
        clone.execute("analyze")
    again = [row(n, mak=f"m{n}", apn=f"a{n}", addr=f"h{n + 1000}") for n in range(2, 1502)]

    with clone.transaction():
        upload = stage(clone, [*rows[:1000], *again[1000:]])
        clone.execute("select merge_staged(%s)", (upload,))
        read = dict(clone.rows(READ))

    assert {table: count for table, count in read.items() if count > 25 * len(rows)} == {}


def test_who_meets_a_lead_that_was_inserted_meanwhile_is_told_to_try_again(clone, connect):
    upload = stage(clone, [row(2, mak="m1")])
    by_hand, merging = connect(), connect()

    with by_hand.transaction():
        by_hand.execute("insert into leads (mak) values ('m1')")
        waiting = merging.in_background("select * from merge_staged(%s)", upload).wait_until_blocked(clone)

    with pytest.raises(psycopg.errors.SerializationFailure):
        waiting.result()
    assert merging.one("select * from merge_staged(%s)", upload).rows_merged == 1


def test_a_violation_that_is_no_key_of_leads_is_not_hidden(db):
    db.execute("create unique index one_source on leads (source)")

    with db.refused("23505"):
        merge(db, [row(2, mak="m1"), row(3, mak="m2")])
