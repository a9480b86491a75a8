import pytest
from psycopg.types.json import Jsonb


def contact(value, channel="phone", line_type=None, do_not_call=False):
    return {
        "field": f"{channel}_1", "channel": channel, "value": value, "line_type": line_type, "do_not_call": do_not_call,
    }  # fmt: skip


def joined(db, *lists):
    return db.value("select joined_contacts(%s)", Jsonb(lists))


def test_a_value_comes_once_where_it_came_first_with_all_that_is_said_of_it(db):
    found = joined(
        db,
        [contact("+12135550100", line_type="landline"), contact("a@example.com", "email")],
        [contact("+12135550101")],
        [contact("+12135550100", line_type="mobile", do_not_call=True), contact("a@example.com", "email")],
    )

    assert [(c["value"], c["line_type"], c["do_not_call"]) for c in found] == [
        ("+12135550100", "mobile", True),
        ("a@example.com", None, False),
        ("+12135550101", None, False),
    ]


def test_a_newer_list_that_says_less_takes_nothing_away(db):
    said = contact("+12135550100", line_type="mobile", do_not_call=True)

    assert joined(db, [said], [contact("+12135550100")]) == [said]


@pytest.mark.parametrize("lists", [[], [[]], [[], []]])
def test_no_contacts_are_an_empty_list(db, lists):
    assert joined(db, *lists) == []


def test_no_list_is_an_empty_list(db):
    assert db.value("select joined_contacts(null)") == []
