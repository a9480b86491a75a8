import csv
from pathlib import Path

import pytest

REASONS = Path(__file__).parents[2] / "data" / "vapi_ended_reasons.csv"


def judge(db, reason):
    return db.one("select * from judge_call(%s)", reason)


def test_every_reason_of_vapi_has_its_effect_and_fault(db):
    known = [(r["reason"], r["effect"], r["fault"]) for r in csv.DictReader(REASONS.read_text().splitlines())]

    judged = db.rows(
        "select j.* from unnest(%s::text[]) with ordinality as r (reason, n) cross join judge_call(r.reason) as j"
        " order by r.n",
        [reason for reason, _, _ in known],
    )

    assert len(known) == 614
    assert [tuple(row) for row in judged] == known


def test_one_that_no_pattern_fits_is_unknown(db):
    assert judge(db, "customer-sang") == ("customer-sang", "unknown", "none")


@pytest.mark.parametrize("reason", [None, "", "call +1 202 555 0123", "ada@example.com", "call-2025550123", "x" * 200])
def test_what_cannot_be_a_reason_is_not_kept(db, reason):
    assert judge(db, reason) == ("unreadable", "unknown", "none")


def test_case_and_space_do_not_matter(db):
    assert judge(db, " Customer-Busy ").effect == "busy"


def test_a_row_of_ones_own_beats_a_pattern(db):
    db.execute("insert into call_reasons values ('pipeline-error-mine', 'reached', 'none', 'mine', 1)")

    assert judge(db, "pipeline-error-mine").effect == "reached"
    assert judge(db, "pipeline-error-other").effect == "failed_retry"


def test_of_two_patterns_of_one_rank_the_longer_counts(db):
    db.execute(
        "insert into call_reasons (pattern, effect, fault, meaning, rank)"
        " values ('x%', 'busy', 'none', '', -1), ('x.y%', 'voicemail', 'none', '', -1)"
    )

    assert db.value("select effect from judge_call('x.y.z')") == "voicemail"
    assert db.value("select effect from judge_call('x.z')") == "busy"
