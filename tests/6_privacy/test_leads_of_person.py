HEADER = "Address,Zip,First Name,Last Name,Full Name,Phone 1\n"


def by_street(db):
    return {row.street: row.id for row in db.rows("select street, id from leads")}


def test_a_person_is_a_name_with_a_contact_in_common(db):
    db.ingest(
        HEADER
        + "12 Main St,90012,Ada,Lead,,2015550100\n"
        + "14 Main St,90012,,,ADA LEAD,2015550100\n"
        + "16 Main St,90012,Bob,Lead,,2015550100\n"
        + "18 Main St,90012,Ada,Lead,,2015550101\n"
    )
    lead = by_street(db)

    person = db.value("select leads_of_person(%s)", lead["12 Main St"])

    assert set(person) == {lead["12 Main St"], lead["14 Main St"]}


def test_a_lead_without_a_name_stands_for_itself(db):
    db.ingest(HEADER + "12 Main St,90012,,,,2015550100\n14 Main St,90012,,,,2015550100\n")
    lead = by_street(db)

    assert db.value("select leads_of_person(%s)", lead["12 Main St"]) == [lead["12 Main St"]]
