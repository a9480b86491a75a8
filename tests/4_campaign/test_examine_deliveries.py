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
