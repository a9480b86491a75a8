"""Real vendors' files on the trusted path: what becomes of each line, and of what it says."""

import io
import json

import pytest
from leadgen import rows, write
from merge_oracle import OUTCOMES, Leads

from pgfunnel.paths import DEMO_FILES

SUITE = json.loads((DEMO_FILES / "expected.json").read_text())
PLAN = [("propstream", ","), ("melissa", ","), ("batch", ","), ("crm", ";"), ("crm", "\t"), ("melissa", ",")]


def outcomes(db, receipt):
    found = db.rows("select line_number, outcome from upload_rows where upload_id = %s", receipt.upload_id)
    return {row.line_number: row.outcome for row in found}


def test_the_six_files_give_what_is_expected_line_by_line(db):
    for expected in SUITE["files"]:
        receipt = db.ingest((DEMO_FILES / expected["file"]).read_bytes(), file_name=expected["file"])

        assert outcomes(db, receipt) == {int(line): name for line, name in expected["outcomes"].items()}
        assert {name: getattr(receipt, f"rows_{name}") for name in OUTCOMES} == {n: expected[n] for n in OUTCOMES}
        assert (receipt.status, receipt.rows_read) == (200, expected["rows_read"])
        assert db.value("select count(*) from leads") == expected["leads_after"]
    assert db.value("select count(*) from leads") == SUITE["leads"]


@pytest.mark.parametrize("seed", [2, 4, 5, 6])
def test_files_of_other_seeds_give_what_the_rule_says(db, seed):
    oracle, start = Leads(), 0
    for number, (fmt, delimiter) in enumerate(PLAN):
        text = io.StringIO(newline="")
        stream = rows(300, seed + number, fmt, known=start, start=start, dup=0.08, hit=0.3)
        expected = oracle.merge(write(text, fmt, stream, delimiter, "\r\n"))
        start += 300

        receipt = db.ingest(text.getvalue())

        assert outcomes(db, receipt) == expected["outcomes"]
    assert db.value("select count(*) from leads") == len(oracle)
