"""erase_evidence: a person is forgotten, and the proof stays."""

import pytest


@pytest.fixture
def consents(db):
    """Two leads, each with a consent given and withdrawn."""
    leads = db.leads(2)
    for action in ("granted", "withdrawn"):
        for lead in leads:
            db.execute(
                'select append_consent(%s, %s, \'web_form\', \'{"text": "Call me", "ip": "192.0.2.1"}\', %s)',
                (lead, action, db.clock.now),
            )
    return leads


def erase(db, lead):
    return db.value("select erase_evidence(%s, %s)", lead, db.clock.now)


def test_the_evidence_is_gone_and_the_chain_is_whole(db, consents):
    lead, other = consents

    assert erase(db, lead) == 2

    rows = db.rows("select action, text_shown, evidence is null from consents where lead_id = %s order by id", lead)
    assert rows == [("granted", "Call me", True), ("withdrawn", "Call me", True), ("erased", None, False)]
    assert db.value("select count(*) from consents where lead_id = %s and evidence is null", other) == 0
    assert db.rows("select * from broken_consents()") == []


def test_twice_is_once(db, consents):
    erase(db, consents[0])

    assert erase(db, consents[0]) == 0
    assert db.value("select count(*) from consents where action = 'erased'") == 1


def test_a_lead_without_consents_leaves_no_row(db):
    [lead] = db.leads(1)

    assert erase(db, lead) == 0
    assert db.value("select count(*) from consents") == 0


def test_evidence_taken_out_by_hand_is_found(db, consents):
    db.execute("update consents set evidence = null where id = 1")

    assert db.rows("select * from broken_consents()") == [(1, "changed")]


def test_what_is_appended_after_an_erasure_is_not_covered_by_it(db, consents):
    lead = consents[0]
    erase(db, lead)
    db.execute("select append_consent(%s, 'granted', 'web_form', '{}', now())", (lead,))

    db.execute("update consents set evidence = null where id = 6")

    assert db.rows("select * from broken_consents()") == [(6, "changed")]
