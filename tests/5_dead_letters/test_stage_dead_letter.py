from hypothesis import given
from hypothesis import strategies as st

STAGED = "line_number, mak, county_fips, apn, addr_hash, email, phone, contacts, raw"

values = st.one_of(st.just(""), st.text(st.characters(exclude_categories=["C"]), max_size=12))
ROWS = st.fixed_dictionaries(
    {
        "mak": st.sampled_from(["0000000001", "no mak"]),
        "address": st.just("12 Main St"),
        "zip": st.just("90012"),
        "apn": st.sampled_from(["", "123-456"]),
        "fips": st.sampled_from(["", "06037"]),
        "phone 1": st.sampled_from(["", "213-555-0100", "555"]),
        "phone 1 type": st.sampled_from(["", "mobile", "Landline", "?"]),
        "phone 1 dnc": st.sampled_from(["", "Y", "N"]),
        "phone": st.sampled_from(["", "(213) 555-0101"]),
        "dnc": st.sampled_from(["", "yes"]),
        "email 1": st.sampled_from(["", "Ada@Example.com", "ada"]),
        "first name": values,
        "anything": values,
    }
)


@given(ROWS)
def test_a_row_that_was_set_aside_is_staged_as_it_was(db, row):
    with db.undone():
        quoted = ['"' + value.replace('"', '""') + '"' for value in row.values()]
        upload = db.value("insert into uploads (source, received_at) values ('test', now()) returning id")
        db.execute("select stage_csv(%s, 'test', %s)", (upload, ",".join(row) + "\n" + ",".join(quoted)))
        db.execute("update leads_staging set outcome = 'quarantined', reason = 'x'")
        staged = db.one(f"select {STAGED} from leads_staging")
        db.execute("select set_aside_rows(%s, now())", (upload,))

        again = db.one(f"select {STAGED} from (select (stage_dead_letter(q)).* from pipeline_dlq as q) as s")

        assert again == staged


def test_a_row_without_anything_is_staged_as_rejected(db, letters):
    letters({"first name": " "}, {"mak": "0000000001"})

    assert db.value("select (stage_dead_letter(q)).outcome from pipeline_dlq as q") == "rejected"
