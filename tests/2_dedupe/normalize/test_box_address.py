import pytest


@pytest.mark.parametrize(
    ("line", "standard"),
    [
        ("PO BOX 12", "PO BOX 12"),
        ("P O BOX 0012", "PO BOX 12"),
        ("POST OFFICE BOX # 12", "PO BOX 12"),
        ("BOX 12", "PO BOX 12"),
        ("RR 2 BOX 15", "RR 2 BOX 15"),
        ("R R 2 BOX 15", "RR 2 BOX 15"),
        ("RR2 BOX 15", "RR 2 BOX 15"),
        ("RURAL ROUTE 2 BOX 15", "RR 2 BOX 15"),
        ("HIGHWAY CONTRACT 2 BOX 15", "HC 2 BOX 15"),
        ("PO BOX", None),
        ("PO BOX 0", None),
        ("RR 2", None),
        ("RR 2 BOX", None),
        ("MAIN ST", None),
        ("", None),
    ],
)
def test_a_box_has_one_spelling(db, line, standard):
    assert db.value("select (box_address(%s::text[])).standard", line.split()) == standard


@pytest.mark.parametrize("line", ["PO BOX 12", "PO BOX # 12", "POB12", "R R # 2 BOX 15", "RR2 BOX 15"])
def test_what_follows_is_found(db, line):
    words = f"{line} APT 4".split()

    following = db.value("select (box_address(%s)).next_word", words)

    assert words[following - 1 :] == ["APT", "4"]
