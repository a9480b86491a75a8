import pytest


def test_a_writer_claims_and_sees_the_contact_in_clear(db):
    (lead,) = db.leads(1, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update deliveries set not_before = now()")

    with db.acting_as("pipeline_writer"):
        (claimed,) = db.rows("select * from claim_deliveries('email')")

    assert (claimed.lead_id, claimed.contact, claimed.attempts) == (lead, db.contact(lead, "email"), 1)


def test_an_unknown_channel_is_told(db):
    with db.refused("PF060"):
        db.execute("select * from claim_deliveries('fax')")


def test_it_goes_by_the_clock_in_a_transaction_that_is_held_open(db):
    """The transaction's time would let the evening's calls be claimed at night."""
    db.leads(1, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update deliveries set not_before = clock_timestamp()")

    assert db.value("select not_before > now() from deliveries")
    assert len(db.rows("select * from claim_deliveries('email')")) == 1


def test_the_log_keeps_a_line_of_a_claim_that_is_rolled_back(db):
    db.leads(2, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update deliveries set not_before = now()")
    said = []
    db.add_notice_handler(lambda notice: said.append(notice.message_primary))

    with db.undone():
        db.execute("set local client_min_messages = log")
        db.execute("select * from claim_deliveries('email')")
        db.execute("select * from claim_deliveries('email')")

    assert said == [f"pgfunnel: 2 contacts (email) were opened to {db.value('select session_user')}"]


@pytest.fixture
def fed(db, clock):
    """Three fed leads at ten in Los Angeles, best score first."""
    leads = db.leads(3, status="queued", phones=2)
    db.feed()
    clock.set("2026-03-09 10:00")
    return leads


def test_each_delivery_is_handed_to_one_caller_for_the_lease(db, clock, fed):
    first = db.claim(limit=2)
    second = db.claim(limit=2)

    assert len({delivery.lead_id for delivery in first + second}) == 3
    assert db.claim() == []
    assert {delivery.contact for delivery in first} == {db.contact(delivery.lead_id) for delivery in first}


def test_a_lease_that_ran_out_is_claimed_again_with_another_token(db, clock, fed):
    (before,) = db.claim(limit=1)

    clock.move(minutes=6)
    again = {delivery.id: delivery for delivery in db.claim()}[before.id]

    assert (again.token != before.token, again.attempts) == (True, 2)


def test_nobody_is_called_at_night_and_mail_goes_at_any_hour(db, clock, fed):
    clock.set("2026-03-09 07:59")

    assert db.claim("phone") == []
    assert len(db.claim("email")) == 3


def test_a_value_suppressed_after_the_feed_is_not_delivered_to(db, clock, fed):
    db.execute(
        "insert into suppressions (channel, value_hash, reason, source)"
        " select channel, value_hash, 'x', 'x' from lead_contacts where lead_id = %s and channel = 'phone'",
        (fed[0],),
    )

    assert {delivery.lead_id for delivery in db.claim()} == set(fed[1:])


def test_an_opt_out_after_the_feed_cancels(db, clock, fed):
    db.execute("select opt_out('email', %s, 'asked', 'test')", (db.contact(fed[0], "email"),))

    assert {delivery.lead_id for delivery in db.claim()} == set(fed[1:])


def test_an_unverified_contact_gives_way_to_the_next(db, clock, fed):
    db.execute("update lead_contacts set verified = false where lead_id = %s and position = 1", (fed[0],))

    contact = {delivery.lead_id: delivery.contact for delivery in db.claim()}[fed[0]]

    assert contact == db.contact(fed[0], position=2)


@pytest.mark.parametrize(
    "change",
    [
        "update campaigns set paused = true",
        "update leads set campaign_status = 'paused'",
        "update leads set consent = false",
        "update deliveries set not_before = '2027-01-01'",
    ],
)
def test_what_may_not_go_now_is_not_claimed(db, clock, fed, change):
    db.execute(change)

    assert db.claim() == []


def test_what_another_is_claiming_is_passed_over(clone, connect, clock):
    clone.leads(3, status="queued")
    clone.feed()
    clock.set("2026-03-09 10:00")
    first, second = connect(), connect()

    with first.transaction():
        mine = first.claim(limit=2)
        theirs = second.claim(limit=2)

    assert (len(mine), len(theirs)) == (2, 1)
    assert not {d.id for d in mine} & {d.id for d in theirs}


@pytest.mark.parametrize("arguments", ["null, '5 min'", "-1, '5 min'", "5, null", "5, '0'", "5, '-1 min'"])
def test_a_claim_without_limit_or_lease_is_refused(db, clock, arguments):
    with db.refused("PF086"):
        db.execute(f"select * from claim_deliveries('phone', {arguments}, now())")


def break_document(db, lead):
    db.execute("update leads set pii = set_byte(pii, 30, get_byte(pii, 30) # 1) where id = %s", (lead,))


def test_a_document_that_does_not_open_is_given_up_and_another_takes_its_place(db, clock, fed):
    broken = db.value("select lead_id from deliveries where channel = 'phone' order by not_before, id limit 1")
    break_document(db, broken)

    claimed = db.claim(limit=2)

    assert {delivery.lead_id for delivery in claimed} == set(fed) - {broken}
    letter = db.one("select * from pipeline_dlq")
    assert (letter.payload["lead"], letter.reason) == (str(broken), "the lead's document does not open")
    assert db.value("select state from deliveries where lead_id = %s and channel = 'phone'", broken) == "dead"


def test_one_that_was_given_up_is_sent_after_it_was_mended(db, clock, fed):
    break_document(db, fed[0])
    db.claim()

    break_document(db, fed[0])  # the same bit again
    db.execute("select redrive_dlq(id, null, null, %s) from pipeline_dlq", (clock.now,))

    assert [delivery.lead_id for delivery in db.claim()] == [fed[0]]


def test_a_wrong_key_is_an_error_and_gives_nothing_up(db, clock, fed):
    db.execute("update local_keys set key = set_byte(key, 0, get_byte(key, 0) # 1)")

    with db.refused("PF011"):
        db.claim()

    assert db.rows("select from pipeline_dlq") == []


def test_what_may_not_be_called_yet_waits_until_it_may_and_lets_others_pass(db, clock, fed):
    east = db.leads(2, status="queued", state="NY", zip="10001")
    clock.set("2026-03-09 06:00")
    db.feed()

    assert {delivery.lead_id for delivery in db.claim(limit=2, lease="1 day")} == set(east)

    waiting = db.rows("select lead_id, not_before from deliveries where channel = 'phone' and state = 'pending'")
    assert {row.lead_id: row.not_before for row in waiting} == dict.fromkeys(fed, clock.set("2026-03-09 08:00"))
    assert len(db.claim()) == 3


def test_a_late_finisher_is_heard_where_nobody_claimed_again(db, clock, fed):
    clock.set("2026-03-09 17:58")  # in Washington, where the numbers are, it is nearly nine
    (delivery, *_) = db.claim()
    clock.move(minutes=6)

    assert db.claim() == []

    finish = "select finish_delivery(%s, %s, 200, 1, null, null, %s)"
    assert db.value(finish, delivery.id, delivery.token, clock.now) == "delivered"


def test_what_has_no_hour_to_be_called_at_is_given_up(db, clock, fed):
    db.execute("update campaigns set contact_from = '10:00', contact_until = '11:00'")

    assert db.claim() == []

    assert db.value("select count(*) from pipeline_dlq where reason like '%no contact hour in common'") == 3


def test_eight_who_claim_at_once_get_each_delivery_once(clone, connect, clock):
    clone.leads(40, status="queued")
    clone.feed()
    clock.set("2026-03-09 10:00")
    claim = "select * from claim_deliveries('phone', 7, '5 min', %s)"

    callers = [connect().in_background(claim, clock.now) for _ in range(8)]
    claimed = [row for caller in callers for row in caller.result()]

    while more := clone.claim(limit=7):
        claimed += more
    assert len(claimed) == len({row.id for row in claimed}) == 40
    assert len({row.token for row in claimed}) == 40
    assert clone.value("select max(attempts) from deliveries where channel = 'phone'") == 1
