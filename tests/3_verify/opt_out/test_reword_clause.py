"""reword_clause: synonyms and innocent phrases."""

from hypothesis import given
from hypothesis import strategies as st


def reword(db, clause, counts="same"):
    return db.value("select reword_clause(%s, %s)", clause, counts)


def test_courtesies_vanish_and_synonyms_become_one(db):
    assert reword(db, "please stop the texts") == "stop calls"
    assert reword(db, "do not ever text me thanks") == "dont call me"


def test_whole_words_count(db):
    assert reword(db, "pleased to stopover") == "pleased to stopover"


def test_the_longest_phrase_goes_first(db):
    assert reword(db, "lose my number") == "remove my number"


def test_an_innocent_phrase_parts_the_words_around_it(db):
    assert reword(db, "i dont stop calling", "innocent") == "i | calling"


def test_every_phrase_can_be_met(db):
    """A phrase that a synonym would change is never found."""
    unreachable = db.rows(
        "select counts, phrase from opt_out_phrases where counts <> 'same' and reword_clause(phrase, 'same') <> phrase"
    )
    assert unreachable == []


def test_every_phrase_that_counts_is_an_opt_out(db):
    missed = db.rows(
        """
        select counts, phrase from opt_out_phrases
         where counts in ('message', 'clause', 'anywhere') and not is_opt_out(phrase)
        """
    )
    assert missed == []


def test_no_innocent_phrase_is_an_opt_out_by_itself(db):
    assert db.rows("select phrase from opt_out_phrases where counts = 'innocent' and is_opt_out(phrase)") == []


@given(clause=st.text("abc ?", min_size=1, max_size=30).map(lambda text: " ".join(text.split())))
def test_a_clause_without_phrases_stays_as_it_is(db, clause):
    assert reword(db, clause) == clause
