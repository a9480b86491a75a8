"""What a broker works with: his rows, the columns that are his to change, new leads by way of the merge."""

import pytest

BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"


@pytest.fixture
def broker(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    return db


def test_a_broker_sees_his_leads_and_nothing_personal(broker):
    own = broker.leads(2, broker=BROKER)
    broker.leads(2, broker=OTHER)
    broker.leads(2)

    with broker.acting_as("pipeline_broker"):
        cursor = broker.execute("select * from my_leads")
    assert {row.id for row in cursor.fetchall()} == set(own)
    assert not {c.name for c in cursor.description} & {"pii", "mak", "apn", "county_fips", "addr_hash", "campaign_id"}


def test_he_sets_the_status_of_his_own_alone(broker):
    (own,) = broker.leads(1, broker=BROKER)
    (foreign,) = broker.leads(1, broker=OTHER)

    with broker.acting_as("pipeline_broker"):
        assert broker.execute("update my_leads set status = 'called'").rowcount == 1
        assert broker.execute("update my_leads set status = 'x' where id = %s", (foreign,)).rowcount == 0

    assert broker.rows("select id from leads where status = 'called'") == [(own,)]


def test_a_row_put_in_goes_through_the_merge(broker):
    broker.ingest("Address,Zip\n14 Main St,90012\n")
    before = broker.rows("select * from leads")

    with broker.acting_as("pipeline_broker"):
        broker.execute("insert into my_leads (street, zip) values ('12 Main St', '90012'), ('14 Main St', '90012')")
        assert broker.rows("select street from my_leads") == [("12 Main St",)]

    assert broker.rows("select * from leads where street = '14 Main St'") == before


def test_the_office_has_no_leads_of_its_own(db):
    db.leads(2)

    assert db.rows("select * from my_leads") == []


def test_he_gives_no_lead_away_even_if_the_column_is_granted(broker):
    broker.leads(1, broker=BROKER)
    broker.execute("grant update (assigned_broker_id) on leads to pipeline_broker")

    with broker.refused("42501"), broker.acting_as("pipeline_broker"):
        broker.execute("update leads set assigned_broker_id = %s", (OTHER,))


def test_it_shows_and_changes_nothing_that_the_table_does_not_grant_him(broker):
    broker.leads(1, broker=BROKER)
    broker.execute("revoke select (street), update (status) on leads from pipeline_broker")

    for query in ("select street from my_leads", "update my_leads set status = 'called'"):
        with broker.refused("42501"), broker.acting_as("pipeline_broker"):
            broker.execute(query)
