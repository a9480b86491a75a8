def opened(db, letter):
    return db.one(
        "select o.* from pipeline_dlq as q cross join lateral open_dead_letter(q) as o where q.id = %s", letter
    )


def bury(db, personal='{"name": "Ada"}'):
    return db.value("select add_dead_letter('enrich', '{}', 'failed', null, %s)", personal)


def test_what_was_sealed_is_had(db):
    assert opened(db, bury(db)) == ({"name": "Ada"}, None)


def test_where_nothing_is_sealed_there_is_nothing(db):
    assert opened(db, bury(db, None)) == (None, None)


def test_what_was_changed_and_what_has_no_key_is_told_without_a_word_of_it(db):
    changed, keyless = bury(db), bury(db)
    db.execute("update pipeline_dlq set sealed = set_byte(sealed, 30, 1 - sign(get_byte(sealed, 30))::int)")
    db.execute("update pipeline_dlq set sealed = int4send(77) || substr(sealed, 5) where id = %s", (keyless,))

    assert opened(db, changed) == (None, "what is personal of it does not open; it needs data key 1 (PF011)")
    assert opened(db, keyless) == (None, "what is personal of it does not open; it needs data key 77 (PF014)")
