"""lift_suppressions: what a new consent undoes."""


def suppress(db, value, channel="phone", reason="reply STOP"):
    db.execute("select opt_out(%s, %s, %s, 'twilio', %s)", (channel, value, reason, db.clock.now))


def lift(db, lead):
    return db.value("select lift_suppressions(%s, %s)", lead, db.clock.now)


def test_all_contacts_of_the_lead_are_lifted_and_told(db, last_event):
    [lead] = db.leads(1, phones=2)
    suppressed_at = db.clock.now
    suppress(db, db.contact(lead, "phone", 2))
    suppress(db, db.contact(lead, "email"), "email", "unsubscribed")
    db.clock.move(hours=1)

    assert lift(db, lead) == 2

    event = last_event(db, "suppression")
    assert (event.lead_id, event.rows, event.detail["action"]) == (lead, 2, "lifted")
    told = [(s["channel"], s["position"], s["reason"]) for s in event.detail["suppressions"]]
    assert told == [("email", 1, "unsubscribed"), ("phone", 2, "reply STOP")]
    assert db.value("select %s::timestamptz", event.detail["suppressions"][0]["suppressed_at"]) == suppressed_at


def test_a_younger_suppression_stays(db):
    [lead] = db.leads(1)
    suppress(db, db.contact(lead))
    db.clock.move(hours=-1)

    assert lift(db, lead) == 0
    assert db.value("select is_suppressed('phone', %s)", db.contact(lead))


def test_nothing_to_lift_leaves_no_event(db):
    [lead] = db.leads(1)

    assert lift(db, lead) == 0
    assert db.value("select count(*) from pipeline_events where stage = 'suppression' and lead_id = %s", lead) == 0
