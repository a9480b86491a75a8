"""check_channel: only phone and email are channels."""

import pytest


@pytest.mark.parametrize("channel", ["phone", "email"])
def test_a_channel_is_accepted(db, channel):
    db.execute("select check_channel(%s)", (channel,))


@pytest.mark.parametrize("channel", ["sms", "Phone", "", None])
def test_anything_else_is_refused(db, channel):
    with db.refused("PF060"):
        db.execute("select check_channel(%s)", (channel,))
