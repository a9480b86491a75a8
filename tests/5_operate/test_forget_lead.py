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
