def test_it_is_one_in_a_transaction_and_another_in_the_next(clone):
    with clone.transaction():
        first = clone.value("select transaction_aad()")
        assert clone.value("select transaction_aad()") == first

    assert clone.value("select transaction_aad()") != first


def test_it_is_another_in_another_connection(clone, connect):
    first = clone.value("select transaction_aad()").split(b"/")[1]

    assert connect().value("select transaction_aad()").split(b"/")[1] != first
