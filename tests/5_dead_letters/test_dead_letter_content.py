def test_a_sealed_copy_that_was_moved_to_another_letter_does_not_open(db):
    for name in ("Ada", "Bob"):
        db.execute("select add_dead_letter('x', '{}', 'x', null, jsonb_build_object('name', %s::text))", (name,))
    db.execute("update pipeline_dlq set sealed = (select sealed from pipeline_dlq order by id limit 1)")

    opened = "select dead_letter_content(q) from pipeline_dlq as q order by id"
    assert db.value(f"{opened} limit 1") == {"name": "Ada"}
    with db.refused("PF011"):
        db.rows(f"{opened} offset 1")
