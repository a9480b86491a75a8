import json


def merged(db, old, fields, phones=(), emails=()):
    contacts = [{"channel": "phone", "value": value} for value in phones]
    contacts += [{"channel": "email", "value": value} for value in emails]
    return db.value(
        "select merged_document(nullif(%s::jsonb, 'null'), %s::jsonb, %s::jsonb)",
        *map(json.dumps, (old, fields, contacts)),
    )


def test_newer_fields_win_and_the_others_stay(db):
    old = {"first_name": "Ada", "notes": "old", "phones": [], "emails": []}

    assert merged(db, old, {"notes": "new"}) == {"first_name": "Ada", "notes": "new", "phones": [], "emails": []}


def test_new_contacts_follow_the_old_ones_which_keep_their_places(db):
    old = {"phones": ["+12135550100", "+12135550101"], "emails": ["a@example.com"]}

    document = merged(db, old, {}, ["+12135550101", "+12135550102"], ["b@example.com", "a@example.com"])

    assert document["phones"] == ["+12135550100", "+12135550101", "+12135550102"]
    assert document["emails"] == ["a@example.com", "b@example.com"]


def test_a_lead_without_a_document_gets_one(db):
    assert merged(db, None, {"first_name": "Ada"}, ["+12135550100"]) == {
        "first_name": "Ada",
        "phones": ["+12135550100"],
        "emails": [],
    }
