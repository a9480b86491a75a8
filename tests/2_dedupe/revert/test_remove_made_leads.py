def test_untouched_leads_go_with_their_contacts_and_the_others_are_listed(db, merge):
    receipt = merge({"mak": "0000000001", "phone 1": "2135550100"}, {"mak": "0000000002", "phone 1": "2135550101"})
    db.execute("update leads set status = 'called', consent = true, consented_at = now() where mak = '0000000002'")

    assert db.value("select remove_made_leads(%s)", receipt.upload_id) == 1

    assert db.rows("select mak from leads") == [("0000000002",)]
    assert db.value("select count(*) from lead_contacts") == 1
    assert db.one("select what, reason from upload_remains") == (
        "lead", "touched since: consent, consented_at, status",
    )  # fmt: skip


def test_a_lead_that_is_gone_already_is_not_counted(db, merge):
    receipt = merge({"mak": "0000000001"}, {"mak": "0000000002"})
    db.execute("delete from leads where mak = '0000000001'")

    assert db.value("select remove_made_leads(%s)", receipt.upload_id) == 1
