"""docs/large-files.md, as it stands there: through psql and through the driver."""

import base64
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pgfunnel.server import environment, find_binaries

GUIDE = (Path(__file__).parents[3] / "docs" / "large-files.md").read_text()
PSQL = next((p for p in [*find_binaries().glob("psql"), shutil.which("psql")] if p), None)
# what COPY of the lines themselves would stumble over
CONTENT = (
    b'MAK,First Name,Notes\r\n0000000001,Zo\xeb,"mixed\nline ends"\r\n\\.\r\n0000000002,\\N,\x01\x02\r\n'
    + b"".join(b"%010d,Ada,\r\n" % number for number in range(3, 400))
)


def examples(language):
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "big.csv").write_bytes(CONTENT)
    return tmp_path


@pytest.fixture
def run(clone, folder):
    """``run(command, input)``: a program with psql on its path and the clone as its database."""
    if PSQL is None:
        pytest.skip("there is no psql beside the server, nor on the path")
    info = clone.info
    environ = environment(Path(PSQL).parent) | {
        "PATH": f"{Path(PSQL).parent}:{os.environ['PATH']}",
        "PGHOST": info.host,
        "PGPORT": str(info.port),
        "PGUSER": info.user,
        "PGPASSWORD": info.password,
        "PGDATABASE": info.dbname,
        "PGOPTIONS": "-c search_path=funnel,public -c role=pipeline_writer",
    }

    def execute(*command, text=None):
        done = subprocess.run(command, input=text, capture_output=True, text=True, env=environ, cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return execute


def merged_as_one_value(clone):
    """Whether the only upload is what ingest_csv makes of the same bytes."""
    found = clone.one("select rows_read, rows_new, rows_rejected, bytes, unknown_columns from uploads")
    letters = clone.rows("select line_number, reason from pipeline_dlq")
    with clone.undone():
        clone.execute("truncate uploads, leads cascade")
        clone.ingest(CONTENT)
        assert found == clone.one("select rows_read, rows_new, rows_rejected, bytes, unknown_columns from uploads")
        assert letters == clone.rows("select line_number, reason from pipeline_dlq")
    return found.rows_new == 399


def test_the_three_commands_take_a_file_in(clone, run):
    assert "The file is merged." in run("psql", "-X", text=examples("psql")[0])

    assert merged_as_one_value(clone)


def test_a_file_goes_in_parts(clone, run):
    assert "The file is merged." in run("sh", "-c", examples("sh")[0].replace("64M", "1000"))

    assert merged_as_one_value(clone)


def test_an_upload_goes_on_where_it_stopped(clone, run, new_copier):
    upload = new_copier(clone).begin().copy(CONTENT[:2000]).upload

    assert "The file is merged." in run("psql", "-X", text=examples("psql")[1].replace("ID", str(upload)))

    assert merged_as_one_value(clone)


def test_a_driver_takes_it_in(clone, connect, folder, monkeypatch):
    monkeypatch.chdir(folder)

    exec(examples("python")[0], {"connection": connect("pipeline_writer"), "base64": base64})

    assert merged_as_one_value(clone)


def test_psql_shows_why_a_file_is_refused(clone, run, folder):
    (folder / "big.csv").write_text("colour\nred\n")

    with pytest.raises(AssertionError, match="the file is refused: no column of the file is known"):
        run("psql", "-X", text=examples("psql")[0])

    assert clone.one("select status, outcome from uploads") == ("refused", "unknown_header")


def test_there_is_nothing_to_read_in_it(db):
    assert db.rows("select * from upload_file") == []
