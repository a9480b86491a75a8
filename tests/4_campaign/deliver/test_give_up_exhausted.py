def test_a_delivery_whose_last_lease_ran_out_is_a_dead_letter(db, clock):
    db.leads(1, status="queued", emails=0)
    db.execute("update campaigns set max_attempts = 2")
    db.feed()
    clock.set("2026-03-09 10:00")
    for _ in range(2):
        assert len(db.claim()) == 1
        clock.move(minutes=6)

    assert db.claim() == []

    assert db.value("select state from deliveries") == "dead"
    assert db.one("select source, payload ->> 'attempts' from pipeline_dlq") == ("delivery", "2")
    assert db.value("select detail ->> 'outcome' from pipeline_events where stage = 'api'") == "dead"


def test_one_that_is_still_leased_is_left_alone(db, clock):
    db.leads(1, status="queued", emails=0)
    db.execute("update campaigns set max_attempts = 1")
    db.feed()
    clock.set("2026-03-09 10:00")
    db.claim()

    db.execute("select give_up_exhausted('phone', %s)", (clock.now,))

    assert db.value("select state from deliveries") == "claimed"
