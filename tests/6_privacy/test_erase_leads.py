def test_what_hangs_on_the_leads_goes_and_what_counts_stays(db):
    db.ingest("Address,Zip,MAK,First Name,Phone 1\n12 Main St,90012,0000000001,Ada,2015550100\n")
    db.ingest("Address,Zip,First Name\n12 Main St,90012,Eva\n")
    lead = db.value("select id from leads")
    db.execute("update upload_rows set county_fips = '06037', apn = '1234'")
    db.value("select issue_consent_token(%s)", lead)
    db.value("select reveal_lead(%s, 'to tell Ada')", lead)

    db.execute("select erase_leads(array[%s::uuid])", (lead,))

    for table in ("leads", "lead_contacts", "consent_tokens", "upload_changes"):
        assert db.value(f"select count(*) from {table}") == 0
    rows = db.rows("select outcome, mak, county_fips, apn, addr_hash from upload_rows order by upload_id, line_number")
    assert sorted(rows) == [("merged", None, None, None, None), ("new", None, None, None, None)]
    assert db.rows("select lead_id, purpose from pii_reveals") == [(lead, "erased")]


def test_another_lead_keeps_all_that_hangs_on_it(db):
    db.ingest("Address,Zip,MAK,First Name\n12 Main St,90012,0000000001,Ada\n14 Main St,90012,0000000002,Bob\n")
    db.ingest("Address,Zip,First Name\n14 Main St,90012,Rob\n")
    lead, other = (row.id for row in db.rows("select id from leads order by mak"))
    db.value("select reveal_lead(%s, 'to call back')", other)
    about = """
        select (select jsonb_agg(r order by r.upload_id, r.line_number) from upload_rows as r where r.lead_id = %s),
               (select jsonb_agg(c) as changes from upload_changes as c where c.lead_id = %s),
               (select jsonb_agg(p) as reveals from pii_reveals as p where p.lead_id = %s),
               (select to_jsonb(l) from leads as l where l.id = %s)
    """
    before = db.one(about, *[other] * 4)
    assert None not in before

    db.execute("select erase_leads(array[%s::uuid])", (lead,))

    assert db.one(about, *[other] * 4) == before
