"""One honest walk through the funnel: real files, signed, sent, merged, verified, fed, delivered, answered, booked.

Every step calls the functions that users call, as the role that users have. Only the clock is moved by the owner's
``…_at`` functions, since the next Monday at 06:00 is too long to wait for.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql
from psycopg.rows import namedtuple_row

from pgfunnel import install
from pgfunnel.paths import DEMO_FILES
from pgfunnel.server import EmbeddedServer

SCHEMA = "pgfunnel_demo"
SOURCE = "demo-vendor"
SECRET = b"a secret of the demo, 32 bytes.."
LOS_ANGELES = ZoneInfo("America/Los_Angeles")

# what the double of a vendor answers to the first three deliveries; then it takes everything
ANSWERS = [(200, None), (429, "30"), (500, None)]


def run(dashboard: Path = Path("dashboard.html")) -> None:
    """Walk through; print each step as it happens; leave the dashboard and nothing else."""
    url = os.environ.get("DATABASE_URL")
    if url:
        print(f"Using DATABASE_URL: everything happens in the schema {SCHEMA}, which is dropped at the end.")
        with own_schema(url):
            walk(url, dashboard)
        return

    print("Starting an embedded PostgreSQL …")
    with EmbeddedServer() as server:
        walk(server.url, dashboard)


@contextlib.contextmanager
def own_schema(url: str) -> Iterator[None]:
    """Leave the database as it was found, whatever happens."""
    with psycopg.connect(url) as connection:
        found = connection.execute("select from pg_namespace where nspname = %s", (SCHEMA,)).fetchone()
    if found is not None:
        raise install.InstallError(f'the schema {SCHEMA} is there already: run drop schema "{SCHEMA}" cascade;')
    try:
        yield
    finally:
        install.rollback(url, SCHEMA)
        with psycopg.connect(url) as connection:
            connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(SCHEMA)))


def walk(url: str, dashboard: Path) -> None:
    """Install, then take the files from the upload to the booking."""
    with step("install") as say:
        applied = install.apply(url, SCHEMA)
        say(f"{len(applied)} migrations into schema {SCHEMA}")

    path = f"-c search_path={SCHEMA},public"
    with (
        psycopg.connect(url, autocommit=True, row_factory=namedtuple_row, options=path) as owner,
        psycopg.connect(url, autocommit=True, row_factory=namedtuple_row, options=path) as service,
    ):
        # an owner who is no superuser need not be a member of the role; he then calls the functions himself
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            service.execute("set role pipeline_writer")
        owner.execute("select set_signing_secret(%s, %s)", (SOURCE, "whsec_" + base64.b64encode(SECRET).decode()))

        send_files(service)
        verify(owner, service)
        consent(owner, service)
        monday = feed(owner, service)
        deliver(owner, monday + timedelta(hours=4))
        answer(owner, monday + timedelta(hours=5))
        report(owner, dashboard, monday + timedelta(hours=6))


# ---- the steps --------------------------------------------------------------------------------------------------


def send_files(service: psycopg.Connection) -> None:
    """Six files of different vendors; then the first once more, a forged one and a broken one."""
    files = sorted(DEMO_FILES.glob("*.csv"))
    expected = {entry["file"]: entry for entry in json.loads((DEMO_FILES / "expected.json").read_text())["files"]}
    for path in files:
        with step(f"upload {path.name}") as say:
            receipt = send(service, path.read_bytes(), path.name)
            say(told(receipt))
            want = expected[path.name]
            if (receipt.rows_new, receipt.rows_merged) != (want["new"], want["merged"]):
                raise SystemExit(f"{path.name}: expected {want['new']} new and {want['merged']} merged")

    first = files[0].read_bytes()
    with step("the first file again") as say:
        say(told(send(service, first, files[0].name)))
    with step("a forged signature") as say:
        say(told(send(service, first + b"\n1 Forged St,,Los Angeles,CA,90012", "forged.csv", secret=b"guessed" * 5)))
    with step("a broken file") as say:
        say(told(send(service, b'Address,City,State,Zip\n"12 Main St,Los Angeles,CA,90012\n', "broken.csv")))


def verify(owner: psycopg.Connection, service: psycopg.Connection) -> None:
    """What a verification service answers: most contacts are live, some don't exist, some are not known yet."""
    answers = {
        "phone": [["PS01", "PS07"]] * 8 + [["PE01"], ["SE01"]],
        "email": [["ES01", "ES21"]] * 8 + [["EE02"], ["ES03"]],
    }
    for channel, codes in answers.items():
        first = "select lead_id from lead_contacts where channel = %s and position = 1"
        leads = [row.lead_id for row in owner.execute(first, (channel,))]
        with step(f"verify {len(leads)} {channel}s") as say:
            with service.pipeline():
                cursors = [
                    service.execute(
                        "select record_verification(%s, %s, 'melissa', %s)",
                        (lead, channel, codes[lead.int % len(codes)]),
                    )
                    for lead in leads
                ]
            verdicts = Counter(cursor.fetchone()[0] for cursor in cursors)
            say(f"{verdicts[True]} verified, {len(leads) - verdicts[True]} not")


def consent(owner: psycopg.Connection, service: psycopg.Connection) -> None:
    """Each verified lead gets a link; nine of ten follow it."""
    leads = owner.execute("select id from leads where phone_verified").fetchall()
    willing = [lead.id for lead in leads if lead.id.int % 10]
    with step(f"{len(leads)} consent forms") as say:
        with service.pipeline():
            tokens = [service.execute("select issue_consent_token(%s)", (lead.id,)) for lead in leads]
        nonces = dict(zip((lead.id for lead in leads), (token.fetchone()[0] for token in tokens), strict=True))
        evidence = json.dumps({"text": "Yes, call me about my property.", "ip": "192.0.2.1", "user_agent": "demo"})
        with service.pipeline():
            receipts = [
                service.execute("select * from redeem_consent_token(%s, 'web_form', %s)", (nonces[lead], evidence))
                for lead in willing
            ]
        outcomes = Counter(receipt.fetchone().outcome for receipt in receipts)
        again = service.execute(
            "select outcome from redeem_consent_token(%s, 'web_form', %s)", (nonces[willing[0]], evidence)
        ).fetchone()
        say(f"{outcomes['granted']} granted; one link used twice: {again.outcome}")


def feed(owner: psycopg.Connection, service: psycopg.Connection) -> datetime:
    """Queue what may be contacted; on the next Monday the jobs run, and the cap holds. Returns that Monday, 06:00."""
    with step("queue") as say:
        say(f"{service.execute('select queue_leads()').fetchone()[0]} leads queued")

    today = datetime.now(LOS_ANGELES)
    monday = (today + timedelta(days=7 - today.weekday())).replace(hour=6, minute=0, second=0, microsecond=0)
    with step(f"the clock goes to {monday:%A %d %B %H:%M}, Los Angeles") as say:
        early = owner.execute("select * from feed_campaign('default', %s)", (monday - timedelta(minutes=1),))
        say(f"a minute before: {early.fetchone().status}")
    with step("the jobs of the day") as say:
        owner.execute("call run_due_jobs(null, %s)", (monday,))
        day = owner.execute("select * from campaign_days").fetchone()
        say(f"{day.fed} of {day.cap} fed")
    with step("the feeder again") as say:
        say(told_feed(owner.execute("select * from feed_campaign('default', %s)", (monday,)).fetchone()))
    return monday


def deliver(owner: psycopg.Connection, now: datetime) -> None:
    """Claim as n8n would, and tell what the vendor answered."""
    answers = iter(ANSWERS)
    with step(f"deliveries at {now:%H:%M}") as say:
        outcomes: Counter[str] = Counter()
        for channel in ("phone", "email"):
            claim = "select * from claim_deliveries(%s, 50, '5 min', %s)"
            while batch := owner.execute(claim, (channel, now)).fetchall():
                for delivery in batch:
                    status, retry_after = next(answers, (200, None))
                    finished = owner.execute(
                        "select finish_delivery(%s, %s, %s, 120, %s, null, %s)",
                        (delivery.id, delivery.token, status, retry_after, now),
                    ).fetchone()[0]
                    outcomes[f"{finished} after {status}"] += 1
        say(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))


def answer(owner: psycopg.Connection, now: datetime) -> None:
    """What comes back: a reply that ends in a booking, and a STOP."""
    # a reply names a number, not a lead: ask two who share theirs with nobody
    query = """
        select d.lead_id, lead_pii(d.lead_id) -> 'phones' ->> 0 as phone
          from deliveries as d
         where d.channel = 'phone'
           and d.state = 'delivered'
           and not exists (
             select
               from lead_contacts as own
               join lead_contacts as theirs using (channel, value_hash)
              where own.lead_id = d.lead_id
                and theirs.lead_id <> d.lead_id
           )
         order by d.id
         limit 2
    """
    interested, annoyed = owner.execute(query).fetchall()
    reply = "select record_reply('phone', %s, %s, %s, %s, %s)"
    with step("a reply") as say:
        owner.execute(reply, (interested.phone, "Yes, what would you pay?", "sms-1", now, now))
        say(status_of(owner, interested.lead_id))
    with step("a STOP") as say:
        owner.execute(reply, (annoyed.phone, "STOP", "sms-2", now, now))
        say(status_of(owner, annoyed.lead_id))
    with step("a booking") as say:
        booking = "select record_booking(%s, %s, 'booking-1', %s)"
        owner.execute(booking, (interested.lead_id, now + timedelta(days=2), now))
        say(status_of(owner, interested.lead_id))


def report(owner: psycopg.Connection, dashboard: Path, now: datetime) -> None:
    """The funnel, the health, and where the dashboard is."""
    print("\nThe funnel, by local day")
    print_table(owner.execute("select * from funnel_daily order by day"))
    print("\nHealth")
    print_table(owner.execute("select check_name, status, detail from pipeline_health(%s)", (now,)))
    dashboard.write_text(owner.execute("select dashboard_html(%s)", (now,)).fetchone()[0], encoding="utf-8")
    print(f"\nDashboard: {dashboard.resolve()}")


# ---- how it is said ---------------------------------------------------------------------------------------------


@contextlib.contextmanager
def step(name: str) -> Iterator:
    """Print a line: the name at once, what came of it when it is known, how long it took."""
    print(f"{name} … ", end="", flush=True)
    began, words = time.monotonic(), []
    yield words.append
    print(f"{'; '.join(words)} ({time.monotonic() - began:.1f} s)", flush=True)


def send(service: psycopg.Connection, body: bytes, file_name: str, secret: bytes = SECRET):
    """Sign by Standard Webhooks and call receive_upload."""
    message_id, timestamp = f"msg_{hashlib.sha256(body).hexdigest()[:20]}", str(int(time.time()))
    signature = hmac.digest(secret, f"{message_id}.{timestamp}.".encode() + body, "sha256")
    headers = {
        "x-pgfunnel-source": SOURCE,
        "x-pgfunnel-file-name": file_name,
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + base64.b64encode(signature).decode(),
    }
    return service.execute("select * from receive_upload(%s, %s)", (body, json.dumps(headers))).fetchone()


def told(receipt) -> str:
    """A receipt as a sentence."""
    if not receipt.rows_read:
        return f"{receipt.status} {receipt.outcome}: {receipt.message}"
    return (
        f"{receipt.status} {receipt.outcome}: {receipt.rows_read} rows = {receipt.rows_new} new + {receipt.rows_merged}"
        f" merged + {receipt.rows_duplicate} duplicate + {receipt.rows_rejected} rejected + {receipt.rows_quarantined}"
        " quarantined"
    )


def told_feed(result) -> str:
    """A feed_result as a sentence."""
    return f"{result.status}: {result.fed} fed, {result.remaining} of {result.cap} left on {result.day}"


def status_of(owner: psycopg.Connection, lead_id) -> str:
    """Where the lead stands now."""
    status = owner.execute("select campaign_status from leads where id = %s", (lead_id,)).fetchone()
    return f"the lead is {status.campaign_status}"


def print_table(cursor: psycopg.Cursor) -> None:
    """Rows in columns as wide as they need."""
    header = [column.name for column in cursor.description or []]
    rows = [["" if value is None else str(value) for value in row] for row in cursor]
    widths = [max(len(line[i]) for line in [header, *rows]) for i in range(len(header))]
    for line in [header, *rows]:
        print("  " + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
