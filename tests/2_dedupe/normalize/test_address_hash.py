import hashlib
import random

import leadgen
import pytest

ADDRESS = ("1 North Main Street", "Apt 4", "Boston", "MA", "02108-1234")


def test_it_is_the_version_and_the_sha256_of_the_normalised_address(db):
    expected = "v1:" + hashlib.sha256(b"1 N MAIN ST|# 4|02108").hexdigest()

    assert db.value("select address_hash(%s, %s, %s, %s, %s)", *ADDRESS) == expected


def test_a_thin_address_has_none(db):
    assert db.value("select address_hash('Main St', null, 'Boston', 'MA', '02108')") is None
    assert db.value("select address_hash(null, null, null, null, null)") is None


@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize("form", sorted(leadgen.FORMATS))
def test_rows_of_a_property_share_a_hash_and_no_two_properties_do(db, form, seed):
    start = random.Random(seed).randrange(100_000)
    made = [
        (row, keys["addr"])
        for row, keys in leadgen.rows(1500, seed, form, known=1000, start=start, dup=0.2, hit=0.3)
        if keys["addr"]
    ]

    hashes = db.rows(
        """
        select address_hash(t.street, t.unit, t.city, t.state, t.zip)
          from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
               with ordinality as t (street, unit, city, state, zip, n)
         order by t.n
        """,
        *([row[part] for row, _ in made] for part in ("street", "unit", "city", "state", "zip")),
    )

    together = {(h[0], key) for h, (_, key) in zip(hashes, made, strict=True)}
    assert len(together) == len({h for h, _ in together}) == len({key for _, key in together})
    assert None not in {h for h, _ in together}
