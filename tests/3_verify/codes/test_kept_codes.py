"""kept_codes: which codes a contact keeps, and whose they are."""

import pytest


@pytest.mark.parametrize(
    ("stored", "answer", "kept"),
    [
        ((None, None), ("melissa", ["PS07"], "info"), ("melissa", ["PS07"])),
        (("melissa", ["PS07"]), ("melissa", ["PS10"], "info"), ("melissa", ["PS07", "PS10"])),
        (("melissa", ["PS01"]), ("melissa", ["ZZ99"], None), ("melissa", ["PS01", "ZZ99"])),
        (("melissa", ["PS01", "PS07"]), ("melissa", ["PE01"], "reject"), ("melissa", ["PE01"])),
        (("melissa", ["PS01"]), ("generic", ["INVALID"], "reject"), ("generic", ["INVALID"])),
        (("melissa", ["PS01"]), ("generic", ["RISKY"], "info"), ("melissa", ["PS01"])),
        (("melissa", ["PE01"]), ("acme", ["OK"], None), ("melissa", ["PE01"])),
        (("melissa", ["PS07"]), ("acme", ["OK"], None), ("acme", ["OK"])),
    ],
)
def test_what_is_kept(db, stored, answer, kept):
    [lead] = db.leads(1, verified=False, phones=2)
    db.execute(
        "update lead_contacts set verification_provider = %s, verification_codes = %s where channel = 'phone'", stored
    )

    assert db.one("select * from kept_codes(%s, 'phone', 1, %s, %s, %s)", lead, *answer) == kept
