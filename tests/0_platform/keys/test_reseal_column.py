def versions(db):
    return sorted(row[0] for row in db.rows("select sealed_version(pii) from leads"))


def test_so_many_move_and_still_open(db):
    db.leads(5)
    before = db.rows("select id, lead_pii(id) from leads order by id")
    new = db.value("select rotate_data_key()")

    assert db.value("select reseal_column('leads', 'pii', 3)") == 3

    assert versions(db) == [1, 1, new, new, new]
    assert db.rows("select id, lead_pii(id) from leads order by id") == before


def test_what_has_the_newest_key_stays_as_it_is(db):
    db.leads(2)
    before = db.rows("select pii, ctid from leads")

    assert db.value("select reseal_column('leads', 'pii', 100)") == 0
    assert db.rows("select pii, ctid from leads") == before


def test_nothing_else_of_a_row_changes(db):
    db.leads(1)
    before = db.one("select to_jsonb(l) - 'pii' from leads as l")
    db.execute("select rotate_data_key()")

    assert db.value("select reseal_column('leads', 'pii', 100)") == 1
    assert db.one("select to_jsonb(l) - 'pii' from leads as l") == before


def test_a_value_that_does_not_open_is_left_and_stops_nobody(db):
    leads = db.leads(3)
    db.execute("update leads set pii = set_byte(pii, 30, get_byte(pii, 30) # 1) where id = %s", (leads[0],))
    new = db.value("select rotate_data_key()")

    assert db.value("select reseal_column('leads', 'pii', 100)") == 2
    assert versions(db) == [1, new, new]


def test_a_row_that_somebody_holds_is_left_without_waiting(clone, connect):
    leads = clone.leads(3)
    clone.execute("select rotate_data_key()")
    holder = connect()

    with holder.transaction():
        holder.execute("select from leads where id = %s for update", (leads[0],))
        assert clone.value("select reseal_column('leads', 'pii', 100)") == 2

    assert clone.value("select reseal_column('leads', 'pii', 100)") == 1


def test_a_batch_reads_the_table_no_further_than_its_rows(clone):
    clone.leads(3000)
    clone.execute("select rotate_data_key()")
    clone.execute("analyze leads")
    reads = "select seq_tup_read from pg_stat_xact_user_tables where relname = 'leads'"

    with clone.transaction():
        clone.execute("select reseal_column('leads', 'pii', 100)")
        assert clone.value(reads) <= 200
