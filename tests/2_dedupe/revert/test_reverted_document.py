from psycopg.types.json import Jsonb

DOCUMENT = {"first_name": "Ada", "last_name": "New", "phones": ["1", "2", "3"], "emails": ["a"]}


def test_fields_go_back_and_contacts_go(db):
    found = db.value(
        "select reverted_document(%s, %s, %s, %s)",
        Jsonb(DOCUMENT), Jsonb({"first_name": None, "last_name": "Old"}), ["2"], ["a"],
    )  # fmt: skip

    assert found == {"last_name": "Old", "phones": ["1", "3"], "emails": []}


def test_nothing_to_take_out_leaves_the_document_as_it_is(db):
    assert db.value("select reverted_document(%s, '{}', null, null)", Jsonb(DOCUMENT)) == DOCUMENT
