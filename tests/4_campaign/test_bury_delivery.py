import pytest


@pytest.mark.parametrize(("status", "hint"), [(503, "attempts"), (401, "key"), (422, "contact"), (None, "attempts")])
def test_the_hint_fits_the_answer(db, clock, status, hint):
    db.leads(1, status="queued", emails=0)
    db.feed()

    db.execute("select bury_delivery(d, %s) from deliveries as d", (status,))

    letter = db.one("select * from pipeline_dlq")
    assert hint in letter.hint
    assert letter.payload["channel"] == "phone"
