"""The lists of docs/how-it-works.md are those of the code and the catalog."""

import re
from pathlib import Path

from pgfunnel.loader import code_files
from pgfunnel.paths import SQL

PAGE = (Path(__file__).parents[2] / "docs" / "how-it-works.md").read_text()
FILES = {path.stem: path for path in code_files()}


def code(path):
    """A file without comments and literals, and without its comment on."""
    return re.split(r"^comment on ", re.sub(r"--[^\n]*|'(?:[^']|'')*'", "", path.read_text()), flags=re.MULTILINE)[0]


def table(heading, column=0):
    """The rows of the first table below a heading: the names in a column, by the name in the first."""
    section = PAGE.split(f"{heading}\n", 1)[1]
    rows = re.search(r"^\|---.*\n((?:\|.*\n)+)", section, re.MULTILINE)[1].splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {re.match("`([^`]+)`", row[0])[1]: set(re.findall("`([^`]+)`", row[column])) for row in cells}


def stage(name):
    return FILES[name].relative_to(SQL).parts[0]


def is_view(name):
    return re.search(r"^create (?:or replace |materialized )+view", FILES[name].read_text(), re.MULTILINE) is not None


def test_calls_upward_are_those_of_the_page():
    calls = {}
    for name, path in FILES.items():
        text = code(path)
        for other in set(re.findall(r"\b\w+\b", text)) & FILES.keys():
            called = is_view(other) or re.search(rf"\b{other}\s*\(", text)
            if called and stage(other) > stage(name):
                calls.setdefault(other, set()).add(name)

    assert calls == table("these are all of them ✓:", 1)


def test_the_triggers_are_those_of_the_page_in_firing_order(db):
    fired = db.rows("""
        select t.tgname
          from pg_trigger as t
         where t.tgrelid = 'leads'::regclass
           and not t.tgisinternal
         order by (t.tgtype & 2) = 0, t.tgname -- before, then after; by name
    """)

    assert list(table("## Triggers on leads")) == [row.tgname for row in fired]


def test_the_settings_that_carry_state_are_those_of_the_page():
    used = set()
    for path in FILES.values():
        text = re.sub(r"--[^\n]*", "", path.read_text())
        used |= set(re.findall(r"(?:set_config|current_setting)\(\s*'(pgfunnel\.\w+|application_name)'", text))

    assert used == set(table("## Settings that carry state"))


def test_the_locks_are_those_of_the_page():
    takers = {}
    for name, path in FILES.items():
        for lock in re.findall(r"(?:hold|try)_lock\((?:format\()?'(\w+)", re.sub(r"--[^\n]*", "", path.read_text())):
            takers.setdefault(lock, set()).add(name)

    page = {re.match(r"\w+", lock)[0]: names for lock, names in table("any login could take it. ✓", 1).items()}
    assert page == takers


def test_nothing_that_the_page_names_is_gone(db):
    known = db.rows("""
        select relname from pg_class union select proname from pg_proc
        union select attname from pg_attribute union select tgname from pg_trigger
    """)
    named = set(re.findall(r"`([a-z0-9]+_[a-z0-9_]+)(?:\([^`]*\))?`", PAGE))

    assert named - {row[0] for row in known} == {"p_now", "pg_temp"}
