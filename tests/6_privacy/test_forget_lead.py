import pytest


def test_a_service_forgets(db):
    (lead,) = db.leads(1)

    with db.acting_as("pipeline_writer"):
        db.execute("select forget_lead(%s, 'request by letter')", (lead,))

    assert db.value("select count(*) from leads") == 0
    assert db.one("select lead_id, rows from pipeline_events where stage = 'erased'") == (lead, 1)


def test_who_is_forgotten_while_a_file_is_copied_waits_for_the_copy_and_holds_up_no_merge(clone, connect):
    (lead,) = clone.leads(1)
    copier, service = connect("pipeline_writer"), connect("pipeline_writer")
    clone.execute("set lock_timeout = '1s'")
    upload = copier.value("select begin_upload('test', 'big.csv')")

    with copier.transaction():
        copier.execute("insert into upload_file values (encode(%s, 'base64'))", (b"MAK\n1\n",))
        forgetting = service.in_background("select forget_lead(%s, 'request')", lead).wait_until_blocked(clone)
        assert clone.ingest("MAK\n0000000077\n").rows_new == 1
        assert copier.one("select * from finish_upload(%s)", upload).rows_new == 1

    forgetting.result()
    assert clone.value("select count(*) from leads where id = %s", lead) == 0


FORGET = "select forget_lead(%s, %s, %s)"
HEADER = "Address,Zip,MAK,First Name,Last Name,Phone 1,Email 1\n"
ADA = "12 Main St,90012,0000000001,Zephyrine,Quillfeather,(201) 555-0100,zephyrine@example.com\n"
PERSONAL = ("zephyrine", "quillfeather", "2015550100", "555-0100", "203.0.113.7")
TABLES = """
    select c.relname
      from pg_class as c
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and c.relkind in ('r', 'm')
       and c.relname !~ 'yoyo'
"""


def everything(db):
    """All rows of all tables as text, what is sealed opened by every key there is."""
    for (table,) in db.rows(TABLES):
        for (row,) in db.rows(f"select to_jsonb(t) from {table} as t"):
            yield table, str(row)
    for (text,) in db.rows(
        """
        select convert_from(unseal('leads.pii/' || id, pii), 'UTF8') from leads where pii is not null
        union all
        select convert_from(unseal('leads.pii/' || lead_id, before_pii), 'UTF8')
          from upload_changes where before_pii is not null
        union all
        select convert_from(unseal('pipeline_dlq.sealed/' || id, sealed), 'UTF8')
          from pipeline_dlq where sealed is not null
        union all
        select convert_from(unseal('consents.evidence/' || id, evidence), 'UTF8')
          from consents where evidence is not null
        """
    ):
        yield "sealed", text


def found(db):
    """Where a word of hers stands, also as bytes."""
    return {
        (table, word)
        for table, text in everything(db)
        for word in PERSONAL
        if word in text.lower() or any(w.encode().hex() in text for w in (word, word.title()))
    }


@pytest.fixture
def ada(db, clock):
    """A lead who left something in every table that can hold something of hers."""
    db.ingest(HEADER + ADA)
    db.ingest("Address,Zip,First Name\n12 Main St,90012,Zeph\n")
    # a row whose keys are two leads': set aside with her contacts in it
    db.ingest("Address,Zip,MAK\n99 Oak Ave,90012,0000000009\n")
    db.ingest(HEADER + ADA.replace("0000000001", "0000000009"))
    lead = db.value("select id from leads where mak = '0000000001'")
    token = db.value("select issue_consent_token(%s, '1 day', %s)", lead, clock.now)
    evidence = '{"text": "I agree", "ip": "203.0.113.7", "name": "Zephyrine"}'
    db.execute("select redeem_consent_token(%s, 'web_form', %s, %s)", (token, evidence, clock.now))
    db.execute("update lead_contacts set verified = true")
    db.execute("update leads set phone_verified = true, email_verified = true where id = %s", (lead,))
    db.execute("select queue_leads()")
    db.feed()
    assert db.value("select count(*) from deliveries") == 2
    db.execute("select give_up_delivery(d, null, null, 'a reason', 'a hint', %s) from deliveries as d", (db.clock.now,))
    db.execute("select reveal_lead(%s, 'to call Zephyrine')", (lead,))
    db.execute("select send_to_dlq('enrich', '{}', 'no answer', null, '{\"note\": \"Zephyrine, 201-555-0100\"}')")
    db.execute(
        "insert into leads_staging (upload_id, line_number, phone, contacts, raw) values (gen_random_uuid(), 2,"
        """ '+12015550100', '[{"value": "+12015550100"}]', '{"first_name": "Zephyrine"}')"""
    )
    # what nobody knew when it came: her reply from the number
    db.execute(
        'select add_unmatched_event(\'reply\', \'{"channel": "phone"}\', \'{"from": "+12015550100", "body": "it is'
        " Zephyrine\"}', 'no lead has the sender''s contact', clock_timestamp())"
    )
    # what became of her: a reply and a call
    db.execute("select record_reply('phone', '+12015550100', 'It is Zephyrine', 'sms-1')")
    db.execute("select record_call('call-1', %s, 'customer-ended-call', 1000, 'vapi-1')", (lead,))
    # a file that is refused, a row that is, a file without headers, and one that is still copied in, cut in her record
    db.ingest("Quillfeather,zephyrine@example.com\n")
    db.ingest("Address,Phone,Name\n,(201) 555-0100,Zephyrine Quillfeather\n")
    db.ingest("Zephyrine,Address,(201) 555-0100\nx,99 Elm St,y\n")
    db.execute("select begin_upload('test', 'big.csv')")
    db.execute(
        "insert into upload_file values (encode(%s, 'base64'))",
        ((HEADER + ADA.replace("0000000001", "0000000077") + ADA[:-10]).encode(),),
    )
    db.execute("refresh materialized view mv_contactable_leads")
    return lead


def test_nothing_of_the_person_is_left(db, ada, clock):
    assert {table for table, _ in found(db)} >= {"sealed", "pii_reveals", "leads_staging", "upload_copies"}

    db.execute(FORGET, (ada, "request by letter", clock.now))

    assert found(db) == set()
    assert db.value("select count(*) from leads where id = %s", ada) == 0


def test_what_was_counted_stays_counted(db, ada, clock):
    counts = """
        select (select count(*) from uploads) as uploads, (select count(*) from upload_rows) as lines,
               (select sum(fed) from campaign_days) as fed, (select count(*) from pipeline_dlq) as letters,
               (select count(*) from pii_reveals) as reveals,
               (select count(*) from pipeline_events where stage in ('upload', 'dedupe', 'fed')) as events
    """
    before = db.one(counts)

    db.execute(FORGET, (ada, "request by letter", clock.now))

    assert db.one(counts) == before


def test_the_proof_of_consent_is_whole_and_names_nobody(db, ada, clock):
    db.execute(FORGET, (ada, "request by letter", clock.now))

    assert db.rows("select * from broken_consents()") == []
    assert [row.action for row in db.rows("select action from consents order by id")] == [
        "granted",
        "withdrawn",
        "erased",
    ]


def test_a_later_import_of_the_same_person_stays_suppressed(db, ada, clock):
    db.execute(FORGET, (ada, "request by letter", clock.now))

    db.ingest(HEADER + ADA + "\n")

    (again,) = db.one("select id from leads where mak = '0000000001'")
    assert again != ada
    assert db.value("select is_suppressed('phone', '+12015550100')")
    assert db.value("select is_suppressed('email', 'zephyrine@example.com')")
    db.execute("update lead_contacts set verified = true")
    db.execute("update leads set consent = true, consented_at = now(), phone_verified = true, email_verified = true")
    assert db.rows("select * from contactable where lead_id = %s", again) == []


def test_the_event_is_the_proof(db, ada, clock):
    db.execute(FORGET, (ada, "she wrote from zephyrine@example.com", clock.now))

    row = db.one("select * from pipeline_events where stage = 'erased'")
    assert (row.lead_id, row.occurred_at, row.rows) == (ada, clock.now, 1)
    assert row.detail["reason"] == "she wrote from …"
    assert row.detail["letters"] >= 3
    assert (row.detail["staged"], row.detail["copies"]) == (2, 1)


def test_her_other_property_goes_too_and_a_relative_s_is_named(db, clock):
    db.ingest(
        HEADER
        + ADA
        + ADA.replace("12 Main", "14 Main").replace("0000000001", "0000000002")
        + ADA.replace("12 Main", "16 Main").replace("0000000001", "0000000003").replace("Zephyrine", "Bob")
    )
    lead = db.value("select id from leads where mak = '0000000001'")
    relative = db.value("select id from leads where mak = '0000000003'")

    db.execute(FORGET, (lead, "request", clock.now))

    assert db.rows("select id, campaign_status from leads") == [(relative, "opted_out")]
    row = db.one("select rows, detail from pipeline_events where stage = 'erased'")
    assert row.rows == 2
    assert (row.detail["shared_with"], row.detail["unreadable"]) == ([str(relative)], [])


def test_who_shares_no_contact_is_not_named(db, clock):
    lead, _ = db.leads(2)

    db.execute(FORGET, (lead, "request", clock.now))

    assert db.value("select detail -> 'shared_with' from pipeline_events where stage = 'erased'") == []


def test_a_lead_without_contacts_or_document_is_forgotten(db, clock):
    (lead,) = db.leads(1, phones=0, emails=0)
    db.execute("update leads set pii = null")

    db.execute(FORGET, (lead, "request", clock.now))

    assert db.value("select count(*) from leads") == 0
    assert db.value("select detail -> 'unreadable' from pipeline_events where stage = 'erased'") == []


def test_a_damaged_document_keeps_nobody_from_being_forgotten_and_is_told(db, clock):
    db.ingest(HEADER + ADA)
    db.ingest(HEADER + ADA.replace("12 Main", "99 Oak").replace("0000000001", "0000000009"))
    db.ingest("Address,Zip\n12 Main St,\n")
    lead, relative = (row.id for row in db.rows("select id from leads order by mak"))
    for table, column, where in (("leads", "pii", f"id = '{lead}'"), ("pipeline_dlq", "sealed", "sealed is not null")):
        db.execute(f"update {table} set {column} = set_byte({column}, 30, get_byte({column}, 30) # 1) where {where}")

    db.execute(FORGET, (lead, "request", clock.now))

    assert db.rows("select id, campaign_status from leads") == [(relative, "opted_out")]
    assert db.value("select count(*) from suppressions where reason = 'erased'") == 2
    event = db.value("select detail from pipeline_events where stage = 'erased'")
    assert (event["unreadable"], event["shared_with"]) == ([str(lead)], [str(relative)])


def test_an_upload_with_an_erased_lead_can_still_be_reverted(db, ada, clock):
    db.execute(FORGET, (ada, "request", clock.now))

    for row in db.rows("select id from uploads where status = 'done'"):
        assert db.value("select (revert_upload(%s, %s)).status", row.id, clock.now) == 200
    assert found(db) == set()


def test_a_second_time_there_is_nobody_to_forget(db, ada, clock):
    db.execute(FORGET, (ada, "request", clock.now))

    with db.refused("PF061"):
        db.execute(FORGET, (ada, "request", clock.now))


@pytest.mark.parametrize("reason", [None, " "])
def test_an_erasure_has_a_reason(db, ada, clock, reason):
    with db.refused("PF076"):
        db.execute(FORGET, (ada, reason, clock.now))


def test_it_waits_for_a_merge_that_may_carry_what_it_read(clone, connect, clock):
    (lead,) = clone.leads(1)
    other = connect()
    with clone.transaction():
        clone.ingest("Address,Zip\n12 Main St,90012\n")
        waiting = other.in_background(FORGET, lead, "request", clock.now).wait_until_blocked(clone)
    waiting.result()

    assert clone.value("select count(*) from leads where id = %s", lead) == 0


def test_all_whom_it_concerns_are_locked_in_order_of_id(clone, connect, clock):
    """One of them shares a contact with the person's other lead alone: locked last, it could close a circle."""
    relative, lead, other_property = sorted(clone.leads(3))
    for channel, one, two in (("phone", lead, other_property), ("email", other_property, relative)):
        clone.execute(
            "insert into lead_contacts (lead_id, channel, position, value_hash)"
            " select %s, channel, 9, value_hash"
            "   from lead_contacts where lead_id = %s and channel = %s and position = 1",
            (two, one, channel),
        )
    forgetting = connect()

    with clone.transaction():
        clone.execute("select from leads where id = %s for update", (relative,))
        forgotten = forgetting.in_background(FORGET, lead, "request", clock.now).wait_until_blocked(clone)
        free = connect().rows("select id from leads order by id for update skip locked")
    forgotten.result()

    assert [row.id for row in free] == [lead, other_property]
    assert [row.id for row in clone.rows("select id from leads")] == [relative]
