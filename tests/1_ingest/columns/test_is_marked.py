import pytest

YES = """
Y y Yes YES t True TRUE 1 1.0 x X on DNC dnc
Federal DNC;State DNC;federal_dnc;DNC Litigator;On DNC list;DNC: Yes;Do Not Call;DO NOT CALL;DoNotCall;do-not-call
Do Not Contact;Opted Out;opt-out;OptOut
"""
NO = """
N n No NO f False FALSE 0 off Callable callable clean unknown
Not DNC;No DNC;Non-DNC;Not on DNC list;not opted out;OK to call;Never DNC
"""


def words(text):
    singles, *lists = text.strip().split("\n")
    return singles.split() + [value for line in lists for value in line.split(";")]


@pytest.mark.parametrize("value", [*words(YES), " yes ", "\u00a0Yes\t"])
def test_a_yes_and_the_name_of_a_list_are_marks(db, value):
    assert db.value("select is_marked(%s)", value) is True


@pytest.mark.parametrize("value", [*words(NO), "", " ", None])
def test_a_no_and_nothing_are_none(db, value):
    assert db.value("select is_marked(%s)", value) is False
