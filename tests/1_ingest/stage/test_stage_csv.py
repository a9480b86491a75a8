"""A text in staging: every record a row, or none at all."""

import pytest


@pytest.fixture
def stage(db):
    """``stage(text)``: an upload whose rows are in staging but not merged."""

    def put(text):
        upload = db.value("insert into uploads (source, received_at) values ('vendor', now()) returning id")
        db.execute("select stage_csv(%s, 'vendor', %s)", (upload, text))
        return upload

    return put


def staged(db):
    return [tuple(row) for row in db.rows("select line_number, mak, outcome from leads_staging order by line_number")]


def test_each_record_after_the_header_is_a_row_on_its_line(db, stage):
    stage('mak,notes\n0000000001,"two\nlines"\n\n0000000002,\n0000000003\n')

    assert staged(db) == [(2, "0000000001", None), (5, "0000000002", None), (6, None, "rejected")]


def test_unknown_columns_are_named_and_kept(db, stage):
    upload = stage("mak,colour,colour\n0000000001,red,blue\n")

    assert db.value("select unknown_columns from uploads where id = %s", upload) == ["colour", "colour"]
    assert db.value("select raw from leads_staging") == {
        "mak": "0000000001",
        "other.colour": "red",
        "other.colour 2": "blue",
    }


def test_no_value_is_lost_to_another_of_its_header(db, stage):
    stage("mak,X,X,X 2\n0000000001,a,b,c\n")

    assert sorted(db.value("select raw - 'mak' from leads_staging").values()) == ["a", "b", "c"]


def test_a_header_alone_has_no_rows(db, stage):
    stage("mak,colour")

    assert staged(db) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PF024"),
        ("\r\n\r\n", "PF024"),
        ("colour\nred\n", "PF025"),
        ("mak,a,b,c\n0000000001,,,\n", "PF026"),
        ("mak\n" + "0000000001\n" * 4, "PF026"),
        ('mak\n"0000000001\n', "PF021"),
    ],
)
def test_a_file_that_can_not_be_taken_is_refused_before_a_row_is_looked_at(db, stage, text, code):
    db.execute("update settings set value = '3' where key in ('max_upload_rows', 'max_upload_columns')")
    db.execute(
        """
        create or replace function stage_row(
          p_line_number int, p_raw jsonb, p_fault text, p_contact_columns contact_fields[]
        ) returns leads_staging
        language plpgsql as $$ begin raise exception 'a row is looked at'; end $$
        """
    )

    with db.refused(code):
        stage(text)


def test_as_many_rows_and_columns_as_the_settings_allow_are_taken(db, stage):
    db.execute("update settings set value = '3' where key in ('max_upload_rows', 'max_upload_columns')")

    stage("mak,a,b\n" + "0000000001,,\n" * 3)

    assert len(staged(db)) == 3


def test_values_are_trimmed_and_empty_ones_left_out(db, stage):
    stage('mak,first name,last name,notes\n 1234567890 ,"\u00a0Ada\r\n",  ,\n')

    assert [row[0] for row in db.rows("select raw from leads_staging")] == [{"mak": "1234567890", "first_name": "Ada"}]


def test_a_record_that_does_not_fit_the_header_is_rejected_and_kept(db, stage):
    stage("mak,first name\n1234567890\n1234567890,Ada,more\n")

    assert db.rows("select line_number, outcome, raw from leads_staging order by line_number") == [
        (2, "rejected", {"other.values": ["1234567890"]}),
        (3, "rejected", {"other.values": ["1234567890", "Ada", "more"]}),
    ]
