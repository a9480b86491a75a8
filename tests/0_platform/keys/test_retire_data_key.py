import pytest


def test_an_old_key_goes_when_nothing_needs_it(clone):
    clone.leads(2)
    new = clone.value("select rotate_data_key()")
    clone.execute("select reseal_leads()")

    clone.execute("select retire_data_key(1)")

    assert 1 not in [row[0] for row in clone.rows("select version from data_keys")]
    assert clone.value("select count(lead_pii(id)) from leads") == 2
    assert clone.value("select count(*) from pipeline_events where detail = '{\"retired\": 1}'") == 1
    assert clone.value("select rotate_data_key()") == new + 1


def test_a_key_that_is_needed_stays_and_says_by_what(clone):
    clone.leads(2)
    clone.execute("select rotate_data_key()")

    with pytest.raises(Exception, match=r"data key 1 is still needed by leads\.pii: 2") as caught:
        clone.execute("select retire_data_key(1)")
    assert caught.value.sqlstate == "PF018"
    assert clone.value("select count(lead_pii(id)) from leads") == 2


@pytest.mark.parametrize("version", ["newest_data_key('seal')", "newest_data_key('index')", "99", "null"])
def test_the_newest_and_the_index_s_key_stay(clone, version):
    with clone.refused("PF017"):
        clone.execute(f"select retire_data_key({version})")


def test_a_rotation_that_may_still_be_undone_does_not_count(clone):
    with clone.transaction():
        clone.execute("select rotate_data_key()")
        with clone.refused("PF017"):
            clone.execute("select retire_data_key(1)")


def test_a_retirement_that_is_undone_does_no_harm(clone):
    [lead] = clone.leads(1)
    clone.execute("select rotate_data_key()")
    clone.execute("select reseal_leads()")
    with clone.undone():
        clone.execute("select retire_data_key(1)")

    assert clone.value("select lead_pii(%s) ->> 'first_name'", lead) == "Ada"
    assert clone.value("select unseal('here', seal('here', 'text'))") == b"text"
    clone.execute("select retire_data_key(1)")


def test_it_waits_for_who_may_still_seal_with_the_old_key(clone, connect):
    writer, owner = connect(), connect()
    [lead] = clone.leads(1)
    with writer.transaction():
        writer.execute("select data_key(1)")
        clone.execute("select rotate_data_key()")
        clone.execute("select reseal_leads()")

        retiring = owner.in_background("select retire_data_key(1)").wait_until_blocked(clone)
        writer.execute("update leads set pii = seal(data_key(1), 1, 'leads.pii/' || id, 'late') where id = %s", (lead,))

    with pytest.raises(Exception, match=r"still needed by leads\.pii: 1"):
        retiring.result()


def test_an_old_snapshot_still_reads_and_seals_nothing_with_a_key_that_is_gone(clone, connect):
    clone.leads(1)
    late = connect()
    late.execute("begin isolation level repeatable read")
    late.execute("select count(*) from leads")
    clone.execute("select rotate_data_key()")
    clone.execute("select reseal_leads()")
    clone.execute("select retire_data_key(1)")

    assert late.value("select count(lead_pii(id)) from leads") == 1
    with late.refused("PF019"):
        late.execute("select seal('here', 'text')")
    late.execute("rollback")
    assert late.value("select unseal('here', seal('here', 'text'))") == b"text"


def test_only_the_owner_retires(db):
    with db.acting_as("pipeline_writer"), db.refused("42501"):
        db.execute("select retire_data_key(1)")
