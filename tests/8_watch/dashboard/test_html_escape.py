import html
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]))


def test_what_could_be_markup_is_shown_as_it_is(db):
    shown = db.value("select html_escape('<a href=\"x\">R&D''s</a>')")

    assert shown == "&lt;a href=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/a&gt;"


@given(value=PLAIN)
def test_a_browser_shows_the_text_itself(db, value):
    assert html.unescape(db.value("select html_escape(%s::text)", value)) == value


@given(value=text)
def test_any_text_is_well_formed_as_content_and_in_a_quoted_attribute(db, value):
    escaped = db.value("select html_escape(%s::text)", value)

    element = ElementTree.fromstring(f'<p title="{escaped}">{escaped}</p>')
    assert len(element) == 0
    assert not set(element.text or "") & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")


def test_null_stays_null(db):
    assert db.value("select html_escape(null)") is None
