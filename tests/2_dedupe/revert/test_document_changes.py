from psycopg.types.json import Jsonb


def changes(db, before, after):
    return sorted(
        db.rows("select name, item, before, after from document_changes(%s, %s)", Jsonb(before), Jsonb(after))
    )


def test_other_values_of_fields_and_added_contacts_are_changes(db):
    before = {"first_name": "Ada", "last_name": "Old", "phones": ["+12135550100"], "emails": []}
    after = before | {"last_name": "New", "other.X": "1", "phones": ["+12135550100", "+12135550101"]}

    assert changes(db, before, after) == [
        ("last_name", None, "Old", "New"), ("other.X", None, None, "1"), ("phones", "+12135550101", None, None),
    ]  # fmt: skip


def test_a_document_without_lists_has_none_of_their_items(db):
    assert changes(db, {}, {"emails": ["ada@example.com"]}) == [("emails", "ada@example.com", None, None)]
    assert changes(db, {}, {}) == []
