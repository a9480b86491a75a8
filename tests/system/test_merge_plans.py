"""A merge finds what it meets by index probes, whatever the planner believes of the tables' sizes."""

from collections import Counter

# told of leads, lead_contacts, leads_staging, upload_rows; None: as they are, and never analyzed
BELIEFS = {
    "nothing is known": (None, None, None, None),
    "1M leads, small uploads": (1_000_000, 1_000_000, None, None),
    "5M leads, small uploads": (5_000_000, 5_000_000, None, None),
    "1M of everything": (1_000_000,) * 4,
    "5M of everything": (5_000_000,) * 4,
    "a few leads, large uploads": (10, 10, 5_000_000, 5_000_000),
    "a few of everything": (10,) * 4,
}
TABLES = ("leads", "lead_contacts", "leads_staging", "upload_rows")
ROWS, KNOWN = 1500, 40_000
PROBED = ("leads_mak_key", "leads_county_fips_apn_key", "leads_addr_hash_key")


def as_csv(first: int) -> bytes:
    lines = (
        f"{n:010d},06037,{n},{n} Main St,90012,213555{n % 10000:04d},a{n}@example.com"
        for n in range(first, first + ROWS)
    )
    return "\n".join(["mak,fips,apn,address,zip,phone,email", *lines]).encode()


def counted(db, function, names):
    """A count for each table or index: of this transaction, and of earlier ones that are not reported yet."""
    return Counter(dict(db.rows(f"select c, {function}(c::regclass) from unnest(%s::text[]) as c", list(names))))


def test_no_table_is_read_as_a_whole(clone):
    """Read rows are counted, of a file half of which meets leads: a scan of a table would read all its rows."""
    for table in TABLES:
        clone.execute(f"alter table {table} set (autovacuum_enabled = off)")
    clone.execute(  # as wide as leads are: the planner knows how many pages a table has, whatever else it believes
        "insert into leads (mak, pii) select 'x' || n, decode(repeat('5a', 1800), 'hex')"
        " from generate_series(1, %s) as n",
        (KNOWN,),
    )
    clone.execute(
        "insert into lead_contacts (lead_id, channel, position, value_hash)"
        " select id, 'phone', 1, sha256(convert_to(mak, 'UTF8')) from leads"
    )
    clone.ingest(as_csv(1))

    for belief, sizes in BELIEFS.items():
        with clone.undone():
            for table, rows in zip(TABLES, sizes, strict=True):
                if rows is not None:
                    # rows a page are taken from here
                    clone.execute(
                        "update pg_class set reltuples = %s, relpages = greatest(1, pg_relation_size(oid) / 8192)"
                        " where oid = %s::regclass",
                        (rows, table),
                    )

            read = counted(clone, "pg_stat_get_xact_tuples_returned", TABLES)
            probes = counted(clone, "pg_stat_get_xact_numscans", PROBED)

            receipt = clone.ingest(as_csv(1 + ROWS // 2))

            assert (receipt.rows_merged, receipt.rows_new) == (ROWS // 2, ROWS // 2)
            read = counted(clone, "pg_stat_get_xact_tuples_returned", TABLES) - read
            assert {table: count for table, count in read.items() if count > 25 * ROWS} == {}, belief
            probes = counted(clone, "pg_stat_get_xact_numscans", PROBED) - probes
            assert [index for index in PROBED if probes[index] < ROWS] == [], belief
