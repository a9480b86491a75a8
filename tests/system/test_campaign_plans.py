"""Queue and feed walk an index in their order and stop, whatever the planner believes of the table's size."""

import pytest

LEADS = 40_000
TAKEN = 100
# told of leads; None: as it was analyzed
BELIEFS = [None, 10, 1_000_000, 5_000_000]


@pytest.fixture
def many(clone):
    """Half new, half queued; of the new ones a third each with consent and verified, verified, neither."""
    clone.execute("alter table leads set (autovacuum_enabled = off)")
    clone.execute("insert into campaigns (name, requires_consent) values ('without consent', false)")
    clone.execute(
        """
        with made as (
          insert into leads (consent, consented_at, phone_verified, lead_score, created_at, campaign_status,
                             campaign_id)
          select n %% 3 = 0, case when n %% 3 = 0 then now() end, n %% 3 < 2, n %% 101, now() - n * interval '1 s',
                 case when n %% 2 = 0 then 'new' else 'queued' end::campaign_status,
                 case when n %% 2 = 1 then (select id from campaigns where name = 'default') end
            from generate_series(1, %s) as n
          returning id, phone_verified
        )
        insert into lead_contacts (lead_id, channel, position, value_hash, verified)
        select id, 'phone', 1, sha256(convert_to(id::text, 'UTF8')), phone_verified from made
        """,
        (LEADS,),
    )
    clone.execute("analyze")
    return clone


def used(db, call):
    """The indexes of leads that a call scanned, and how many of its rows it read."""
    scans = """
        select c.relname, pg_stat_get_xact_numscans(i.indexrelid)
          from pg_index as i
          join pg_class as c on c.oid = i.indexrelid
         where i.indrelid = 'leads'::regclass
    """
    reads = """
        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
          from pg_stat_xact_user_tables
         where relid = 'leads'::regclass
    """
    before, read = dict(db.rows(scans)), db.value(reads)
    assert db.value(call) == TAKEN
    return {name for name, count in db.rows(scans) if count > before[name]}, db.value(reads) - read


QUEUE, FEED = (
    "select queue_leads(%r, 100)",
    "select fed from feed_campaign(%r, '2026-03-09 06:00 America/Los_Angeles')",
)
CALLS = {
    QUEUE % "default": {"leads_queue_idx", "leads_verified_idx"},
    QUEUE % "without consent": {"leads_verified_idx"},
    FEED % "default": {"leads_feed_idx"},
}


def test_as_many_leads_are_read_as_are_taken(many):
    many.execute("update campaigns set daily_cap = %s", (TAKEN,))

    for belief in BELIEFS:
        for call, index in CALLS.items():
            with many.undone():
                if belief is not None:
                    many.execute("update pg_class set reltuples = %s where oid = 'leads'::regclass", (belief,))

                indexes, read = used(many, call)

                assert indexes & index, (call, belief, indexes)
                assert indexes <= index | {"leads_pkey"}, (call, belief, indexes)
                assert read < 12 * TAKEN, (call, belief)  # by the order's index, by the view, by the update


def test_the_hot_leads_are_read_in_their_index_s_order(many):
    plan = many.rows(
        "explain select id from leads where campaign_status in ('queued', 'active') and phone_verified is true"
        " order by added_to_campaign_at, lead_score desc limit 250"
    )

    assert "Index Scan using leads_feed_hot_idx on leads" in plan[1][0]


def test_the_indexes_that_others_count_on_are_as_they_are_named(db):
    """Definitions that tools outside know, so they stay as they are."""
    definitions = {
        "leads_feed_hot_idx": "(added_to_campaign_at, lead_score DESC)"
        " WHERE ((campaign_status = ANY (ARRAY['queued'::campaign_status, 'active'::campaign_status]))"
        " AND (phone_verified IS TRUE))",
        "leads_replied_lookup_idx": "(last_reply_at DESC) WHERE (campaign_status = 'replied'::campaign_status)",
        "leads_active_phone_idx": "(campaign_status, added_to_campaign_at, phone_verified, lead_score DESC)",
        "leads_last_reply_idx": "(campaign_status, last_reply_at, phone_verified, vapi_call_id, lead_score DESC)",
    }

    for index, definition in definitions.items():
        built = db.value("select pg_get_indexdef(%s::regclass)", index)
        assert built.endswith(f"leads USING btree {definition}"), built
