"""Personal data is opened for a purpose, to whom it is due, and not without a record."""

import psycopg
import pytest

BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"
REVEAL = "select reveal_lead(%s, %s)"


def test_a_service_opens_any_lead_and_it_is_recorded(db):
    (lead,) = db.leads(1, broker=OTHER)

    with db.acting_as("pipeline_writer"):
        pii = db.value(REVEAL, lead, "call back")

    assert pii["phones"] == [db.contact(lead)]
    row = db.one("select lead_id, revealed_by = session_user as by_me, broker_id, purpose from pii_reveals")
    assert row == (lead, True, None, "call back")
    assert db.value("select count(*) from pipeline_events where stage = 'revealed' and lead_id = %s", lead) == 1


def test_a_broker_opens_his_own(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    (lead,) = db.leads(1, broker=BROKER)

    with db.acting_as("pipeline_broker"):
        assert db.value(REVEAL, lead, "call back")["first_name"] == "Ada"

    assert str(db.value("select broker_id from pii_reveals")) == BROKER


def test_another_s_lead_and_none_at_all_are_the_same_to_a_broker(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    (lead,) = db.leads(1, broker=OTHER)
    nobody = "00000000-0000-0000-0000-000000000000"

    said = []
    for asked in (lead, nobody):
        with db.acting_as("pipeline_broker"), pytest.raises(psycopg.Error) as caught, db.transaction():
            db.value(REVEAL, asked, "call back")
        said.append((caught.value.sqlstate, str(caught.value).replace(str(asked), "…")))

    assert said[0] == said[1]
    assert said[0][0] == "PF071"
    assert db.value("select count(*) from pii_reveals") == 0


@pytest.mark.parametrize("purpose", [None, "", "  "])
def test_without_a_purpose_nothing_is_opened(db, purpose):
    (lead,) = db.leads(1)

    with db.refused("PF075"):
        db.value(REVEAL, lead, purpose)


def test_the_purpose_names_nobody(db):
    (lead,) = db.leads(1)

    db.value(REVEAL, lead, " she wrote from ada@example.com ")

    assert db.value("select purpose from pii_reveals") == "she wrote from …"


def test_a_lead_without_a_document_opens_to_nothing(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = null")

    assert db.value(REVEAL, lead, "call back") is None


def test_what_is_rolled_back_stands_in_the_server_s_log(db):
    (lead,) = db.leads(1)
    lines = []

    def keep(notice):
        lines.append(notice.message_primary)

    db.add_notice_handler(keep)
    try:
        with db.undone():
            db.execute("set local client_min_messages = log")
            db.value(REVEAL, lead, "call back")
    finally:
        db.remove_notice_handler(keep)

    assert db.value("select count(*) from pii_reveals") == 0
    assert any(str(lead) in line for line in lines)


def test_a_read_only_transaction_reveals_nothing(clone):
    (lead,) = clone.leads(1)

    with clone.refused("25006"), clone.transaction():
        clone.execute("set transaction read only")
        clone.value(REVEAL, lead, "call back")
