"""Everybody locks in one order: no two functions that write, called at once about one person, end in a deadlock.

Each round has a person of its own and two calls, each in a transaction of its own. Mostly a third connection holds a
gate, a row that both calls need, until each of them waits or has ended: so they meet in the middle of their work, and
the one that began first goes on first. In the other rounds both begin together. An error of ours is an answer too, for
example that the lead was erased meanwhile.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg

CALLS = {
    "opt_out": "select opt_out('phone', %(phone)s, 'asked', 'test')",
    "withdraw_consent": "select withdraw_consent(%(lead)s, 'letter')",
    "redeem_consent_token": "select redeem_consent_token(%(nonce)s, 'web_form', '{}')",
    "issue_consent_token": "select issue_consent_token(%(lead)s)",
    "record_verification": "select record_verification(%(lead)s, 'phone', 'generic', '{UNDELIVERABLE}')",
    "reverify_leads": "select reverify_leads(100)",
    "ingest_csv": "select ingest_csv('test', convert_to(%(file)s, 'UTF8'))",
    "revert_upload": "select revert_upload(%(upload)s)",
    "forget_lead": "select forget_lead(%(lead)s, 'request')",
    "redrive_dlq of a reply": "select redrive_dlq(%(reply_letter)s)",
    "redrive_dlq of a call": "select redrive_dlq(%(call_letter)s)",
    "redrive_dlq of a bounce": "select redrive_dlq(%(bounce_letter)s)",
    "redrive_dlq of a delivery": "select redrive_dlq(%(delivery_letter)s)",
    "decide_row": "select decide_row(%(row_letter)s, 'merge', %(lead)s)",
    "correct_row": 'select correct_row(%(row_letter)s, \'{"apn": null, "county_fips": null}\')',
    "discard_dlq": "select discard_dlq(%(reply_letter)s, 'done')",
    "finish_delivery": "select finish_delivery(%(phone_delivery)s, %(token)s, 422)",
    "claim_deliveries": "select claim_deliveries('email', 1)",
    "feed_campaign": "select feed_campaign()",
    "queue_leads": "select queue_leads()",
    "record_reply with STOP": "select record_reply('phone', %(phone)s, 'STOP', 'stop ' || %(lead)s)",
    "record_reply": "select record_reply('phone', %(phone)s, 'Call me', 'reply ' || %(lead)s)",
    "record_call": "select record_call('call ' || %(lead)s::text, %(lead)s, %(bad_number)s, 1, %(lead)s::text)",
    "record_bounce": "select record_bounce('email', %(email)s, true, 'bounce ' || %(lead)s)",
    "record_booking": "select record_booking(%(lead)s, clock_timestamp(), %(lead)s::text)",
    "run_due_jobs": "call run_due_jobs()",
    "purge_expired": "select purge_expired()",
}

# what a call needs before its round; what this returns is of the person
LETTER = "select add_dead_letter({}, 'test', null, {}) as {}"
REPLY = LETTER.format(
    "'reply', '{\"channel\": \"phone\"}'", "jsonb_build_object('from', %(phone)s::text, 'body', 'STOP')", "reply_letter"
)
BEFORE = {
    "reverify_leads": """
        with test as (
          update lead_contacts set verification_provider = 'melissa', verification_codes = '{TEST}'
           where lead_id = %(lead)s
        )
        update verification_code_map
           set is_verified = not is_verified,
               effect = (case when is_verified then 'reject' else 'verify' end)::code_effect
         where code = 'TEST'
    """,
    "claim_deliveries": "update deliveries set not_before = now() where lead_id = %(lead)s and channel = 'email'",
    "run_due_jobs": "delete from job_runs",
    "queue_leads": "update leads set phone_verified = true where id = %(lead)s",
    "feed_campaign": "update leads set campaign_status = 'queued', campaign_id = 1 where id = %(lead)s",
    "revert_upload": "select upload_id as upload from ingest_csv('test', convert_to(%(file)s || ' ', 'UTF8'))",
    "redrive_dlq of a reply": REPLY,
    "discard_dlq": REPLY,
    "redrive_dlq of a bounce": LETTER.format(
        '\'bounce\', \'{"channel": "email", "hard": true}\'',
        "jsonb_build_object('value', %(email)s::text)",
        "bounce_letter",
    ),
    "redrive_dlq of a call": LETTER.format(
        "'call', jsonb_build_object('lead', %(lead)s::uuid, 'call', %(phone)s::text, 'reason', %(bad_number)s::text)",
        "null",
        "call_letter",
    ),
    "redrive_dlq of a delivery": """
        with dead as (
          insert into deliveries
            (lead_id, campaign_id, channel, sequence_step, state, not_before, created_at, finished_at)
          values (%(lead)s, 1, 'email', 2, 'dead', now(), now(), now())
          returning id
        )
        select add_dead_letter('delivery', jsonb_build_object('delivery', d.id), 'test', null) as delivery_letter
          from dead as d
    """,
}
NEW = {"feed_campaign", "queue_leads"}  # they need a person who was not fed yet

GATES = {
    "leads": "select from leads where id = %(lead)s for update",
    "dead letters": "select from pipeline_dlq where id in (%(reply_letter)s, %(row_letter)s) for update",
    "deliveries": "select from deliveries where lead_id = %(lead)s for update",
    "merges": "select from locks where name = 'merge' for update",
    "campaigns": "select from campaigns for update",
    "consents": "lock table consents",
}
QUICK = [("leads", False), ("leads", True), (None, False)]
THOROUGH = [(gate, swapped) for gate in [*GATES, None, None, None, None] for swapped in (False, True)]
ROUNDS = THOROUGH if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else QUICK


def test_no_two_calls_about_one_person_lock_in_a_circle(clone, connect):
    pairs = list(itertools.combinations_with_replacement(CALLS, 2))
    people = make_people(clone, [set(pair) for pair in pairs for _ in ROUNDS])
    callers = [connect(), connect()]
    for caller in callers:
        caller.execute("set deadlock_timeout = '50ms'")
        caller.execute("set lock_timeout = '20s'")
    gate, observer = connect(), connect()
    ended: Counter[tuple[str, str]] = Counter()

    with ThreadPoolExecutor(2) as pool:
        for pair, (held, swapped) in itertools.product(pairs, ROUNDS):
            person = next(people)
            for name in sorted(set(pair) & set(BEFORE)):
                prepared = clone.execute(BEFORE[name], person)
                person |= prepared.fetchone()._asdict() if prepared.description else {}
            names = pair[::-1] if swapped else pair
            for name, outcome in meet(pool, callers, gate, observer, names, person, held):
                ended[name, outcome] += 1

    assert {outcome for _, outcome in ended} <= {"done"} | {o for _, o in ended if o.startswith("PF")}, ended
    assert {name for name, outcome in ended if outcome == "done"} == set(CALLS)


def meet(pool, callers, gate, observer, names, person, held):
    """Both calls at once; when all is over, each with how it ended: done, or the code of its error."""
    together = threading.Barrier(2 if held is None else 1)

    def call(connection, name) -> str:
        together.wait()
        try:
            connection.execute(CALLS[name], person)
        except psycopg.Error as error:
            if error.sqlstate == "40P01":
                raise AssertionError(f"{' and '.join(names)} lock in a circle: {error.diag.message_detail}") from error
            return error.sqlstate
        return "done"

    begun: list[Future[str]] = []
    with gate.transaction():
        if held:
            gate.execute(GATES[held], person)
        for caller, name in zip(callers, names, strict=True):
            begun.append(pool.submit(call, caller, name))
            while held and not begun[-1].done():
                if observer.value("select pg_blocking_pids(%s) <> '{}'", caller.info.backend_pid):
                    break
    return [(name, future.result()) for name, future in zip(names, begun, strict=True)]


def make_people(db, calls):
    """A person for each round's calls: a lead with phone, e-mail and consent, active and with its deliveries open
    if it is not to be new; where a row is to be decided, its dead letter, with the person's MAK and another lead's
    parcel."""
    are_new = [bool(names & NEW) for names in calls]
    db.execute(
        "update campaigns set daily_cap = 1000000, feed_at = '00:00', catch_up_until = '23:59:59',"
        " feed_days = '{1,2,3,4,5,6,7}', skip_holidays = false, max_attempts = 5"
    )
    db.execute(
        "update jobs set run_at = '00:00', catch_up_until = '23:59:59', days = '{1,2,3,4,5,6,7}' where not per_campaign"
    )
    db.execute("update settings set value = '0 s' where key in ('keep_events', 'keep_dead_letters', 'keep_reveals')")
    db.execute(
        "insert into verification_code_map (provider, channel, code, is_verified, effect, meaning)"
        " select 'melissa', c.channel, 'TEST', true, 'verify', 'a test'"
        " from unnest(array['phone', 'email']) as c (channel)"
    )
    header = "mak,fips,apn,first name,last name,phone 1,email 1\n"
    contacts = [f"Ada,Person{n},{2136000000 + n},p{n}@example.com\n" for n in range(1, len(calls) + 1)]
    torn = [n for n, names in enumerate(calls, 1) if names & {"decide_row", "correct_row"}]
    db.ingest(header + "".join(f"{n:010d},,,{text}" for n, text in enumerate(contacts, 1)))
    db.ingest(header + "".join(f",06037,{n},,,,\n" for n in torn))
    db.ingest(header + "".join(f"{n:010d},06037,{n},{contacts[n - 1]}" for n in torn))
    db.execute("update lead_contacts set verified = true")
    db.execute(
        """
        update leads
           set phone_verified = not n.is_new,
               consent = true,
               consented_at = now(),
               consent_method = 'web_form',
               campaign_id = case when not n.is_new then 1 end,
               campaign_status = (case when n.is_new then 'new' else 'queued' end)::campaign_status
          from unnest(%s::bool[]) with ordinality as n (is_new, number)
         where mak = lpad(n.number::text, 10, '0')
        """,
        (are_new,),
    )
    db.execute("update leads set campaign_status = 'active' where campaign_status = 'queued'")
    db.execute("update deliveries set not_before = 'infinity', attempts = 1")
    db.execute(
        "update deliveries set state = 'claimed', lease_token = gen_random_uuid(), lease_until = 'infinity'"
        " where channel = 'phone'"
    )
    people = db.rows("""
        select l.mak, l.id as lead,
               lead_pii(l.id) -> 'phones' ->> 0 as phone, lead_pii(l.id) -> 'emails' ->> 0 as email,
               issue_consent_token(l.id) as nonce, q.id as row_letter, d.id as phone_delivery, d.lease_token as token,
               format(e'mak,last name,phone 1\n%s,After,%s', l.mak, lead_pii(l.id) -> 'phones' ->> 0) as file,
               'call.start.error-vapi-number-international' as bad_number, null::bigint as reply_letter
          from leads as l
          left join pipeline_dlq as q on q.payload ->> 'mak' = l.mak
          left join deliveries as d on d.lead_id = l.id and d.channel = 'phone'
         where l.mak is not null
         order by l.mak
    """)
    db.execute("analyze")
    assert len(people) == len(calls)
    return (person._asdict() for person in people)
