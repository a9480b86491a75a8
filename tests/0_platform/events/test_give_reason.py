import re
from pathlib import Path

SQL = Path(__file__).parents[3] / "sql"


def test_it_stands_for_this_transaction(db):
    with db.undone():
        db.execute("select give_reason('a test')")
        assert db.value("select current_setting('pgfunnel.why')") == "a test"

    assert not db.value("select current_setting('pgfunnel.why', true)")


def test_every_function_that_moves_leads_gives_one():
    texts = {path.name: path.read_text() for path in SQL.rglob("*.sql")}

    movers = {name for name, text in texts.items() if re.search(r"update leads\b[^;]*\bcampaign_status = [^;]*;", text)}
    silent = {name for name in movers if "give_reason(" not in texts[name]}

    assert len(movers) > 5
    assert not silent
