LOW, HIGH = "00000000-0000-0000-0000-000000000001", "ffffffff-0000-0000-0000-000000000000"


def test_leads_are_locked_in_order_before_they_are_changed(clone, connect):
    clone.ingest("mak,first name\n0000000001,Ada\n0000000002,Bea\n")
    first_id, _ = (row.id for row in clone.rows("select id from leads order by id"))
    holder, merger = connect(), connect()

    with holder.transaction():
        holder.execute("select from leads where id = %s for update", (first_id,))
        waiting = merger.in_background(
            "select * from ingest_csv('test', %s)", b"mak,first name\n0000000002,Bea B\n0000000001,Ada A\n"
        ).wait_until_blocked(clone)
        # the other lead is not held while the merge waits for the first
        clone.execute("set lock_timeout = '1s'")
        clone.execute("update leads set status = 'x' where id <> %s", (first_id,))

    assert waiting.result()[0].rows_merged == 2


def test_a_lead_that_only_the_second_round_meets_is_locked_with_the_others(clone, connect):
    """Who locks the low lead and then the high one, as an opt-out does, never waits in a circle with a merge."""
    clone.execute("insert into leads (id, mak) values (%s, 'm0')", (HIGH,))
    clone.execute("insert into leads (id, addr_hash) values (%s, 'h0')", (LOW,))
    clone.execute("update leads set pii = seal('leads.pii/' || id, '{}')")
    upload = clone.value("insert into uploads (source, received_at) values ('test', now()) returning id")
    keys = [("m0", "a1", None), (None, "a2", None), ("m0", "a2", "h1"), ("m1", "a2", "h0")]
    for line, (mak, apn, addr_hash) in enumerate(keys, 2):
        clone.execute(
            "insert into leads_staging (upload_id, line_number, mak, county_fips, apn, addr_hash, raw)"
            " values (%s, %s, %s, %s, %s, %s, '{}')",
            (upload, line, mak, apn and "06037", apn, addr_hash),
        )
    holder, merger = connect(), connect()

    with holder.transaction():
        holder.execute("select from leads where id = %s for update", (LOW,))
        waiting = merger.in_background("select * from merge_staged(%s)", upload).wait_until_blocked(clone)
        holder.execute("select from leads where id = %s for update nowait", (HIGH,))

    (receipt,) = waiting.result()
    assert (receipt.rows_merged, receipt.rows_duplicate) == (2, 2)
