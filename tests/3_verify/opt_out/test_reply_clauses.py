"""reply_clauses: a reply as clauses of plain words."""

import re

from hypothesis import given
from hypothesis import strategies as st


def clauses(db, body):
    return db.value("select reply_clauses(%s)", body)


def test_clauses_are_parted_by_punctuation(db):
    assert clauses(db, "No. Stop! I'm not interested, thanks\nAda") == [
        "no",
        "stop",
        "im not interested",
        "thanks",
        "ada",
    ]
    assert clauses(db, "No - stop") == ["no", "stop"]


def test_a_question_mark_stays_as_a_word(db):
    assert clauses(db, "Stop? Never.") == ["stop ?", "never"]


def test_case_accents_and_apostrophes_go(db):
    assert clauses(db, "DON’T Don't Llame MÁS") == ["dont llame mas"]


def test_repeated_words_and_letters_count_once(db):
    assert clauses(db, "stop stop STOP") == ["stop"]
    assert clauses(db, "STOOOOP calling") == ["stop calling"]
    assert clauses(db, "still too much") == ["still too much"]


def test_quoted_lines_and_the_message_below_are_cut_off(db):
    assert clauses(db, "yes\n> no\n>> never") == ["yes"]
    assert clauses(db, "yes\r\n\r\nOn Mon Bob <bob@example.com> wrote:\r\nno") == ["yes"]
    assert clauses(db, "yes\n-----Original Message-----\nno") == ["yes"]
    assert clauses(db, "yes\nSent from my iPhone") == ["yes"]


def test_an_answer_that_begins_like_a_quotation_is_kept(db):
    assert clauses(db, "From: my heart, stop") == ["from", "my heart", "stop"]


def test_nothing_gives_no_clause(db):
    assert clauses(db, "") == clauses(db, " \n.,! ") == []
    assert clauses(db, None) is None


@given(words=st.lists(st.from_regex(r"[a-z]{1,2}[0-9]?", fullmatch=True), max_size=10))
def test_plain_words_stay_in_order(db, words):
    expected = [word for i, word in enumerate(words) if i == 0 or word != words[i - 1]]
    assert " ".join(clauses(db, " ".join(words))) == " ".join(expected)


@given(body=st.text("aB1 .,!?\n\r>-'’éß", max_size=80))
def test_only_words_and_question_marks_remain(db, body):
    for clause in clauses(db, body):
        assert re.fullmatch(r"[a-z0-9?]+( [a-z0-9?]+)*", clause)
