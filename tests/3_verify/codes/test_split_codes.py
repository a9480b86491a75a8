"""split_codes: result codes as they come, as a list."""

from hypothesis import given
from hypothesis import strategies as st

CODE = st.from_regex(r"[A-Z]{2}[0-9]{2}", fullmatch=True)


def split(db, *codes):
    return db.value("select split_codes(%s)", list(codes))


def test_one_string_with_commas_is_as_good_as_a_list(db):
    assert split(db, "AS01, PS01,ES01") == split(db, "AS01", "PS01", "ES01") == ["AS01", "PS01", "ES01"]


def test_a_code_is_kept_once_upper_case_in_order_of_first_appearance(db):
    assert split(db, "ps07", "PS01,PS07", None, " ") == ["PS07", "PS01"]


def test_what_cannot_be_a_code_is_left_out(db):
    assert split(db, "PS01", "ada@example.com", "2015550100", "+1 201-555-0100", "a code", "X" * 33) == ["PS01"]


def test_no_codes_give_an_empty_list(db):
    assert db.value("select split_codes(null)") == []
    assert split(db) == split(db, "", ",,") == []


@given(codes=st.lists(CODE), cut=st.integers(0, 20))
def test_it_does_not_matter_where_the_commas_are(db, codes, cut):
    expected = list(dict.fromkeys(codes))
    assert split(db, *codes) == split(db, ",".join(codes[:cut]), *codes[cut:]) == expected
