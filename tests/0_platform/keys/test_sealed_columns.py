"""sealed_columns: no sealed value is forgotten when keys rotate."""

ELSEWHERE = {("data_keys", "wrapped")}  # wrapped by the key-encryption key


def test_every_column_whose_comment_says_sealed_is_listed(db):
    found = db.rows(
        """
        select c.relname, a.attname
          from pg_class as c
          join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relnamespace = quote_ident(current_schema())::regnamespace
           and c.relkind = 'r'
           and a.atttypid = 'bytea'::regtype
           and col_description(c.oid, a.attnum) ~* 'sealed(?! bytes)'
        """
    )

    listed = db.rows("select table_name, column_name from sealed_columns")
    assert {tuple(row) for row in found} - ELSEWHERE == {tuple(row) for row in listed}


def test_its_context_opens_what_the_functions_sealed(db):
    [lead] = db.leads(1)
    db.execute("select set_signing_secret('vendor', 'whsec_' || encode(gen_random_bytes(32), 'base64'))")
    db.execute("select append_consent(%s, 'granted', 'web_form', '{\"ip\": \"192.0.2.1\"}', now())", (lead,))
    db.execute("select send_to_dlq('n8n', '{}', 'broken', 'mend it', '{\"email\": \"ada@example.com\"}')")
    header = "mak,apn,county,state,first_name,email\n"
    db.ingest(header + "1234567890,,,,Ada,ada@example.com\n")
    db.ingest(header + "1234567890,,,,Bea,bea@example.com\n")

    for place in db.rows("select * from sealed_columns"):
        [*opened] = db.rows(
            f"select unseal(%s || {place.id_column}, {place.column_name}) from {place.table_name}"
            f" where {place.column_name} is not null",
            place.context,
        )
        assert opened, place
