"""opt_out_phrases: the owner's alone."""


def test_no_role_reads_or_writes_it(db):
    for role in ("pipeline_writer", "pipeline_broker", "pipeline_reader"):
        for statement in ("select from opt_out_phrases", "delete from opt_out_phrases"):
            with db.refused("42501"), db.acting_as(role):
                db.execute(statement)
