"""lock_lead: one transaction at a time works on a lead."""

from uuid import uuid4


def test_the_lead_is_locked_until_the_transaction_ends(clone, connect):
    [lead] = clone.leads(1)
    with clone.transaction():
        clone.execute("select lock_lead(%s)", (lead,))
        other = connect().in_background("select lock_lead(%s)", lead).wait_until_blocked(clone)

    other.result()


def test_an_unknown_lead_is_refused(db):
    for lead in (uuid4(), None):
        with db.refused("PF061"):
            db.execute("select lock_lead(%s::uuid)", (lead,))
