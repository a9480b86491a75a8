def test_it_holds_who_was_contactable_at_the_last_refresh_and_nothing_personal(clone):
    leads = clone.leads(3)
    clone.leads(2, consent=False)
    assert clone.value("select count(*) from mv_contactable_leads") == 0

    clone.execute("call refresh_contactable_leads()")

    assert {row.lead_id for row in clone.rows("select * from mv_contactable_leads")} == set(leads)
    columns = [c.name for c in clone.execute("select * from mv_contactable_leads").description]
    assert columns == ["lead_id", "campaign_id", "city", "state", "zip", "lead_score", "never_equal"]


def test_every_row_has_a_null_so_that_a_refresh_need_not_compare_them(clone):
    clone.leads(1)
    clone.execute("call refresh_contactable_leads()")

    assert clone.value("select never_equal is null from mv_contactable_leads")


def test_it_is_granted_to_nobody(db):
    for role in ("pipeline_writer", "pipeline_broker", "pipeline_reader"):
        with db.acting_as(role), db.refused("42501"):
            db.execute("select * from mv_contactable_leads")
