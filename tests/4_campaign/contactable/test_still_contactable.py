def test_it_holds_what_was_and_still_is(clone):
    kept, stopped, new = clone.leads(3)
    clone.execute("update leads set consent = false where id = %s", (new,))
    clone.execute("call refresh_contactable_leads()")

    clone.execute("update leads set consent = false where id = %s", (stopped,))
    clone.execute("update leads set consent = true where id = %s", (new,))

    assert [row.lead_id for row in clone.rows("select lead_id from still_contactable")] == [kept]


def test_it_is_granted_to_nobody(db):
    for role in ("pipeline_writer", "pipeline_broker", "pipeline_reader"):
        with db.acting_as(role), db.refused("42501"):
            db.execute("select * from still_contactable")
