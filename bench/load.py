"""Rows a second into PostgreSQL beside pandas.to_sql, and memory, from one run over the same facts.

usage: python bench/load.py OUT [--facts 1000000] [--pandas 100000] [--to postgresql://...]

OUT is a folder that `newsfacts run` wrote; its facts are copied under distinct ids until there are enough.
Without --to the server programs of PostgreSQL are started on a free port in a temporary folder. pandas
gets its usual path (read_json, to_sql) on a sample, because it needs minutes and all rows in memory for more;
its rate is per row and does not depend on their number. Both write into an empty database of the same server.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import json
import os
import pwd
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REFERENCES = ("id", "time", "place", "same_as")


def main() -> None:
    """Prints one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--pandas", type=int, default=100_000)
    parser.add_argument("--to", help="an empty PostgreSQL database")
    parser.add_argument("--step", choices=["load", "pandas"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(_load(given) if given.step == "load" else _pandas(given)))
    else:
        with tempfile.TemporaryDirectory(prefix="newsfacts-load-") as folder:
            _measure(given, Path(folder))


def _measure(given: argparse.Namespace, folder: Path) -> None:
    facts = folder / "facts.jsonl"
    _multiply(given.out / "facts.jsonl", facts, given.facts)
    with _server(folder / "server") if given.to is None else _given(given.to) as (url, postmaster):
        ours = _step(postmaster, "load", facts, url)
        again = _step(postmaster, "load", facts, url)
        theirs = _step(postmaster, "pandas", facts, url, "--pandas", str(given.pandas))
    rate, peer = given.facts / ours["seconds"], given.pandas / theirs["seconds"]
    writing = given.pandas / theirs["to_sql"]
    print(f"newsfacts load: {given.facts:,} facts, {rate:,.0f} rows/s, {ours['rss']} MiB resident at most")
    print(f"again, nothing changed: {given.facts / again['seconds']:,.0f} rows/s, {again['rss']} MiB")
    print(
        f"pandas read_json + to_sql: {given.pandas:,} facts, {peer:,.0f} rows/s"
        f" (to_sql alone {writing:,.0f}), {theirs['rss']} MiB"
    )
    if given.to is None:
        cost, peer_cost = ours["cpu"] / given.facts * 1e6, theirs["cpu"] / given.pandas * 1e6
        print(
            f"CPU of client and server: {cost:.0f} against {peer_cost:.0f} µs a fact: {peer_cost / cost:.1f}"
        )
    print(f"ratio {rate / peer:.1f} from file to table; {rate / writing:.1f} against to_sql alone")


def _multiply(source: Path, target: Path, count: int) -> None:
    facts = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    with target.open("w", encoding="utf-8") as file:
        for number in range(count):
            copy, which = divmod(number, len(facts))
            fact = dict(facts[which])
            for name in REFERENCES:
                if fact.get(name):
                    fact[name] = hashlib.sha256(f"{copy} {fact[name]}".encode()).hexdigest()[:16]
            # The last copy may end before the fact that is referred to.
            if count - number <= len(facts):
                fact |= {name: None for name in REFERENCES[1:] if name in fact}
            fact["doc_id"] = f"{copy:06}-{fact['doc_id']}"
            file.write(json.dumps(fact, ensure_ascii=False, separators=(",", ":")) + "\n")


def _step(postmaster: int | None, name: str, facts: Path, url: str, *more: str) -> dict[str, Any]:
    """Each measurement in a process of its own, for its memory."""
    command = [sys.executable, __file__, ".", "--step", name, "--file", str(facts), "--to", url, *more]
    before = _server_cpu(postmaster)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    time.sleep(1)  # until the server has buried its process
    result: dict[str, Any] = json.loads(done.stdout)
    result["cpu"] += _server_cpu(postmaster) - before
    return result


def _server_cpu(postmaster: int | None) -> float:
    """CPU seconds of the server's processes that have ended, which no neighbour on the machine changes."""
    if postmaster is None:
        return 0
    fields = Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _load(given: argparse.Namespace) -> dict[str, float]:
    from extract.sinks import load

    start = time.perf_counter()
    load(given.file, given.to)
    return {"seconds": time.perf_counter() - start, "rss": _resident(), "cpu": time.process_time()}


def _pandas(given: argparse.Namespace) -> dict[str, float]:
    import pandas as pd
    import sqlalchemy as sa

    start = time.perf_counter()
    frame = pd.read_json(given.file, lines=True, nrows=given.pandas, dtype=False)
    # What to_sql cannot write: an object in a cell.
    frame["change"] = frame["change"].map(
        lambda told: None if told is None or told != told else json.dumps(told)
    )
    read = time.perf_counter()
    engine = sa.create_engine(sa.make_url(given.to).set(drivername="postgresql+psycopg"))
    frame.to_sql("pandas_facts", engine, index=False)
    end = time.perf_counter()
    return {"seconds": end - start, "to_sql": end - read, "rss": _resident(), "cpu": time.process_time()}


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def _given(url: str) -> Iterator[tuple[str, None]]:
    yield url, None


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, int]]:
    """A PostgreSQL server (address, process) with its default settings, as another user where we are root."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    folder.mkdir()
    as_user: dict[str, Any] = {}
    if getpass.getuser() == "root":
        owner = pwd.getpwnam("postgres")
        folder.parent.chmod(0o711)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": folder, "check": True, **as_user}
    data = ("-D", str(folder / "data"))
    subprocess.run([programs / "initdb", *data, "-A", "trust", "-U", "bench", "-E", "UTF8"], **quiet)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    subprocess.run([programs / "pg_ctl", *data, "-w", "-l", folder / "log", "-o", options, "start"], **quiet)
    try:
        postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        yield f"postgresql://bench@127.0.0.1:{port}/postgres", postmaster
    finally:
        subprocess.run([programs / "pg_ctl", *data, "-w", "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
