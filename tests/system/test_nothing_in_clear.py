"""What is personal rests in clear nowhere: not in the data directory, a dump, the log or pg_stat_statements.

A server of its own, which logs every statement, sees three files arrive by three paths, and then everything that may
happen to their people. Its files are searched for every personal value, also in hex and base64.
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from conftest import SCHEMA, Clock, Funnel, connect_to
from pgfunnel import install
from pgfunnel.server import EmbeddedServer, environment, find_binaries

HEADER = (
    "MAK,Property Street,Property Unit,Property City,Property State,Property Zip,First Name,Last Name,Mailing Street,"
    "Mailing City,Phone 1,Email 1,Spouse Nickname"
)


@dataclass(frozen=True)
class Person:
    """Somebody made up, each of whose values occurs nowhere else."""

    number: int

    @property
    def first(self) -> str:
        return f"Quixanne{self.number}q"

    @property
    def last(self) -> str:
        return f"Zorbinski{self.number}q"

    @property
    def mailing(self) -> str:
        return f"{self.number} Xylophonic Ter"

    @property
    def town(self) -> str:
        return f"Wumbleford{self.number}q"

    @property
    def email(self) -> str:
        return f"vexley{self.number}q@example.com"

    @property
    def digits(self) -> str:
        return f"{201 + self.number}5550{100 + self.number}"

    @property
    def phone(self) -> str:
        return f"({self.digits[:3]}) {self.digits[3:6]}-{self.digits[6:]}"

    @property
    def spouse(self) -> str:
        return f"Jabbermuffin{self.number}q"

    @property
    def values(self) -> list[str]:
        dashed = f"{self.digits[:3]}-{self.digits[3:6]}-{self.digits[6:]}"
        return [
            self.first,
            self.last,
            self.mailing,
            self.town,
            self.email,
            self.digits,
            self.phone,
            dashed,
            self.spouse,
        ]

    def row(self, mak: str | None = None, unit: str = "", street: str | None = None) -> str:
        key = f"{9000000000 + self.number}" if mak is None else mak
        place = f"{100 + self.number} Main St" if street is None else street
        return (
            f"{key},{place},{unit},Los Angeles,CA,90012,{self.first},{self.last},{self.mailing},{self.town},"
            f"{self.phone},{self.email},{self.spouse}"
        )


PEOPLE = [Person(number) for number in range(60)]


def forms(value: str) -> Iterator[bytes]:
    """How a value may be written down: as it is, in hex, in base64 at each of its three alignments."""
    for text in {value, value.lower(), value.upper()}:
        raw = text.encode()
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + raw)
            # without the characters that depend on the neighbours
            yield encoded[(0, 2, 3)[shift] : len(encoded) - (0, 3, 2)[(len(raw) + shift) % 3]]


# what the values of a kind have in common: where none of its forms occurs, none of them does
STEMS = {
    stem: {form: value for person in PEOPLE for value in person.values if stem in value for form in forms(value)}
    for stem in ("Quixanne", "Zorbinski", "Xylophonic", "Wumbleford", "vexley", "Jabbermuffin", "55501", "555-01")
}


def found_in(content: bytes) -> set[str]:
    return {
        value
        for stem, needles in STEMS.items()
        if any(form in content for form in forms(stem))
        for form, value in needles.items()
        if form in content
    }


def found_below(folder: Path, without: str = "") -> dict[str, set[str]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and without not in path.parts and (values := found_in(path.read_bytes())):
            found[str(path.relative_to(folder))] = values
    return found


@dataclass
class Place:
    """The server after everything has happened."""

    owner: Funnel
    service: Funnel
    data: Path
    url: str

    @property
    def log(self) -> bytes:
        return (self.data.parent / "log").read_bytes()

    def wal(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted((self.data / "pg_wal").iterdir()) if path.is_file())


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    more = {
        "log_statement": "all",
        "log_min_messages": "info",
        "log_parameter_max_length": "0",
        "shared_preload_libraries": "pg_stat_statements",
        "pg_stat_statements.track": "all",
        "autovacuum": "off",
    }
    with EmbeddedServer(fsync=True, **more) as server:
        install.apply(server.url, SCHEMA)
        with (
            connect_to(server.url, Clock()) as owner,
            connect_to(server.url, Clock(), options="-c role=pipeline_writer") as service,
        ):
            owner.execute("create extension pg_stat_statements schema public")
            # staging is the one place that is allowed to hold a row in clear; what else is written is in the WAL
            owner.execute("alter table leads_staging set unlogged")
            owner.execute("alter table upload_copies set unlogged")
            run(owner, service)
            owner.execute("checkpoint")
            owner.execute("vacuum")
            owner.execute("checkpoint")
            yield Place(owner, service, Path(owner.value("show data_directory")), server.url)


def run(owner: Funnel, service: Funnel) -> None:
    arrive(owner, service)
    work_on_letters(service)
    contact(owner, service)
    slip(owner, service)
    fail(service)


def arrive(owner: Funnel, service: Funnel) -> None:
    """Files by each path, with rows of every outcome, and what is refused as a whole."""
    from senders import Sender

    def file(*rows: str) -> bytes:
        return "\r\n".join([HEADER, *rows]).encode()

    p = PEOPLE
    trusted = file(*(x.row() for x in p[:10]), p[10].row(mak="", street=""), p[0].row(), p[11].row() + ",one,too,many")
    assert service.one("select * from ingest_csv('trusted', %s, 'a.csv')", trusted).status == 200

    # columns that slipped: what is personal stands where an address is expected
    slipped = file(
        p[12].row(unit=p[12].email),
        p[13].row(street=p[13].phone),
        p[14].row(mak=p[14].email),
        p[15].row(unit=p[15].digits),
    )
    assert service.one("select * from ingest_csv('trusted', %s, 'slipped.csv')", slipped).status == 200

    sender = Sender(owner)
    owner.execute("update webhook_secrets set valid_from = '2020-01-01'")
    body = file(*(x.row() for x in p[20:25]))
    now = owner.value("select extract(epoch from now())::int")
    from senders import standard

    headers = {"x-pgfunnel-source": "vendor", **standard(sender.key, "m1", now, body)}
    assert service.one("select * from receive_upload(%s, %s)", body, Jsonb(headers)).status == 200
    headers["webhook-signature"] = "v1," + base64.b64encode(bytes(32)).decode()
    assert service.one("select * from receive_upload(%s, %s)", file(p[25].row()), Jsonb(headers)).status == 401

    copied = file(*(x.row() for x in p[30:40]), p[40].row(mak="", street=""))
    with service.transaction():
        upload = service.value("select begin_upload('copied')")
        with service.cursor().copy("copy upload_file from stdin") as copy:
            copy.write(base64.encodebytes(copied))
    assert service.one("select * from finish_upload(%s)", upload).status == 200

    # the same properties with other people, then two keys of two leads, then taken back
    second = file(p[41].row(mak=str(9000000000)), p[42].row(mak=str(9000000001), street="102 Main St"))
    upload = service.one("select * from ingest_csv('trusted', %s, 'b.csv')", second).upload_id
    assert service.value("select count(*) from pipeline_dlq") > 1
    service.execute("select revert_upload(%s)", (upload,))

    for broken in (
        HEADER + f'\n"{p[43].first},{p[43].email}\n',
        f"{p[44].first},{p[44].email}\n{p[45].first},{p[45].email}\n",
        HEADER + "\n" + p[46].row() + "\0",
    ):
        service.execute("select * from ingest_csv('trusted', %s, 'broken.csv')", (broken.encode(),))


def work_on_letters(service: Funnel) -> None:
    p = PEOPLE
    service.execute(
        "select send_to_dlq('n8n', %s, %s, 'mend it', %s)",
        (
            Jsonb({"order": 1, "to": p[57].email}),
            f"550 {p[47].email} unknown",
            Jsonb({"email": p[47].email, "name": p[47].first}),
        ),
    )
    for letter in service.rows("select * from claim_dlq(50, '5 min', null, true)"):
        if letter.source == "n8n":
            service.execute("select finish_dlq(%s, %s, %s)", (letter.id, letter.token, f"no answer from {p[48].phone}"))
    for letter in service.rows("select id from pipeline_dlq where source = 'upload' and line_number is not null"):
        fields = Jsonb({"first_name": p[49].first, "property_street": "900 Main St", "property_zip": "90012"})
        attempt(service, "select correct_row(%s, %s)", letter.id, fields)
        attempt(service, "select * from redrive_dlq(%s)", letter.id)
        attempt(service, "select discard_dlq(%s, %s)", letter.id, f"{p[50].email} asked us to")


def contact(owner: Funnel, service: Funnel) -> None:
    """Verification, consent, feed, claim, answer, opt-out."""
    p = PEOPLE
    leads = {
        owner.value("select lead_pii(%s) ->> 'first_name'", row.id): row.id
        for row in owner.rows("select id from leads where pii is not null")
    }
    owner.clock.now = owner.value("select now()")
    for person in p[:10] + p[20:25]:
        lead = leads[person.first]
        payload = {
            "NameFirst": p[51].first,
            "EmailAddress": person.email,
            "PhoneNumber": person.phone,
            "Note": p[51].spouse,
        }
        for channel, code in (("phone", "PS01"), ("email", "ES01")):
            service.execute(
                "select record_verification(%s, %s, 'melissa', %s, %s)", (lead, channel, [code], Jsonb(payload))
            )
        nonce = service.value("select issue_consent_token(%s)", lead)
        evidence = {"text": "Call me", "ip": "192.0.2.7", "name": person.first, "email": person.email}
        service.execute("select * from redeem_consent_token(%s, 'web_form', %s)", (nonce, Jsonb(evidence)))
    assert service.value("select queue_leads()") >= 10
    service.execute("call refresh_contactable_leads()")

    owner.clock.set("2026-03-09 09:00")
    owner.feed()
    deliveries = owner.claim("phone") + owner.claim("email")
    assert len(deliveries) >= 10
    for number, delivery in enumerate(deliveries):
        status = (200, 500, 400)[number % 3]
        owner.execute(
            "select finish_delivery(%s, %s, %s, 12, null, %s, %s)",
            (delivery.id, delivery.token, status, f"id{number}", owner.clock.now),
        )
    service.execute("select record_reply('phone', %s, %s, 'r1')", (p[0].phone, f"this is {p[0].first}, call me"))
    service.execute("select record_reply('email', %s, 'STOP', 'r2')", (p[1].email,))
    service.execute("select record_reply('phone', %s, %s, 'r3')", (p[52].phone, f"who is {p[52].first}?"))
    service.execute("select opt_out('email', %s, %s, 'call')", (p[2].email, "asked"))
    service.execute("select opt_out('phone', %s, 'asked', 'call')", (p[53].phone,))
    attempt(service, "select record_booking(%s, now(), 'b1')", leads[p[0].first])
    service.execute("select log_event('enriched', %s)", (Jsonb({"found": p[54].email}),))
    service.execute("select record_api_call('vendor', 500, 3, %s)", (Jsonb({"error": f"{p[55].phone} is busy"}),))
    owner.execute("select rotate_data_key(), reseal_leads()")


def slip(owner: Funnel, service: Funnel) -> None:
    """An address or a number in each text that is meant for something else."""
    p = PEOPLE[59]
    lead, other = (row.id for row in owner.rows("select id from leads where pii is not null order by id desc limit 2"))
    key = f"{p.email}/{p.digits}"
    for stranger in ("+12025550187", PEOPLE[3].phone):
        service.execute("select record_reply('phone', %s, 'hello', %s)", (stranger, f"{stranger} {key}"))
        service.execute("select record_bounce('phone', %s, false, %s)", (stranger, f"{stranger} {key}"))
    for whose in (lead, uuid4()):
        service.execute("select record_booking(%s, now(), %s)", (whose, f"{whose} {key}"))
        service.execute("select record_call('c1', %s, %s, 12, %s)", (whose, f"said {p.email}", f"{whose} {key}"))
    service.execute("select opt_out('email', %s, %s, %s)", (p.email, f"{p.phone} asked", p.email))
    nonce = service.value("select issue_consent_token(%s)", lead)
    service.execute("select * from redeem_consent_token(%s, %s, '{}')", (nonce, f"mail of {p.email}"))
    service.execute("select withdraw_consent(%s, %s, %s)", (lead, f"call from {p.phone}", Jsonb({"from": p.email})))
    service.execute("select log_event('enriched', p_idempotency_key => %s)", (key,))
    service.execute("select record_verification(%s, 'email', 'melissa', %s)", (other, [p.email, p.digits]))
    service.execute("select reveal_lead(%s, %s)", (other, f"to mail {p.email}"))
    service.execute(
        "select * from ingest_csv('trusted', %s, %s)", (b"MAK\n9100000001\n", f"of {p.email} {p.phone}.csv")
    )
    service.execute("select set_config('pgfunnel.why', %s, false)", (f"{p.email} asked",))
    service.execute("update leads set campaign_status = 'opted_out' where id = %s", (other,))
    service.execute("reset pgfunnel.why")
    service.execute("select forget_lead(%s, %s)", (other, f"letter of {p.email}"))


def fail(service: Funnel) -> None:
    """Calls that are refused: their words go into the log."""
    p = PEOPLE[56]
    attempt(service, "select opt_out('phone', %s, 'asked', 'call')", f"{p.first} {p.email}")
    attempt(service, "select opt_out(%s, 'x', 'asked', 'call')", p.email)
    attempt(service, "select record_reply('fax', %s, %s, 'r9')", p.phone, p.first)
    attempt(service, "select is_suppressed('email', %s)", p.last)
    attempt(service, "select * from ingest_csv(%s, null)", p.first)
    attempt(service, "select * from redeem_consent_token(%s, null, null)", p.email)
    attempt(service, "select queue_leads(%s)", "unknown")
    attempt(service, "select parse_csv(%s)", f'"{p.first},{p.email}')


def attempt(service: Funnel, query: str, *args: Any) -> None:
    """Whether it works is another test's matter."""
    try:
        service.execute(query, args)
    except psycopg.Error as error:
        said = " ".join(filter(None, [str(error), error.diag.message_detail, error.diag.context]))
        assert not found_in(said.encode()), said


def test_a_value_is_found_in_each_of_its_forms():
    for shift in range(3):
        for text in (PEOPLE[3].email, PEOPLE[3].email.upper()):
            around = b"x" * shift + text.encode() + b"yz"
            assert PEOPLE[3].email in found_in(base64.b64encode(around))
            assert PEOPLE[3].email in found_in(around.hex().encode())


def test_the_people_were_there(place: Place):
    assert place.owner.value("select count(*) from leads where pii is not null") >= 25
    assert place.owner.value("select lead_pii(id) ->> 'other.Spouse Nickname' is not null from leads limit 1")
    assert place.owner.value("select count(*) from pipeline_dlq where sealed is not null") >= 3
    assert place.owner.value("select count(*) from upload_changes") >= 1
    assert place.owner.value("select count(*) from consents") >= 10
    assert place.owner.value("select count(*) from suppressions") >= 3


def test_no_row_of_any_table_or_view_holds_a_personal_value(place: Place):
    found = {}
    for (name,) in place.owner.rows(
        "select format('%I', c.relname) from pg_class as c"
        " where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relkind in ('r', 'v', 'm')"
    ):
        text = place.owner.value(f"select coalesce(string_agg(t::text, chr(10)), '') from {name} as t")
        if values := found_in(text.encode()):
            found[name] = values
    assert found == {}


def test_the_data_directory_holds_none(place: Place):
    assert found_below(place.data, without="pg_wal") == {}


def test_the_wal_holds_none_but_those_of_staging(place: Place):
    assert found_in(place.wal()) == set()


def test_a_dump_holds_none(place: Place):
    tools = find_binaries()
    dump = subprocess.run([tools / "pg_dump", place.url], capture_output=True, env=environment(tools) | {"LC_ALL": "C"})

    assert dump.returncode == 0, dump.stderr
    assert b"COPY funnel.leads " in dump.stdout
    assert found_in(dump.stdout) == set()


def test_the_log_of_all_statements_holds_none(place: Place):
    assert b"select opt_out('phone', $1" in place.log
    assert found_in(place.log) == set()


def test_the_statistics_of_statements_hold_none(place: Place):
    text = place.owner.value("select string_agg(query, chr(10)) from public.pg_stat_statements")

    assert "ingest_csv" in text
    assert found_in(text.encode()) == set()


def test_staging_is_empty_and_gives_its_pages_back(place: Place):
    for table in ("leads_staging", "upload_copies", "upload_pieces"):
        assert place.owner.value(f"select count(*) from {table}") == 0
        assert place.owner.value(f"select pg_relation_size('{table}')") == 0


def test_what_did_rest_in_clear_would_be_found(place: Place):
    email = PEOPLE[58].email
    place.owner.execute(
        "create table careless as select %s::text as email, convert_to(%s, 'UTF8') as raw", (email, email)
    )
    place.owner.execute("checkpoint")

    assert email in set().union(*found_below(place.data, without="pg_wal").values())
    assert email in found_in(place.wal())
    place.owner.execute("drop table careless")
