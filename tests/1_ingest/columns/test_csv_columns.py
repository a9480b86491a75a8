def columns(db, *header, rows=1):
    return db.one("select * from csv_columns('vendor', %s, %s)", list(header) or None, rows)


def test_it_says_what_each_column_is_and_which_are_unknown(db):
    found = columns(db, "MAK", "colour", "First Name", "size")

    assert found.fields == ["mak", "other.colour", "first_name", "other.size"]
    assert found.unknown == ["colour", "size"]


def test_contacts_come_in_the_order_of_their_rank(db):
    db.execute("select csv_columns('vendor', array['Email 2', 'Phone 2', 'Phone', 'Mobile', 'Email'], 1)")

    found = db.rows(
        """
        select c.field
          from csv_columns('vendor', array['Email 2', 'Phone 2', 'Phone', 'Mobile', 'Email'], 1) as h
         cross join unnest(h.contact_columns) as c
        """
    )
    assert [row.field for row in found] == ["email_1", "email_2", "mobile_phone", "phone_1", "phone_2"]


def test_a_file_without_a_known_column_is_refused(db):
    with db.refused("PF025"):
        columns(db, "Ada", "90012", "red")


def test_a_file_without_a_record_is_refused(db):
    with db.refused("PF024"):
        columns(db)


def test_more_rows_or_columns_than_the_settings_allow_are_refused(db):
    db.execute("update settings set value = '10' where key = 'max_upload_rows'")
    db.execute("update settings set value = '3' where key = 'max_upload_columns'")

    columns(db, "MAK", "a", "b", rows=10)
    for header, rows in ((["MAK", "a", "b"], 11), (["MAK", "a", "b", "c"], 10), (["MAK"], 10**12)):
        with db.refused("PF026"):
            columns(db, *header, rows=rows)


def test_a_header_of_too_many_columns_is_refused_before_its_names_are_looked_up(db):
    db.execute("drop function map_header(text, text[])")

    with db.refused("PF026"):
        columns(db, *["MAK"] * 301)
