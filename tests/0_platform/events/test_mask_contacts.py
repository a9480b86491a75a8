import pytest


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("no such number: +12135550123", "no such number: …"),
        ("call to (213) 555-0123 failed", "call to … failed"),
        ("213.555.0123 is busy", "… is busy"),
        ("<ada@example.com> bounced", "<…> bounced"),
        ("HTTP 422: 3 fields are wrong", "HTTP 422: 3 fields are wrong"),
        (None, None),
    ],
)
def test_what_looks_like_a_contact_is_taken_out(db, text, masked):
    assert db.value("select mask_contacts(%s)", text) == masked


def test_a_text_is_cut(db):
    assert len(db.value("select mask_contacts(repeat('x', 9000))")) == 500
