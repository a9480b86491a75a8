"""A broker's new lead goes the way of every row, and the answer tells nothing about anybody else's."""

import json

import pytest

BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"
LEAD = {
    "property_street": "12 Main St",
    "property_zip": "90012",
    "first_name": "Ada",
    "phone_1": "(201) 555-0100",
    "email_1": "ada@example.com",
}


@pytest.fixture
def broker(db):
    """The owner's connection is a broker's login, too."""
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    return db


def submit(db, **changes):
    with db.acting_as("pipeline_broker"):
        return db.value("select submit_lead(%s)", json.dumps({**LEAD, **changes}))


def given_a_lead_of(db, broker):
    """A lead with the same address, of whom nobody is told."""
    db.ingest("Address,Zip,First Name\n12 Main St,90012,Grace\n")
    return db.value("update leads set assigned_broker_id = %s returning id", broker)


def state(db):
    return db.rows("select id, assigned_broker_id, street, lead_score, lead_pii(id), updated_at from leads order by id")


def test_a_new_lead_is_the_broker_s(broker):
    assert submit(broker) == "accepted"

    with broker.acting_as("pipeline_broker"):
        row = broker.one("select * from my_leads")
    assert (str(row.assigned_broker_id), row.street) == (BROKER, "12 Main St")
    assert broker.value("select lead_pii(%s)", row.id)["phones"] == ["+12015550100"]
    assert broker.value("select count(*) from leads_staging") == 0
    assert broker.value("select source from uploads") == f"broker/{BROKER}"


def test_his_own_lead_gains_what_he_adds(broker):
    given_a_lead_of(broker, BROKER)

    assert submit(broker) == "accepted"

    row = broker.one("select lead_pii(id) as pii from leads")
    assert row.pii["first_name"] == "Ada"
    assert row.pii["phones"] == ["+12015550100"]


@pytest.mark.parametrize("owner", [OTHER, None], ids=["another broker's", "nobody's"])
def test_a_lead_that_is_not_his_stays_as_it_was_and_the_office_is_told(broker, owner):
    given_a_lead_of(broker, owner)
    before = state(broker)

    assert submit(broker) == "accepted"

    assert state(broker) == before
    letter = broker.one("select state, reason from pipeline_dlq")
    assert letter == ("waiting", "a broker submitted a lead that is not his")


@pytest.mark.parametrize(
    "field", ["mak", "apn", "county_fips", "lead_score", "melissa_results", "assigned_broker_id", "consent", "nonsense"]
)
def test_keys_scores_and_what_is_no_field_are_not_taken(broker, field):
    answer = submit(broker, **{field: "1"})

    assert answer.startswith("rejected: ")
    assert field in answer
    assert state(broker) == []
    assert broker.value("select count(*) from uploads") == 0


@pytest.mark.parametrize(
    "lead",
    [None, "[]", "1", "{}", '{"property_street": "Main St"}', '{"property_street": {"a": 1}}',
     json.dumps({**LEAD, "first_name": "x" * 40000})],
    ids=["null", "array", "number", "empty", "too thin", "nested", "too long"],
)  # fmt: skip
def test_what_can_t_be_a_lead_is_rejected_with_the_reason(broker, lead):
    with broker.acting_as("pipeline_broker"):
        assert broker.value("select submit_lead(%s)", lead).startswith("rejected: ")
    assert state(broker) == []


def test_a_session_that_is_no_broker_submits_nothing(db):
    with db.refused("PF070"):
        submit(db)


def test_what_is_rolled_back_stands_in_the_server_s_log(broker):
    lines = []

    def keep(notice):
        lines.append(notice.message_primary)

    broker.add_notice_handler(keep)
    try:
        with broker.undone():
            broker.execute("set local client_min_messages = log")
            submit(broker)
    finally:
        broker.remove_notice_handler(keep)

    assert f"pgfunnel: {broker.info.user} submitted a lead for broker {BROKER}" in lines


def test_an_old_snapshot_is_refused_since_an_index_would_tell_of_newer_leads(clone):
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    with clone.transaction():
        clone.execute("set transaction isolation level repeatable read")
        with clone.refused("PF074"):
            submit(clone)


def test_more_than_the_rate_of_uploads_is_rejected(broker):
    broker.execute("update settings set value = '2' where key = 'uploads_per_minute'")

    answers = [submit(broker, property_street=f"{n} Main St") for n in (12, 14, 16)]

    assert answers == ["accepted", "accepted", "rejected: too many leads in this minute, submit it later"]


def test_the_time_given_decides_and_is_recorded(broker, clock):
    broker.execute("update settings set value = '1' where key = 'uploads_per_minute'")
    call = "select submit_lead(%s, %s)"

    assert broker.value(call, json.dumps(LEAD), clock.now) == "accepted"
    assert broker.value(call, json.dumps(LEAD), clock.move(seconds=59)).startswith("rejected: too many")
    assert broker.value(call, json.dumps(LEAD), clock.move(seconds=1)) == "accepted"
    assert broker.value("select count(*) from uploads where received_at = %s", clock.now) == 1


def test_of_two_brokers_at_once_the_first_has_it_and_both_hear_the_same(clone, connect):
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    query = "select submit_lead(%s)"
    other = connect()
    with clone.transaction():
        assert clone.value(query, json.dumps(LEAD)) == "accepted"
        clone.execute("update brokers set broker_id = %s", (OTHER,))
        waiting = other.in_background(query, json.dumps(LEAD)).wait_until_blocked(clone)
    assert waiting.result()[0][0] == "accepted"

    assert clone.value("select count(*) from leads") == 1
