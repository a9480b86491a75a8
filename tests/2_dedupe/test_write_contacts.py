from hypothesis import given
from hypothesis import strategies as st

PHONES = st.lists(st.integers(100, 130).map(lambda n: f"2135550{n}"), max_size=5)


def contacts(db):
    return db.rows("select * from lead_contacts where channel = 'phone' order by position")


@given(st.lists(PHONES, min_size=1, max_size=4))
def test_positions_are_those_of_the_sealed_document_however_files_arrive(db, files):
    with db.undone():
        for phones in files:
            rows = "\n".join(f"0000000001,{phone}" for phone in phones) or "0000000001,"
            db.ingest(f"mak,phone\n{rows}\n")

        document = db.value("select lead_pii(id) -> 'phones' from leads")
        hashes = [db.value("select blind_index('phone', %s)", phone) for phone in document]
        assert [c.position for c in contacts(db)] == list(range(1, len(document) + 1))
        assert [c.value_hash for c in contacts(db)] == hashes
        assert document == list(dict.fromkeys(f"+1{phone}" for phones in files for phone in phones))


def test_a_mark_is_added_and_never_taken_off(db, merge):
    lead = {"mak": "0000000001", "phone 1": "2135550100"}
    merge({**lead, "phone 1 dnc": "Y", "phone 1 type": "Mobile"})

    merge({**lead, "phone 1 dnc": "", "phone 1 type": "Landline"})

    (contact,) = contacts(db)
    assert (contact.do_not_call, contact.line_type, contact.verified) == (True, "mobile", False)
