EXAMINE = "select * from examine_deliveries(%s, 10, %s)"


def test_each_comes_with_its_contact_and_the_time_at_which_it_may_be_sent(db, clock):
    (lead,) = db.leads(1, status="queued")
    db.feed()

    phone, email = db.one(EXAMINE, "phone", clock.now), db.one(EXAMINE, "email", clock.now)

    assert (phone.contact, email.contact) == (db.contact(lead), db.contact(lead, "email"))
    assert (phone.send_at, email.send_at) == (clock.set("2026-03-09 08:00"), clock.set("2026-03-09 06:00"))
    assert (phone.problem, phone.campaign) == (None, "default")


def test_one_that_has_no_hour_in_common_with_its_number_comes_with_the_problem(db, clock):
    db.leads(1, status="queued")  # a number of Washington for a house in Los Angeles
    db.feed()
    db.execute("update campaigns set contact_from = '10:00', contact_until = '11:00'")

    assert "no contact hour in common" in db.one(EXAMINE, "phone", clock.now).problem
    assert db.one(EXAMINE, "email", clock.now).problem is None


def test_who_was_called_as_often_as_the_campaign_allows_by_now_is_called_no_more(db, clock):
    leads = db.leads(2, status="queued", emails=0)
    db.feed()
    clock.set("2026-03-09 10:00")
    for call, lead in enumerate([leads[0], leads[0], leads[1]]):
        db.execute("select record_call(%s, %s, 'voicemail', 9, %s, %s)", (f"c-{call}", lead, str(call), clock.now))
    clock.move(days=1)

    db.execute("update campaigns set max_attempts = 2")

    assert [d.lead_id for d in db.claim()] == [leads[1]]
    letter = db.one("select * from pipeline_dlq")
    assert (letter.payload["lead"], letter.reason) == (str(leads[0]), "called as often as the campaign allows")
    assert letter.hint


def test_calls_do_not_count_for_messages(db, clock):
    db.leads(1, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update campaigns set max_attempts = 1")
    db.execute("update leads set call_attempt_count = 5")

    assert len(db.claim("email")) == 1
