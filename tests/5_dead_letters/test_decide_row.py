import uuid

import psycopg
import pytest


def decide(db, letter, decision, lead=None, token=None):
    with db.acting_as("pipeline_writer"):
        return db.one("select * from decide_row(%s, %s, %s, %s)", letter.id, decision, lead, token)


def keys(db, lead):
    return tuple(db.one("select mak, addr_hash from leads where id = %s", lead))


@pytest.fixture
def owners(db, conflict):
    """The leads that the row's MAK and address belong to."""
    return (
        db.value("select id from leads where mak is not null"),
        db.value("select id from leads where addr_hash is not null"),
    )


@pytest.mark.parametrize("which", [0, 1], ids=["by MAK", "by address"])
def test_merge_into_one_of_its_owners_leaves_every_key_where_it_is(db, conflict, owners, letter, which):
    before = [keys(db, lead) for lead in owners]

    result = decide(db, conflict, "merge", owners[which])

    assert (result.outcome, result.message, result.lead_id) == ("redriven", "the row is merged", owners[which])
    assert [keys(db, lead) for lead in owners] == before
    document = db.value("select lead_pii(%s)", owners[which])
    assert (document["first_name"], document["phones"]) == ("Cy", ["+12135550100"])
    assert db.value("select lead_pii(%s) ->> 'first_name'", owners[1 - which]) == ("Bob", "Ada")[which]
    payload = letter(conflict.id).payload
    assert (payload["decision"], payload["left_out"]) == ("merge", [["addr_hash"], ["mak"]][which])


def test_merge_into_a_third_lead_gives_it_only_what_nobody_owns(db, conflict, owners, letter):
    third = db.value("insert into leads (county_fips, apn) values ('06037', '77') returning id")

    assert decide(db, conflict, "merge", third).lead_id == third

    assert keys(db, third) == (None, None)
    assert letter(conflict.id).payload["left_out"] == ["mak", "addr_hash"]


def test_a_lead_gains_the_keys_it_lacks(db, letters):
    letters({"mak": "0000000001"}, {"address": "12 Main St", "zip": "90012"})
    (row,) = letters({"mak": "0000000001", "address": "12 Main St", "zip": "90012", "fips": "06037", "apn": "7-7"})
    lead = db.value("select id from leads where addr_hash is not null")

    decide(db, row, "merge", lead)

    assert db.one("select mak, county_fips, apn from leads where id = %s", lead) == (None, "06037", "77")


def test_make_it_a_lead_leaves_out_what_others_own(db, letters, letter):
    letters({"mak": "0000000001"}, {"address": "12 Main St", "zip": "90012"})
    (row,) = letters({"mak": "0000000001", "address": "12 Main St", "zip": "90012", "fips": "06037", "apn": "7-7"})

    result = decide(db, row, "new")

    assert result.message == "the row is new"
    lead = db.one("select mak, apn, addr_hash, street from leads where id = %s", result.lead_id)
    assert lead == (None, "77", None, "12 Main St")
    kept = letter(row.id)
    assert (kept.state, kept.redriven_as) == ("redriven", result.upload_id)
    assert (kept.payload["decision"], kept.payload["left_out"]) == ("new", ["mak", "addr_hash"])


def test_it_is_no_lead_of_its_own_if_every_key_is_another_s(db, conflict, letter):
    before = letter(conflict.id)

    with db.refused("PF108"):
        decide(db, conflict, "new")

    assert letter(conflict.id) == before


def test_a_rejected_row_has_to_be_corrected_first(db, letters, letter):
    letters({"mak": "0000000001"})
    (row,) = letters({"first name": "Ada"})

    result = decide(db, row, "merge", db.value("select id from leads"))

    assert (result.outcome, result.message[:19]) == ("waiting", "the line has no key")
    assert letter(row.id).payload == row.payload | {"met_first": {}}


@pytest.mark.parametrize(
    ("decision", "lead"), [("merge", None), ("new", uuid.UUID(int=1)), ("drop", None), (None, None)]
)
def test_another_decision_is_refused(db, conflict, decision, lead):
    with db.refused("PF107"):
        decide(db, conflict, decision, lead)


def test_an_unknown_lead_is_refused(db, conflict):
    with db.refused("PF061"):
        decide(db, conflict, "merge", uuid.uuid4())


def test_consent_broker_and_state_of_the_lead_stay(db, conflict, owners):
    db.execute("update leads set assigned_broker_id = gen_random_uuid() where id = %s", (owners[0],))
    facts = "select consent, consented_at, assigned_broker_id, phone_verified, campaign_status from leads where id = %s"
    before = db.one(facts, owners[0])

    decide(db, conflict, "merge", owners[0])

    assert db.one(facts, owners[0]) == before


def test_who_claimed_it_decides_and_nobody_else(db, conflict, owners):
    claimed = db.one("select * from claim_dlq(1, p_source => 'upload')")

    with db.refused("PF103"):
        decide(db, conflict, "merge", owners[0])
    assert decide(db, conflict, "merge", owners[0], claimed.token).outcome == "redriven"


def test_a_merge_that_runs_meanwhile_is_waited_for(clone, connect):
    clone.ingest("mak,address,zip\n0000000001,,\n,12 Main St,90012\n")
    clone.ingest("mak,address,zip,fips,apn\n0000000001,12 Main St,90012,06037,77\n")
    row = clone.one("select id from pipeline_dlq")
    other = connect()

    with clone.transaction():
        clone.ingest("mak,fips,apn\n0000000005,06037,77\n")  # takes the only key that was nobody's
        waiting = other.in_background("select decide_row(%s, 'new')", row.id).wait_until_blocked(connect())

    try:
        waiting.result()
    except Exception as error:
        assert error.sqlstate == "PF108"
    else:
        raise AssertionError("two leads share a parcel")


def test_a_lead_that_no_key_of_the_row_speaks_for_is_merged_into_and_that_is_said(db, conflict):
    third = db.value("insert into leads (county_fips, apn) values ('06037', '77') returning id")

    result = decide(db, conflict, "merge", third)

    assert (result.outcome, result.lead_id) == ("redriven", third)
    assert result.message == "the row is merged; no key of the row is this lead's; left out: mak, addr_hash"


def test_a_decision_is_undone_by_reverting_its_upload(db, conflict, owners, letter):
    leads = "select mergeable_columns(l), lead_pii(id) from leads as l order by id"
    before = db.rows(leads)
    result = decide(db, conflict, "merge", owners[1])

    db.execute("select revert_upload(%s)", (result.upload_id,))

    assert db.rows(leads) == before
    assert letter(conflict.id).state == "waiting"


def test_without_a_key_that_is_left_the_error_says_whose_each_is(db, conflict, owners):
    with pytest.raises(psycopg.Error) as caught, db.transaction():
        decide(db, conflict, "new")

    assert f"its MAK is lead {owners[0]}'s, its address is lead {owners[1]}'s" in str(caught.value)
