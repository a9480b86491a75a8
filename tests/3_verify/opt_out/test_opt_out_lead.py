"""opt_out_lead: every contact of a lead is suppressed."""


def opt_out(db, lead):
    db.execute("select opt_out_lead(%s, 'letter', 'post', %s)", (lead, db.clock.now))


def test_every_contact_is_suppressed_and_every_lead_that_shares_one_is_reached(db, share_phone):
    lead, sharing, other = db.leads(3, phones=2, emails=2)
    share_phone(db, lead, sharing)

    opt_out(db, lead)

    suppressed = db.value(
        """
        select count(*)
          from suppressions as s
          join lead_contacts as c using (channel, value_hash)
         where c.lead_id = %s
           and (s.reason, s.source, s.suppressed_at) = ('letter', 'post', %s)
        """,
        lead,
        db.clock.now,
    )
    assert suppressed == 4
    states = {row.id: row.campaign_status for row in db.rows("select id, campaign_status from leads")}
    assert states == {lead: "opted_out", sharing: "opted_out", other: "new"}


def test_consent_is_withdrawn_once(db):
    [lead] = db.leads(1, phones=3)

    opt_out(db, lead)

    assert db.rows("select action from consents where lead_id = %s", lead) == [("withdrawn",)]


def test_a_lead_without_a_contact_is_closed_all_the_same(db, last_event):
    [lead] = db.leads(1, phones=0, emails=0)

    opt_out(db, lead)

    assert db.one("select campaign_status, consent from leads") == ("opted_out", False)
    assert last_event(db, "suppression").lead_id == lead


def test_who_shares_any_of_its_contacts_is_locked_in_order_of_id(clone, connect):
    low, lead, high = sorted(clone.leads(3))
    for other, channel in (high, "email"), (low, "phone"):  # it suppresses e-mails first
        clone.execute(
            "update lead_contacts as o set value_hash = c.value_hash from lead_contacts as c"
            " where o.lead_id = %s and c.lead_id = %s and o.channel = %s and c.channel = o.channel",
            (other, lead, channel),
        )
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select from leads where id = %s for update", (low,))
        waiting = second.in_background("select opt_out_lead(%s, 'letter', 'office', now())", lead)
        waiting.wait_until_blocked(clone)
        first.execute("select from leads where id = %s for update nowait", (high,))

    waiting.result()
