import pytest


@pytest.fixture
def everything(db):
    """A row in each place that seals."""
    [lead] = db.leads(1)
    db.execute("select set_signing_secret('vendor', 'whsec_' || encode(gen_random_bytes(32), 'base64'))")
    db.execute("select append_consent(%s, 'granted', 'web_form', '{\"ip\": \"192.0.2.1\"}', now())", (lead,))
    db.execute("select send_to_dlq('n8n', '{}', 'broken', 'mend it', '{\"email\": \"ada@example.com\"}')")
    db.ingest("mak,first_name\n1234567890,Ada\n")
    db.ingest("mak,first_name\n1234567890,Bea\n")
    return db


def old_values(db):
    return db.value("select sealed_by(1)")


def test_everything_sealed_moves(db, everything):
    assert old_values(db).count(":") == db.value("select count(*) from sealed_columns")
    db.execute("select rotate_data_key()")

    assert db.value("select reseal_leads()") > 5

    assert old_values(db) is None
    assert db.value("select reseal_leads()") == 0


def test_batches_are_no_larger_than_asked_for(db, everything):
    db.leads(10)
    db.execute("select rotate_data_key()")

    moved = []
    while not moved or moved[-1]:
        moved.append(db.value("select reseal_leads(4)"))

    assert max(moved) == 4
    assert old_values(db) is None


def test_the_consents_chain_stays_whole(db, everything):
    db.execute("select rotate_data_key(), reseal_leads()")

    assert db.rows("select * from broken_consents()") == []


def test_an_upload_is_taken_back_over_a_rotation(db, everything):
    upload = db.value("select id from uploads order by merge_number desc limit 1")
    db.execute("select rotate_data_key()")
    db.execute("select reseal_leads()")

    assert db.one("select * from revert_upload(%s)", upload).status == 200
    assert db.value("select lead_pii(id) ->> 'first_name' from leads where mak = '1234567890'") == "Ada"


def test_a_service_moves_what_it_can_t_read(db, everything):
    db.execute("select rotate_data_key()")

    with db.acting_as("pipeline_writer"):
        assert db.value("select reseal_leads()") > 5
        with db.refused("42501"):
            db.execute("select pii from leads")


@pytest.mark.parametrize("limit", [-1, None])
def test_a_limit_that_is_none_is_told(db, limit):
    with db.refused("PF086"):
        db.execute("select reseal_leads(%s)", (limit,))
