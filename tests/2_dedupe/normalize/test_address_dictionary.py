import psycopg
import pytest


def test_a_role_is_an_object_of_its_words(db):
    assert db.value("select address_dictionary('unit filler')") == {"NO": "#", "NUM": "#", "NUMBER": "#"}


def test_an_unknown_role_is_empty(db):
    assert db.value("select address_dictionary('nonsense')") == {}


def test_every_row_is_in_the_form_that_look_ups_expect(db):
    assert not db.rows("select * from address_words where word <> upper(btrim(word)) or word like '%  %' or means = ''")


def test_what_a_suffix_means_is_a_suffix_that_means_itself(db):
    assert not db.rows(
        """
        select aw.word
          from address_words as aw
         where aw.role in ('suffix', 'direction', 'unit')
           and address_dictionary(aw.role) ->> aw.means is distinct from aw.means
        """
    )


def test_the_writer_can_read_neither_the_table_nor_the_dictionary(db):
    for query in ("select * from address_words", "select address_dictionary('unit')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), db.undone(), db.acting_as("pipeline_writer"):
            db.execute(query)
