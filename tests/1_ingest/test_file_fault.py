import pytest

FAULTS = {
    "PF021": (400, "unclosed_quote"),
    "PF022": (400, "not_text"),
    "PF023": (400, "bad_encoding"),
    "PF024": (400, "empty"),
    "PF025": (422, "unknown_header"),
    "PF026": (413, "too_large"),
    "not_base64": (400, "not_base64"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_error_of_a_file_has_its_status_and_outcome(db, code):
    fault = db.one("select * from file_fault(%s, 'It is broken.')", code)

    assert (fault.status, fault.outcome) == FAULTS[code]
    assert (fault.message, fault.upload_id, fault.rows_read) == ("It is broken.", None, 0)


@pytest.mark.parametrize("code", ["22003", "22P02", "54000", "54001"])
def test_of_a_value_that_can_t_be_stored_the_server_s_message_is_not_told(db, code):
    fault = db.one("select * from file_fault(%s, 'secret')", code)

    assert (fault.status, fault.outcome) == (400, "unstorable")
    assert code in fault.message and "secret" not in fault.message


@pytest.mark.parametrize(
    "code", ["40001", "40P01", "57014", "55P03", "53100", "23505", "XX000", "P0001", "PF005", "PF0211"]
)
def test_no_other_error_is_the_file_s(db, code):
    assert db.value("select file_fault(%s, 'x') is null", code)
