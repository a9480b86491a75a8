import pytest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\n" * 1_000_000, "PF024"),
        ("\ufeff" + "\r\n" * 500_000, "PF024"),
        ("mak," * 250_000, "PF026"),
        ('"' * 1_000_000, "PF026"),
        ("mak\n" + "1\n" * 500_000, "PF026"),
        ("mak\r" + "1\r" * 500_000, "PF026"),
        ("mak\n" + '"' * 1_100_000, "PF026"),
        ("mak\n" + "," * 1_100_000, "PF026"),
    ],
    ids=[
        "blank",
        "blank lines",
        "columns",
        "quotes",
        "rows",
        "rows of CR",
        "quotes after a header",
        "delimiters after a header",
    ],
)
def test_what_would_take_long_is_refused_at_once(db, text, code):
    db.execute("update settings set value = '100000' where key = 'max_upload_rows'")

    with db.refused(code):
        db.execute("select check_csv_text(%s)", (text,))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 1000,
        "mak,notes\n" + '"1","2"\n' * 200_000,
        "mak,notes\n" + '1,"{""a"": ""b""}"\n' * 100_000,
        "mak\n" + '"1\n\n\n"\n' * 150_000,
    ],
    ids=["empty", "a few blank lines", "all quoted", "quotes in fields", "lines in fields"],
)
def test_what_a_file_may_be_passes(db, text):
    db.execute("select check_csv_text(%s)", (text,))
