import pytest
from psycopg.types.json import Jsonb


def time_of(db, scheme, value):
    header = db.value("select coalesce(timestamp_header, 'none') from webhook_schemes where scheme = %s", scheme)
    return db.value(
        "select message_time(s, %s) from webhook_schemes as s where scheme = %s", Jsonb({header: value}), scheme
    )


def test_it_is_the_time_that_was_signed_if_one_was(db, any_sender, clock):
    headers = Jsonb(any_sender.headers(b"body"))
    time = db.value(
        "select message_time(s, %s) from webhook_schemes as s where scheme = %s", headers, any_sender.scheme
    )

    signs_no_time = any_sender.scheme in ("github", "cal_com", "vapi", "vapi_secret", "shared_secret")
    assert time == (None if signs_no_time else str(int(clock.now.timestamp())))


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("t=1,v1=a", "1"), ("v1=a,t=1", "1"), ("v1=a, t=1", "1"), ("t=1,t=2", "1"), ("t=,t=2", ""), ("v1=a", "v1=a"),
        ("xt=1", "xt=1"), ("1", "1"), (None, None),
    ],
)  # fmt: skip
def test_it_is_the_first_element_t_or_else_the_whole_header(db, value, time):
    assert time_of(db, "stripe", value) == time
