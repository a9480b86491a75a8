import pytest
from psycopg.types.json import Jsonb
from senders import SCHEMES


def scheme_of(db, source, headers):
    return db.one("select * from message_scheme(%s, %s)", source, Jsonb(headers)).scheme


def every_header(sender):
    """The headers of all schemes at once."""
    together = sender.headers(b"")
    for sign in SCHEMES.values():
        together |= sign(b"a secret of a vendor, as text", "msg_1", 1, b"")
    return together


def test_it_is_the_one_whose_headers_are_there_whatever_the_source_is(db, any_sender):
    headers = any_sender.headers(b"body")

    assert scheme_of(db, "vendor", headers) == scheme_of(db, "nobody", headers) == any_sender.scheme


def test_of_several_it_is_the_source_s_and_standard_for_one_that_nobody_knows(db, any_sender):
    headers = every_header(any_sender)

    assert scheme_of(db, "vendor", headers) == any_sender.scheme
    assert scheme_of(db, "nobody", headers) == "standard"


def test_every_header_of_a_scheme_is_needed(db, any_sender):
    headers = any_sender.headers(b"body")

    for name in set(headers) - {"x-pgfunnel-source", "x-pgfunnel-file-name"}:
        assert scheme_of(db, "vendor", {key: headers[key] for key in headers if key != name}) is None


@pytest.mark.parametrize("headers", [None, {}, {"x-pgfunnel-source": "vendor"}, {"webhook-id": "1"}])
def test_no_headers_of_any_scheme_are_none(db, sender, headers):
    assert scheme_of(db, "vendor", headers) is None


@pytest.mark.parametrize("message_id", ["msg.1", "", "two words", "x" * 256, "line\nend"])
@pytest.mark.parametrize("scheme", ["standard", "github"])
def test_a_message_id_that_could_be_read_in_two_ways_is_as_if_it_were_not_there(db, new_sender, scheme, message_id):
    sender = new_sender(db, scheme=scheme)

    assert scheme_of(db, "vendor", sender.headers(b"", message_id=message_id)) is None
    assert scheme_of(db, "vendor", sender.headers(b"", message_id="x" * 255)) == scheme
