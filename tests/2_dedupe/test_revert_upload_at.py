def test_the_event_and_the_leads_have_the_given_time(db, clock, merge):
    merge({"mak": "0000000001", "last name": "Old", "city": "Reno"})
    receipt = merge({"mak": "0000000001", "last name": "New", "city": "Fresno"})

    db.execute("select revert_upload_at(%s, %s)", (receipt.upload_id, clock.now))

    event = db.one("select * from pipeline_events where stage = 'reverted'")
    assert (event.occurred_at, event.upload_id, event.source) == (clock.now, receipt.upload_id, "test")
    assert event.detail == {"removed": 0, "restored": 1, "kept": 0}
    assert db.value("select updated_at from leads") == clock.now


def test_a_file_takes_back_the_lines_of_it_that_were_redriven(db):
    db.ingest("mak,last name\n0000000001,Old\n")
    receipt = db.ingest("mak,last name\n0000000002,A\n,B\n,C\n,D\n")
    for line, fields in ((3, '{"mak": "0000000003"}'), (4, '{"mak": "0000000001"}')):
        db.execute(
            "select correct_row(id, %s) from pipeline_dlq where upload_id = %s and line_number = %s",
            (fields, receipt.upload_id, line),
        )

    answer = db.one("select * from revert_upload_at(%s, now())", receipt.upload_id)

    assert answer.message == (
        "Reverted with 2 redriven lines: 2 leads removed, 1 restored. On 0 something stays: see upload_remains."
    )
    assert db.rows("select mak, lead_pii(id) ->> 'last_name' from leads") == [("0000000001", "Old")]
    assert db.rows("select distinct state, redriven_as from pipeline_dlq") == [("discarded", None)]
    assert db.rows("select status, redrive_of is null from uploads order by merge_number") == [
        ("done", True), ("reverted", True), ("reverted", False), ("reverted", False),
    ]  # fmt: skip


def test_what_stays_of_a_redriven_line_is_counted(db):
    receipt = db.ingest("mak,last name\n0000000002,A\n,B\n")
    db.execute('select correct_row(id, \'{"mak": "0000000003"}\') from pipeline_dlq')
    db.execute("update leads set status = 'called' where mak = '0000000003'")

    answer = db.one("select * from revert_upload_at(%s, now())", receipt.upload_id)

    assert answer.message == (
        "Reverted with 1 redriven line: 1 lead removed, 0 restored. On 1 something stays: see upload_remains."
    )


def test_a_line_redriven_meanwhile_is_waited_for_and_taken_back(clone, connect):
    receipt = clone.ingest("mak,last name\n0000000002,A\n,B\n")
    corrector, reverter = connect(), connect()

    with corrector.transaction():
        corrector.execute('select correct_row(id, \'{"mak": "0000000003"}\') from pipeline_dlq')
        waiting = reverter.in_background("select * from revert_upload(%s)", receipt.upload_id).wait_until_blocked(clone)

    assert waiting.result()[0].outcome == "reverted"
    assert clone.value("select count(*) from leads") == 0
