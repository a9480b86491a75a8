"""What a file too large for one value costs: python bench/large.py --rows 1000000

The file is a vendor's, as tests/data/leadgen.py makes it; psql copies it in as docs/large-files.md says. Once a quarter
of it and once all of it: seconds a row must not grow, nor the backend's memory, of which what it shares is left out.
A file is staged 4 MB at a time (settings.copy_part_bytes): a quarter below that shows nothing of the memory.
Uses the server at DATABASE_URL, if it is on this machine, in a schema of its own that it removes, else an embedded one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from common import installed

from pgfunnel.server import environment, find_binaries

GENERATOR = Path(__file__).resolve().parent.parent / "tests" / "data" / "leadgen.py"
SCHEMA = "bench_large"


def vendor_file(path: Path, rows: int, start: int) -> None:
    command = [
        sys.executable,
        GENERATOR,
        "--rows",
        str(rows),
        "--start",
        str(start),
        "--seed",
        "7",
        "--format",
        "melissa",
    ]
    with path.open("wb") as out:
        subprocess.run(command, stdout=out, check=True)


class Watch:
    """The largest private memory of a process, in MB, looked at all the time."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.done = pid, 0.0, threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self) -> None:
        while not self.done.wait(0.1):
            text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
            self.peak = max(
                self.peak, sum(int(line.split()[1]) for line in text.splitlines() if "Private" in line) / 1024
            )

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()


class Psql:
    """One session of psql that is told one thing after the other."""

    def __init__(self, url: str) -> None:
        binaries = find_binaries()
        environ = {**environment(binaries), "PGOPTIONS": f"-c search_path={SCHEMA},public"}
        command = [binaries / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", url]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ)

    def tell(self, *lines: str) -> str:
        """Answers with what the last line gives."""
        assert self.process.stdin is not None and self.process.stdout is not None
        print(*lines, "\\echo", sep="\n", file=self.process.stdin, flush=True)
        answer = ""
        while (line := self.process.stdout.readline()) != "\n":
            if not line:
                raise SystemExit("psql ended")
            answer = line.strip()
        return answer


def measure(url: str, path: Path) -> tuple[dict[str, float], dict[str, float], str]:
    """Seconds and megabytes of each step, and the receipt."""
    psql = Psql(url)
    pid = int(psql.tell("select pg_backend_pid();"))
    upload = psql.tell(f"select begin_upload('bench', '{path.name}');")
    steps = {
        "copy": f"\\copy upload_file from program 'base64 -w 65536 {path}'",
        "finish": f"select finish_upload('{upload}');",
    }
    seconds, memory, answer = {}, {}, ""
    for name, step in steps.items():
        started = time.perf_counter()
        with Watch(pid) as watch:
            answer = psql.tell(step)
        seconds[name], memory[name] = time.perf_counter() - started, watch.peak
    psql.process.communicate()
    return seconds, memory, answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    options = parser.parse_args()
    sizes = (options.rows // 4, options.rows)

    with installed(SCHEMA) as connection, tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or connection.info.dsn
        version = connection.info.parameter_status("server_version")
        runs = []
        for rows, start in zip(sizes, (0, sizes[0]), strict=True):
            path = Path(folder, f"{rows}.csv")
            vendor_file(path, rows, start)
            print(f"PostgreSQL {version}, {rows:,} rows, {path.stat().st_size / 1e6:.1f} MB")
            runs.append(measure(url, path))
            print(f"  {runs[-1][2]}")
            for step, taken in runs[-1][0].items():
                print(f"  {step:<8}{taken:8.1f} s {rows / taken:9,.0f} rows/s {runs[-1][1][step]:7.0f} MB")

    (quarter_time, quarter_memory, _), (whole_time, whole_memory, _) = runs
    print(f"{options.rows:,} rows against {sizes[0]:,}: a row takes, and the backend holds")
    for step in whole_time:
        by_row = whole_time[step] / options.rows / (quarter_time[step] / sizes[0])
        print(f"  {step:<8}{by_row:7.2f} × {whole_memory[step] / quarter_memory[step]:7.2f} ×")


if __name__ == "__main__":
    main()
