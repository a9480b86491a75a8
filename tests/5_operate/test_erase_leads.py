def test_what_hangs_on_the_leads_goes_and_what_counts_stays(db):
    db.ingest("Address,Zip,MAK,First Name,Phone 1\n12 Main St,90012,0000000001,Ada,2015550100\n")
    db.ingest("Address,Zip,First Name\n12 Main St,90012,Eva\n")
    lead = db.value("select id from leads")
    db.value("select issue_consent_token(%s)", lead)
    db.value("select reveal_lead(%s, 'to tell Ada')", lead)

    db.execute("select erase_leads(array[%s::uuid])", (lead,))

    for table in ("leads", "lead_contacts", "consent_tokens", "upload_changes"):
        assert db.value(f"select count(*) from {table}") == 0
    assert db.rows("select outcome, mak, addr_hash from upload_rows") == [("new", None, None), ("merged", None, None)]
    assert db.rows("select lead_id, purpose from pii_reveals") == [(lead, "erased")]
