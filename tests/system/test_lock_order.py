"""All functions lock in one order: two that work on the same person at once never wait for each other in a circle.

Each pair meets at a gate: a third connection holds one kind of lock until both calls wait for it, or have ended, in
either order of arrival. So a call that has passed an earlier lock stands at the gate with it, and a circle is closed
for certain and not by luck.
"""

from __future__ import annotations

import os
import time
from itertools import cycle, islice
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

ROUNDS = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 3

# p: a person's ids and contacts, see people()
CALLS = {
    "opt_out": "select opt_out('phone', '{p.phone}', 'asked', 'agent')",
    "withdraw_consent": "select withdraw_consent('{p.lead}', 'letter')",
    "issue_consent_token": "select issue_consent_token('{p.other}')",
    "redeem_consent_token": "select redeem_consent_token('{p.nonce}', 'web_form', '{{}}')",
    "record_verification": "select record_verification('{p.other}', 'phone', 'melissa', '{{PS01}}')",
    "reverify_leads": "select reverify_leads(1000)",
    "ingest_csv": "select ingest_csv('vendor', convert_to('{p.file}', 'UTF8'))",
    "revert_upload": "select revert_upload('{p.upload}')",
    "forget_lead": "select forget_lead('{p.lead}', 'request')",
    "redrive_reply": "select redrive_dlq({p.reply})",
    "redrive_named_reply": "select redrive_dlq({p.stranger}, null, '{p.other}')",
    "redrive_bounce": "select redrive_dlq({p.bounce})",
    "redrive_delivery": "select redrive_dlq({p.dead_delivery})",
    "redrive_row": "select redrive_dlq({p.row})",
    "decide_row": "select decide_row({p.row}, 'merge', '{p.lead}')",
    "correct_row": 'select correct_row({p.row}, \'{{"first_name": "Eve"}}\')',
    "discard_dlq": "select discard_dlq({p.row}, 'of no use')",
    "claim_dlq": "select claim_dlq(50, '5 min', 'upload')",
    "finish_delivery": "select finish_delivery({p.delivery}, '{p.token}', 200)",
    "claim_deliveries": "select claim_deliveries('email', 10)",
    "feed_campaign": "select feed_campaign('default')",
    "queue_leads": "select queue_leads('default', 10)",
    "record_reply": "select record_reply('phone', '{p.phone}', 'Call me', 'sms-{p.lead}')",
    "record_stop": "select record_reply('phone', '{p.phone}', 'STOP', 'stop-{p.lead}')",
    "record_call": "select record_call('{p.lead}', '{p.lead}', 'twilio-failed-to-connect-call', 9, 'call-{p.lead}')",
    "record_bounce": "select record_bounce('email', '{p.email}', true, 'bounce-{p.lead}')",
    "record_booking": "select record_booking('{p.lead}', now(), 'booking-{p.lead}')",
    "run_due_jobs": "call run_due_jobs()",
    "purge_expired": "select purge_expired()",
}
GATES = {
    "merge": "select hold_lock('merge')",
    "leads": "select from leads order by id for update",
    "letters": "select from pipeline_dlq order by id for update",
    "code map": "lock table verification_code_map in row exclusive mode",
    "deliveries": "select from deliveries order by id for update",
    "consents": "lock table consents in share row exclusive mode",
    "campaigns": "select from campaigns for update",
}
PAIRS = [(one, other) for n, one in enumerate(CALLS) for other in list(CALLS)[n:]]


def people(db: Any, count: int) -> list[SimpleNamespace]:
    """Persons with two leads that share a phone number, one of them fed, and open dead letters of every source."""
    first = db.value("select coalesce(max(id), 0) from pipeline_events") + 1
    made = []
    for k in range(first, first + count):
        phone, email = f"213555{k % 10000:04}", f"lead{k}@example.com"
        made.append(
            SimpleNamespace(k=k, phone=phone, email=email, file=f"address,zip,phone\\n{k} Main St,90012,{phone}")
        )
        for source, call in (
            ("reply", f"record_reply('phone', '{phone}', 'Hello', 'r-{k}')"),
            ("stranger", f"record_reply('phone', 'nobody {k}', 'STOP', 's-{k}')"),
            ("bounce", f"record_bounce('email', '{email}', true, 'b-{k}')"),
        ):
            db.execute(f"select {call}")
            setattr(made[-1], source, db.value("select max(id) from pipeline_dlq"))

    header = "mak,address,zip,first name,phone,email\n"
    rows = "".join(f",{p.k} Main St,90012,Ada,{p.phone},{p.email}\n{p.k:010},,,Bob,{p.phone},\n" for p in made)
    receipt = db.ingest(header + rows)
    db.ingest(header + "".join(f"{p.k:010},{p.k} Main St,90012,Cy,{p.phone},\n" for p in made))
    db.execute(
        "update lead_contacts set verified = true;"
        " update leads set phone_verified = true, email_verified = true, consent = true, consented_at = now();"
        " update leads set campaign_status = 'queued', campaign_id = 1 where campaign_status = 'new';"
        " update leads set campaign_status = 'active' where campaign_status = 'queued' and mak is null;"
        " select give_up_delivery(d, 500, null, 'it failed', 'try again', now()) from deliveries as d"
        " where d.channel = 'email' and d.state = 'pending';"
        " update deliveries set state = 'claimed', attempts = 1, lease_token = gen_random_uuid(), lease_until = now()"
        " where channel = 'phone' and state = 'pending'"
    )
    for p in made:
        p.upload = receipt.upload_id
        p.lead = db.value("select id from leads where street = %s", f"{p.k} Main St")
        p.other = db.value("select id from leads where mak = %s", f"{p.k:010}")
        p.row = db.value("select id from pipeline_dlq where source = 'upload' and payload ->> 'mak' = %s", f"{p.k:010}")
        p.nonce = db.value("select issue_consent_token(%s)", p.lead)
        p.delivery, p.token = db.one(
            "select id, lease_token from deliveries where lead_id = %s and channel = 'phone'", p.lead
        )
        p.dead_delivery = db.value(
            "select id from pipeline_dlq where source = 'delivery' and payload ->> 'lead' = %s", str(p.lead)
        )
    return made


def meet(db: Any, gate: Any, lock: str, callers: list[Any], calls: list[str]) -> list[str | None]:
    """Both calls, with the gate shut until each waits or has ended; the SQLSTATE of each, or None."""
    gate.execute("begin")
    gate.execute(lock)
    working = []
    for caller, call in zip(callers, calls, strict=True):
        working.append(caller.in_background(call))
        while working[-1].is_running() and not db.value("select pg_blocking_pids(%s) <> '{}'", caller.info.backend_pid):
            time.sleep(0.001)
    gate.execute("rollback")
    states = []
    for work in working:
        try:
            work.result()
            states.append(None)
        except psycopg.Error as error:
            states.append(error.sqlstate)
    return states


@pytest.mark.parametrize("one", CALLS)
def test_no_two_functions_wait_for_each_other_in_a_circle(clone, connect, one):
    callers, gate = [connect(), connect()], connect()
    for caller in callers:
        caller.execute("set deadlock_timeout = '50ms'; set lock_timeout = '20s'")
    others = [other for first, other in PAIRS if first == one]
    met = people(clone, len(others) * ROUNDS)
    gates = cycle(GATES.items())  # another three for each pair
    circles = []
    for other in others:
        for turn, (name, lock) in enumerate(islice(gates, ROUNDS)):
            person = met.pop()
            calls = [CALLS[n].format(p=person) for n in ((one, other) if turn % 2 else (other, one))]
            if "40P01" in meet(clone, gate, lock, callers, calls):
                circles.append((one, other, name))

    assert circles == []


def test_each_of_them_does_its_work_on_a_person(clone):
    failed = {}
    for name, person in zip(CALLS, people(clone, len(CALLS)), strict=True):
        try:
            clone.execute(CALLS[name].format(p=person))
        except psycopg.Error as error:
            failed[name] = str(error)

    assert failed == {}
