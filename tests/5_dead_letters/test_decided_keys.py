import pytest


@pytest.fixture
def decide(db):
    """``decide(row's keys, lead)``: the keys that the row is merged by; a parcel is FIPS and APN in one."""

    def decided(mak, parcel, addr, lead=None):
        query = """
            select d.mak, d.county_fips || d.apn as parcel, d.addr_hash as addr
              from decided_keys(
                jsonb_populate_record(null::leads_staging, jsonb_build_object(
                  'mak', %s::text, 'county_fips', left(%s::text, 5), 'apn', substr(%s::text, 6), 'addr_hash', %s::text
                )), %s) as d
        """
        return tuple(db.one(query, mak, parcel, parcel, addr, lead))

    return decided


@pytest.fixture
def lead(db):
    """``lead(mak, parcel, addr)``: a lead with these keys. Returns its id."""
    return lambda mak=None, parcel=None, addr=None: db.value(
        "insert into leads (mak, county_fips, apn, addr_hash) values (%s, left(%s, 5), substr(%s, 6), %s) returning id",
        mak, parcel, parcel, addr,
    )  # fmt: skip


def test_a_new_lead_gets_the_keys_that_nobody_owns(db, lead, decide):
    lead(mak="m1")
    lead(addr="h1")

    assert decide("m1", "06037a1", "h1") == (None, "06037a1", None)
    assert decide("m2", None, "h1") == ("m2", None, None)


def test_a_lead_keeps_its_keys_and_gains_those_it_lacks_and_nobody_owns(db, lead, decide):
    lead(mak="m9", addr="h9")
    into = lead(parcel="06037a1")

    assert decide("m1", "06037a2", "h9", into) == ("m1", "06037a1", None)
    assert decide("m9", None, "h1", into) == (None, "06037a1", "h1")
    assert decide(None, None, None, into) == (None, "06037a1", None)


def test_without_a_key_that_is_left_it_is_refused(db, lead, decide):
    lead(mak="m1", addr="h1")

    with db.refused("PF108"):
        decide("m1", None, "h1")
    with db.refused("PF108"):
        decide("m2", None, None, lead())


def test_half_a_parcel_of_a_lead_is_no_key_and_is_not_replaced(db, lead, decide):
    into = lead(mak="m1")
    db.execute("update leads set apn = 'a1' where id = %s", (into,))

    assert decide(None, "06037a2", None, into) == ("m1", None, None)
