from hypothesis import given
from hypothesis import strategies as st


@given(st.text(st.sampled_from("\r\na\xe9"), max_size=12).map(lambda text: text.encode("latin-1")))
def test_what_is_before_it_ends_with_a_whole_line(db, content):
    ends = [
        end
        for end in range(1, len(content) + 1)
        if content[end - 1 : end] == b"\n"
        # a CR at the end may be half of a CRLF
        or (content[end - 1 : end] == b"\r" and content[end : end + 1] not in (b"", b"\n"))
    ]

    assert db.value("select last_line_end(%s)", content) == max(ends, default=0)
