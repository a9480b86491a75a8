"""Everything that can be set on a lead, or refer to one, counts: the catalog is asked, not a list."""

import pytest


@pytest.fixture
def receipt(merge):
    return merge({"mak": "0000000001", "phone 1": "2135550100", "lead score": "70", "results": "AS01"})


def reasons(db, receipt):
    return {row.reason for row in db.rows("select reason from touched_leads(%s)", receipt.upload_id)}


def test_a_new_lead_is_touched_by_nothing(db, receipt):
    assert reasons(db, receipt) == set()


def test_every_column_that_no_merge_writes_counts(db, receipt):
    exempt = {"id", "pii", "source", "created_at", "updated_at", "campaign_status_at", "campaign_status"}
    values = {"bool": "true", "int4": "1", "int8": "1", "text": "'x'", "_text": "'{x}'", "timestamptz": "now()",
              "uuid": "gen_random_uuid()"}  # fmt: skip
    columns = db.rows(
        "select attname, typname from pg_attribute as a join pg_type as t on t.oid = a.atttypid"
        " where attrelid = 'leads'::regclass and attnum > 0"
        " and attname <> all(array(select jsonb_object_keys(mergeable_columns(null))))"
    )
    db.execute("alter table leads drop constraint consent_requires_timestamp, disable trigger user")

    for name, kind in columns:
        if name not in exempt:
            with db.undone():
                db.execute(f"update leads set {name} = {values[kind]}")
                assert reasons(db, receipt) == {name}


def test_a_column_of_the_team_s_own_counts_if_its_default_is_no_expression(db, receipt):
    db.execute("alter table leads add note json, add grade text default 'c', add seen timestamptz default now()")
    assert reasons(db, receipt) == set()

    db.execute("update leads set note = '{}', grade = 'a'")

    assert reasons(db, receipt) == {"note", "grade"}


def test_every_table_that_refers_to_a_lead_counts(db, receipt):
    db.execute("create table calls (lead_id uuid)")
    db.execute("create table visits (visitor uuid references leads (id))")
    db.execute("insert into calls select id from leads")
    db.execute("insert into visits select id from leads")

    assert reasons(db, receipt) == {"calls", "visits"}


def test_only_the_leads_that_the_upload_made_are_judged(db, merge, receipt):
    met = merge({"mak": "0000000001"}, {"mak": "0000000002"})
    db.execute("update leads set status = 'called' where mak = '0000000001'")

    assert reasons(db, met) == set()
    assert reasons(db, receipt) == {"status", f"upload {met.upload_id}"}
