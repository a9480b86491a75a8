"""own_lines: what the writer of a reply wrote himself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


def own(db, body):
    return db.value("select own_lines(%s)", body)


def test_lines_are_trimmed_and_empty_ones_go(db):
    assert own(db, "  yes \r\n\r\n\t call me\n") == ["yes", "call me"]


def test_quoted_lines_go(db):
    assert own(db, "yes\n> no\n >> never\ncall me") == ["yes", "call me"]


@pytest.mark.parametrize(
    "end",
    [
        "On Mon, Mar 9, 2026 at 9:00 AM Bob <bob@example.com> wrote:",
        "On Mon, Mar 9, 2026 at 9:00 AM Bob\n<bob@example.com> wrote:",
        "-----Original Message-----",
        "From: Bob <bob@example.com>",
        "________________________________",
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "-- ",
    ],
)
def test_the_answer_ends_where_the_message_below_begins(db, end):
    assert own(db, f"yes\n\n{end}\nstop") == ["yes"]


def test_below_a_message_that_comes_first_the_answer_is_kept(db):
    reply = "On Mon, Mar 9, 2026 Bob <bob@example.com> wrote:\n> sell?\n\nyes"

    assert own(db, reply)[-1] == "yes"


def test_lines_that_only_begin_alike_are_kept(db):
    lines = ["yes", "On Monday", "from Bob", "--- really ---", "sent you a mail"]
    assert own(db, "\n".join(lines)) == lines


def test_only_the_beginning_of_a_very_long_reply_is_read(db):
    assert own(db, "x" * 10_000 + "\nstop") == ["x" * 10_000]


@given(lines=st.lists(st.text("ab c,.", max_size=8), max_size=8))
def test_plain_lines_stay_in_order(db, lines):
    assert own(db, "\n".join(lines)) == [line.strip() for line in lines if line.strip()]
