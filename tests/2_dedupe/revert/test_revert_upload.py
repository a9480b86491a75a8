"""Taking a file back: the state before it returns, but for what happened since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

M1, M2 = "0000000001", "0000000002"
FULL = {
    "mak": M1, "address": "12 Main St", "zip": "90012", "first name": "Ada", "last name": "Old",
    "phone 1": "2135550100", "email 1": "ada@example.com", "lead score": "70",
}  # fmt: skip
NEWER = {**FULL, "last name": "New", "lead score": "80", "phone 1": "2135550101", "email 1": ""}

STATE = """
    select l.id, l.source, l.campaign_status, mergeable_columns(l) as columns, lead_pii(l.id) as document,
           (
             select jsonb_agg(
                      jsonb_build_array(c.channel, c.position, c.value_hash, c.verified, c.line_type, c.do_not_call)
                      order by c.channel, c.position
                    )
               from lead_contacts as c
              where c.lead_id = l.id
           ) as contacts
      from leads as l
     order by l.mak, l.county_fips, l.apn, l.addr_hash
"""


def state(db):
    return db.rows(STATE)


def without_ids(rows):
    return [row[1:] for row in rows]


def revert(db, receipt):
    return db.one("select * from revert_upload(%s)", receipt.upload_id)


def remains(db, receipt):
    rows = db.rows("select what, reason from upload_remains where upload_id = %s", receipt.upload_id)
    return {row.what: row.reason for row in rows}


def detail(db, receipt):
    return db.value("select detail from pipeline_events where stage = 'reverted' and upload_id = %s", receipt.upload_id)


# ---- whatever the files ------------------------------------------------------------------------------------------


def some(*values):
    return st.sampled_from(("", *values))


ROWS = st.fixed_dictionaries(
    {
        "mak": some(M1, M2, "0000000003"),
        "fips": st.just("06037"),
        "apn": some("111", "222", "333"),
        "address": some("12 Main St", "99 Oak St", "7 Elm Ave"),
        "unit": some("4"),
        "zip": st.just("90012"),
        "first name": some("Ada", "Grace"),
        "last name": some("Lovelace", "Hopper", "Noether"),
        "phone 1": some("2135550100", "2135550101", "2135550102"),
        "email 1": some("ada@example.com", "grace@example.com"),
        "lead score": some("10", "90", "n/a"),
        "results": some("AS01", "AS02"),
    }
)
FILES = st.lists(ROWS, max_size=6)


@given(FILES, FILES)
def test_after_a_revert_all_is_as_before_the_file_and_sending_it_again_gives_what_it_gave(db, merge, first, second):
    with db.undone():
        merge(*first)
        before = state(db)
        receipt = merge(*second)
        after = state(db)

        assert revert(db, receipt).status == 200

        assert state(db) == before
        assert detail(db, receipt) == {
            "removed": len(after) - len(before),
            "restored": changed(before, after),
            "kept": 0,
        }
        merge(*second)
        assert without_ids(state(db)) == without_ids(after)


def changed(before, after):
    then = {row.id: row for row in before}
    return sum(row.id in then and row != then[row.id] for row in after)


@given(FILES, FILES, FILES)
def test_files_reverted_newest_first_leave_nothing(db, merge, first, second, third):
    with db.undone():
        merge(*first)
        before = state(db)
        receipts = [merge(*second), merge(*third)]

        for receipt in reversed(receipts):
            revert(db, receipt)

        assert state(db) == before


@given(FILES, FILES, FILES)
def test_files_reverted_oldest_first_leave_no_value_of_theirs(db, merge, first, second, third):
    """What may stay is a lead that both met, a key by which a file met it, a contact that both may have brought."""

    def values(rows):
        keys, lists = ("mak", "county_fips", "apn", "addr_hash"), ("phones", "emails")
        return [
            ({k: v for k, v in row.columns.items() if k not in keys},
             {k: v for k, v in row.document.items() if k not in lists})
            for row in sorted(rows, key=lambda row: row.id)
        ]  # fmt: skip

    with db.undone():
        merge(*first)
        before = state(db)
        receipts = [merge(*second), merge(*third)]

        for receipt in receipts:
            revert(db, receipt)

        there = {row.id for row in before}
        assert values(row for row in state(db) if row.id in there) == values(before)


# ---- what was touched since --------------------------------------------------------------------------------------

TOUCHES = {
    "campaign_status": "update leads set campaign_id = 1, campaign_status = 'queued'",
    "consent": "update leads set consent = true, consented_at = now()",
    "assigned_broker_id": "update leads set assigned_broker_id = gen_random_uuid()",
    "status": "update leads set status = 'called'",
    "last_reply_at": "update leads set last_reply_at = now()",
    "call_attempt_count": "update leads set call_attempt_count = 1",
    "consent_tokens": "select issue_consent_token(id) from leads",
    "pipeline_events": "select log_event('enriched', '{}', p_lead_id => id) from leads",
    "pii_reveals": "insert into pii_reveals (lead_id, revealed_by, purpose) select id, 'ada', 'test' from leads",
    "verification": "select record_verification(id, 'phone', 'melissa', array['PS01']) from leads",
}


@pytest.mark.parametrize("name", TOUCHES)
def test_a_lead_that_was_touched_since_stays_and_says_by_what(db, merge, name):
    receipt = merge(FULL)
    db.execute(TOUCHES[name])
    before = state(db)

    answer = revert(db, receipt)

    assert state(db) == before
    assert name in remains(db, receipt)["lead"]
    assert answer.message == "Reverted: 0 leads removed, 0 restored. On 1 something stays: see upload_remains."


def test_a_lead_that_a_later_file_met_stays_until_that_is_reverted(db, merge):
    first = merge(FULL)
    second = merge({"mak": M1})

    revert(db, first)

    assert remains(db, first) == {"lead": f"touched since: upload {second.upload_id}"}
    assert len(state(db)) == 1


def test_a_fed_lead_between_others_is_not_deleted(db, merge):
    receipt = merge({"mak": M1}, FULL | {"mak": M2}, {"mak": "0000000003"})
    db.execute("update leads set campaign_id = 1, campaign_status = 'queued' where mak = %s", (M2,))
    db.execute("update leads set campaign_status = 'active' where mak = %s", (M2,))

    revert(db, receipt)

    assert [row.columns["mak"] for row in state(db)] == [M2]
    assert detail(db, receipt) == {"removed": 2, "restored": 0, "kept": 1}


# ---- fields ------------------------------------------------------------------------------------------------------


def test_a_field_that_was_changed_again_stays(db, merge):
    merge(FULL)
    receipt = merge(NEWER)
    later = merge({"mak": M1, "last name": "Newest"})
    db.execute("update leads set lead_score = 99")

    revert(db, receipt)

    row = state(db)[0]
    assert (row.document["last_name"], row.columns["lead_score"]) == ("Newest", 99)
    assert remains(db, receipt) == {
        "last_name": "changed again since",
        "lead_score": "changed again since",
        "phone 2": f"upload {later.upload_id} met the lead and may have brought it too",
    }


def test_a_field_set_to_another_value_and_back_by_later_files_stays(db, merge):
    merge(FULL)
    receipt = merge({"mak": M1, "last name": "New", "lead score": "80"})
    merge({"mak": M1, "last name": "Other", "lead score": "20"})
    merge({"mak": M1, "last name": "New", "lead score": "80"})

    revert(db, receipt)

    row = state(db)[0]
    assert (row.document["last_name"], row.columns["lead_score"]) == ("New", 80)


def test_a_key_by_which_a_later_file_met_the_lead_stays(db, merge):
    merge({"mak": M1})
    receipt = merge({"mak": M1, "fips": "06037", "apn": "111", "address": "12 Main St", "zip": "90012"})
    later = merge({"fips": "06037", "apn": "111"})

    revert(db, receipt)

    row = state(db)[0]
    assert (row.columns["apn"], row.columns["county_fips"], row.columns["addr_hash"]) == ("111", "06037", None)
    assert remains(db, receipt)["apn"] == f"upload {later.upload_id} met the lead by this key"


# ---- contacts ----------------------------------------------------------------------------------------------------

THREE = {"mak": M1, "phone 1": "2135550101"}, {"mak": M1, "phone 1": "2135550102"}, {"mak": M1, "phone 1": "2135550103"}


def test_a_verified_contact_stays_and_the_others_close_up(db, merge):
    merge(FULL)
    receipt = merge(*THREE)
    lead = state(db)[0].id
    db.execute(
        "select record_verification(%s, 'phone', 'melissa', array['PS01'], jsonb_build_object('phone', '2135550102'))",
        (lead,),
    )

    revert(db, receipt)

    row = state(db)[0]
    assert row.document["phones"] == ["+12135550100", "+12135550102"]
    assert [(c[0], c[1], c[3]) for c in row.contacts] == [
        ("email", 1, False), ("phone", 1, False), ("phone", 2, True),
    ]  # fmt: skip
    assert remains(db, receipt) == {"phone 2": "verified since"}
    assert db.value("select phone_verified from leads")


def test_a_do_not_call_mark_and_a_suppressed_contact_stay(db, merge):
    merge(FULL)
    db.execute("select opt_out('phone', '2135550103', 'asked', 'test')")
    receipt = merge(FULL | {"phone 1 dnc": "Y"}, *THREE, {"mak": M1, "phone 1": "2135550104", "phone 1 dnc": "Y"})

    revert(db, receipt)

    row = state(db)[0]
    assert row.document["phones"] == ["+12135550100", "+12135550103", "+12135550104"]
    assert [c[5] for c in row.contacts if c[0] == "phone"] == [True, False, True]
    mark = "a do-not-call mark is never taken back"
    assert remains(db, receipt) == {"phone 1": mark, "phone 2": "suppressed", "phone 3": mark}


# ---- the upload itself -------------------------------------------------------------------------------------------


def test_a_second_revert_does_nothing_and_says_so(db, merge):
    receipt = merge(FULL)
    revert(db, receipt)
    merge(FULL)
    before = state(db)

    again = revert(db, receipt)

    assert (again.status, again.outcome, again.rows_new) == (200, "already_reverted", 1)
    assert state(db) == before
    assert db.value("select count(*) from pipeline_events where stage = 'reverted'") == 1


def test_the_file_can_be_sent_again(db):
    body = "mak,phone 1\n0000000001,2135550100\n"
    receipt = db.ingest(body)
    assert db.ingest(body).upload_id == receipt.upload_id

    revert(db, receipt)

    again = db.ingest(body)
    assert (again.outcome, again.rows_new) == ("merged", 1)
    assert again.upload_id != receipt.upload_id


def test_the_upload_s_counts_stay_and_its_status_is_reverted(db, merge):
    receipt = merge(FULL, {"first name": "Ada"})

    answer = revert(db, receipt)

    assert (answer.outcome, answer.rows_read, answer.rows_new, answer.rows_rejected) == ("reverted", 2, 1, 1)
    assert answer.message == "Reverted: 1 lead removed, 0 restored. On 0 something stays: see upload_remains."
    assert db.value("select status from uploads where id = %s", receipt.upload_id) == "reverted"
    assert db.value("select count(*) from upload_rows where upload_id = %s", receipt.upload_id) == 2


def test_its_dead_letters_are_discarded_and_others_are_not(db, merge):
    other = merge({"first name": "Ada"})
    receipt = merge({"first name": "Grace"})

    revert(db, receipt)

    letters = dict(db.rows("select upload_id, state from pipeline_dlq"))
    assert letters == {other.upload_id: "waiting", receipt.upload_id: "discarded"}
    assert "reverted" in db.value("select last_error from pipeline_dlq where upload_id = %s", receipt.upload_id)


def test_no_before_image_of_a_removed_lead_is_left(db, merge):
    first, second = merge(FULL), merge(NEWER)
    revert(db, second)
    assert db.value("select count(*) from upload_changes") == 1

    revert(db, first)

    assert db.value("select count(*) from upload_changes") == 0


def test_what_remains_holds_nothing_personal(db, merge):
    merge(FULL)
    receipt = merge(NEWER)
    merge({"mak": M1, "last name": "Newest"})
    revert(db, receipt)

    text = db.value("select string_agg(r::text, ' ') from upload_remains as r")
    assert not any(word in text for word in ("Ada", "New", "2135550101", "example.com"))


def test_unknown_and_unmerged_uploads_are_errors(db, stage):
    for upload, code in (
        ("00000000-0000-0000-0000-000000000000", "PF041"), (stage(FULL), "PF042"), (db.ingest("").upload_id, "PF042"),
    ):  # fmt: skip
        with db.refused(code):
            db.execute("select revert_upload(%s)", (upload,))


def test_services_may_revert_and_see_what_remains_and_nobody_else(db, merge):
    receipt = merge(FULL)
    for role in ("pipeline_broker", "pipeline_reader"):
        with db.acting_as(role), db.refused("42501"):
            revert(db, receipt)

    with db.acting_as("pipeline_writer"):
        assert revert(db, receipt).outcome == "reverted"
        assert remains(db, receipt) == {}


# ---- others at work ----------------------------------------------------------------------------------------------


def test_a_lead_that_is_queued_while_the_revert_waits_for_it_stays(clone, connect):
    receipt = clone.ingest("mak\n0000000001\n0000000002\n")
    feeder, reverter = connect(), connect()

    with feeder.transaction():
        feeder.execute("update leads set campaign_id = 1, campaign_status = 'queued' where mak = %s", (M2,))
        waiting = reverter.in_background("select * from revert_upload(%s)", receipt.upload_id).wait_until_blocked(clone)
    waiting.result()

    assert clone.rows("select mak from leads") == [(M2,)]
    assert "campaign_status" in remains(clone, receipt)["lead"]


def test_a_merge_and_a_revert_follow_one_another(clone, connect):
    receipt = clone.ingest("mak\n0000000001\n0000000002\n")
    merger, reverter = connect(), connect()

    with merger.transaction():
        merger.ingest("mak,last name\n0000000001,Hopper\n")
        waiting = reverter.in_background("select * from revert_upload(%s)", receipt.upload_id).wait_until_blocked(clone)
    waiting.result()

    assert clone.rows("select mak from leads") == [(M1,)]


def test_two_reverts_at_once_work_once(clone, connect):
    receipt = clone.ingest("mak\n0000000001\n")
    first, second = connect(), connect()

    with first.transaction():
        revert(first, receipt)
        waiting = second.in_background("select * from revert_upload(%s)", receipt.upload_id).wait_until_blocked(clone)

    assert waiting.result()[0].outcome == "already_reverted"


def test_the_same_file_sent_while_it_is_reverted_is_merged_anew(clone, connect):
    body = "mak\n0000000001\n"
    receipt = clone.ingest(body)
    reverter, sender = connect(), connect()

    with reverter.transaction():
        revert(reverter, receipt)
        waiting = sender.in_background(
            "select * from ingest_csv('test', %s, 'test.csv')", body.encode()
        ).wait_until_blocked(clone)

    assert waiting.result()[0].outcome == "merged"
    assert clone.value("select count(*) from leads") == 1


def test_the_event_and_the_leads_have_the_given_time(db, clock, merge):
    merge({"mak": "0000000001", "last name": "Old", "city": "Reno"})
    receipt = merge({"mak": "0000000001", "last name": "New", "city": "Fresno"})

    db.execute("select revert_upload(%s, %s)", (receipt.upload_id, clock.now))

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

    answer = db.one("select * from revert_upload(%s, now())", receipt.upload_id)

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

    answer = db.one("select * from revert_upload(%s, now())", receipt.upload_id)

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


def test_the_merges_are_locked_first_then_the_leads_then_the_dead_letters(clone, connect):
    receipt = clone.ingest("mak,last name\n0000000002,A\n,B\n")
    on_lead, on_letter, reverter = connect(), connect(), connect()

    with on_letter.transaction():
        on_letter.execute("select from pipeline_dlq for update")
        with on_lead.transaction():
            on_lead.execute("select from leads for update")
            waiting = reverter.in_background("select * from revert_upload(%s)", receipt.upload_id)
            waiting.wait_until_blocked(clone)
            assert clone.value("select try_lock('merge')") is False
        waiting.wait_until_blocked(clone)
        assert clone.rows("select from leads for update skip locked") == []

    assert waiting.result()[0].outcome == "reverted"
