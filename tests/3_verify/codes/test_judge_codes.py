"""judge_codes: what one answer of a provider says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


def judge(db, codes, channel="phone", provider="melissa"):
    return db.one("select * from judge_codes(%s, %s, %s)", provider, channel, codes)


@pytest.mark.parametrize(
    ("codes", "effect"),
    [
        (["PS01"], "verify"),
        (["PS01", "PE01"], "reject"),
        (["PE01", "PS01", "SE01"], "reject"),
        (["SE01", "PS01"], "verify"),
        (["SE01", "PS07"], "retry"),
        (["PS07"], "info"),
        (["ZZ99"], None),
        (["ZZ99", "PS01"], "verify"),
        ([], None),
    ],
)
def test_reject_beats_verify_beats_retry_beats_info(db, codes, effect):
    assert judge(db, codes).effect == effect


def test_codes_that_the_map_does_not_have_are_named_in_order(db):
    assert judge(db, ["ZZ99", "PS01", "AA00"]).unknown_codes == ["ZZ99", "AA00"]
    assert judge(db, ["PS01"]).unknown_codes == []
    assert judge(db, ["PS01"], provider="nobody").unknown_codes == ["PS01"]


@pytest.mark.parametrize(
    ("code", "line_type"), [("PS07", "mobile"), ("PS08", "landline"), ("PS09", "voip"), ("PS01", None)]
)
def test_some_codes_tell_the_type_of_the_line(db, code, line_type):
    assert judge(db, ["PS01", code]).line_type == line_type
    assert judge(db, [code], channel="email").line_type is None


def test_one_string_of_results_speaks_of_other_things_too(db):
    results = ["AS01", "PS01", "ES02", "VR01", "NS05", "DA00"]

    assert judge(db, results, "phone").effect == "verify"
    assert judge(db, results, "email").effect == "reject"
    assert judge(db, results, "phone").unknown_codes == judge(db, results, "email").unknown_codes == []


def test_the_deceased_are_rejected_on_every_channel(db):
    assert judge(db, ["PS01", "DD01"], "phone").effect == "reject"
    assert judge(db, ["ES01", "DD01"], "email").effect == "reject"


def test_a_wrong_address_says_nothing_about_a_phone(db):
    assert judge(db, ["AE02", "PS01"]).effect == "verify"
    assert judge(db, ["AE02", "EE01", "NE03"]).effect == "info"


def test_plain_words_are_understood_too(db):
    for words, effect in (
        (["VALID"], "verify"),
        (["VERIFIED"], "verify"),
        (["INVALID"], "reject"),
        (["UNDELIVERABLE", "VALID"], "reject"),
        (["UNKNOWN"], "retry"),
        (["TIMEOUT"], "retry"),
        (["CATCH_ALL", "RISKY"], "info"),
    ):
        assert judge(db, words, "email", "generic").effect == effect


def test_every_code_is_known_for_both_channels(db):
    assert not db.rows(
        """
        select code from verification_code_map where provider = 'melissa' group by code having count(*) <> 2
        """
    )


def test_only_codes_of_the_channel_itself_verify(db):
    verifying = db.rows(
        """
        select channel, code from verification_code_map
         where provider = 'melissa' and is_verified order by channel, code
        """
    )
    assert verifying == [("email", "ES01"), ("email", "ES21"), ("phone", "PS01")]


@given(data=st.data())
def test_the_order_of_codes_does_not_matter(db, data):
    known = [row.code for row in db.rows("select distinct code from verification_code_map order by code")]
    codes = data.draw(st.lists(st.sampled_from([*known, "ZZ98", "ZZ99"]), unique=True, max_size=8))
    shuffled = data.draw(st.permutations(codes))
    channel = data.draw(st.sampled_from(["phone", "email"]))

    one, other = judge(db, codes, channel), judge(db, shuffled, channel)

    assert one.effect == other.effect
    assert sorted(one.unknown_codes) == sorted(other.unknown_codes)


@given(data=st.data())
def test_the_strongest_effect_in_the_map_wins(db, data):
    effects = {
        row.code: row.effect
        for row in db.rows(
            "select code, effect from verification_code_map where provider = 'melissa' and channel = 'email'"
        )
    }
    codes = data.draw(st.lists(st.sampled_from(sorted(effects)), unique=True, max_size=6))

    expected = next((e for e in ("reject", "verify", "retry", "info") if e in {effects[c] for c in codes}), None)

    assert judge(db, codes, "email").effect == expected
