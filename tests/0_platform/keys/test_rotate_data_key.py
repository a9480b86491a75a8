def test_the_new_key_seals_and_the_old_still_opens(db):
    old = db.value("select seal('here', 'old')")

    version = db.value("select rotate_data_key()")

    assert db.value("select sealed_version(seal('here', 'new'))") == version
    assert db.value("select unseal('here', %s)", old) == b"old"


def test_blind_indexes_stay_what_they_were(db):
    before = db.value("select blind_index('phone', '+12015550100')")

    db.execute("select rotate_data_key()")

    assert db.value("select blind_index('phone', '+12015550100')") == before


def test_a_lead_is_found_and_suppressed_over_a_rotation(db):
    [lead] = db.leads(1)
    phone = db.contact(lead)
    db.execute("select rotate_data_key(), reseal_leads()")

    assert db.value("select opt_out('phone', %s, 'asked', 'test')", phone) == 1
    assert db.value("select is_suppressed('phone', %s)", phone)


def test_it_is_an_event(db):
    version = db.value("select rotate_data_key()")

    assert db.value("select detail from pipeline_events where stage = 'keys'") == {"rotated_to": version}
