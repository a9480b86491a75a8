def test_it_is_another_one_in_each_transaction(clone):
    marks = {clone.value("select opting_out_mark()") for _ in range(3)}

    assert len(marks) == 3
    assert all(len(mark) == 64 for mark in marks)


def test_it_is_one_in_a_transaction(db):
    assert db.value("select opting_out_mark()") == db.value("select opting_out_mark()")
