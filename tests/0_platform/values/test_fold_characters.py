import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Peñasco", "PENASCO"),
        ("straße", "STRASSE"),
        ("Ærø", "AERO"),
        ("Łódź", "LODZ"),
        ("Ａ１", "A1"),
        ("O’Brien", "O'BRIEN"),
        ("12½", "12 1/2"),
        ("a–b", "A-B"),
        ("a\xa0b\u200b", "A B"),
        ("é", "E"),
        ("", ""),
        (None, None),
    ],
)
def test_letters_become_upper_case_ascii(db, given, expected):
    assert db.value("select fold_characters(%s)", given) == expected


def test_the_locale_of_the_session_does_not_matter(db):
    assert db.value("select fold_characters('ñıß' collate \"C\") = fold_characters('ñıß')")
