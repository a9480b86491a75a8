import pytest


@pytest.mark.parametrize(("status", "hint"), [(503, "attempts"), (401, "key"), (422, "contact"), (None, "attempts")])
def test_the_hint_fits_the_answer(db, status, hint):
    refusal = db.one("select * from refusal_of(%s)", status)

    assert hint in refusal.hint
    assert refusal.reason == (f"the vendor answered {status}" if status else "the vendor did not answer")
