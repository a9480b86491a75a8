import pytest
from psycopg.types.json import Jsonb


def test_a_service_puts_aside_what_it_could_not_do(db, letter):
    with db.acting_as("pipeline_writer"):
        id = db.value(
            "select send_to_dlq('enrich', '{\"lead\": 7}', 'the vendor answered 422', 'renew the key',"
            ' \'{"name": "Adalovelace"}\')'
        )

    kept = letter(id)
    assert (kept.source, kept.payload, kept.reason, kept.hint) == (
        "enrich", {"lead": 7}, "the vendor answered 422", "renew the key",
    )  # fmt: skip
    assert b"Adalovelace" not in kept.sealed
    event = db.one("select * from pipeline_events where stage = 'dlq'")
    assert (event.source, event.detail) == ("enrich", {"letter": id, "outcome": "waiting"})


def test_a_contact_in_the_reason_is_masked(db, letter):
    id = db.value("select send_to_dlq('call', '{}', 'no answer from +12135550123', 'ask ada@example.com')")

    assert (letter(id).reason, letter(id).hint) == ("no answer from …", "ask …")


@pytest.mark.parametrize(
    ("payload", "in_clear", "sealed"),
    [
        ({"to": "ada@example.com"}, {"to": "…"}, {"name": "Ada", "payload": {"to": "ada@example.com"}}),
        ({"lead": 7}, {"lead": 7}, {"name": "Ada"}),
    ],
)
def test_a_payload_that_had_to_be_masked_is_sealed_as_it_came(db, letter, payload, in_clear, sealed):
    id = db.value("select send_to_dlq('call', %s, 'no answer', null, '{\"name\": \"Ada\"}')", Jsonb(payload))

    assert letter(id).payload == in_clear
    assert db.value("select dead_letter_content(q) from pipeline_dlq as q where id = %s", id) == sealed


@pytest.mark.parametrize("arguments", ["null, '{}', 'x'", "' ', '{}', 'x'", "'x', '{}', null", "'x', '{}', ''"])
def test_source_and_reason_are_needed(db, arguments):
    with db.refused("PF109"):
        db.execute(f"select send_to_dlq({arguments})")
