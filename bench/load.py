"""Rows a second into a database beside pandas.to_sql, memory and processor time, over the same facts.

usage: python bench/load.py OUT [--facts 1000000] [--pandas 100000] [--rounds 2] [--into postgresql]

OUT is a folder that `newsfacts run` wrote; its facts are copied under distinct ids until there are enough.
The programs of PostgreSQL are started on a free port in a temporary folder, with their default settings. In
every round newsfacts loads into an empty database, then the same again, then pandas does (read_json, to_sql;
first as it is, then a tenth of it with method="multi") on a sample, because it needs minutes and all rows in
memory for more; its rate is per row and does not depend on their number. --into sqlite or duckdb measures
newsfacts alone.
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
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--into", choices=["postgresql", "sqlite", "duckdb"], default="postgresql")
    parser.add_argument("--step", choices=["load", "pandas", "multi"], help=argparse.SUPPRESS)
    parser.add_argument("--to", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(_load(given) if given.step == "load" else _pandas(given)))
        return
    with tempfile.TemporaryDirectory(prefix="newsfacts-load-") as folder:
        facts = Path(folder, "facts.jsonl")
        _multiply(given.out / "facts.jsonl", facts, given.facts)
        if given.into == "postgresql":
            _beside_pandas(given, facts, Path(folder))
        else:
            _alone(given, facts, Path(folder))


def _alone(given: argparse.Namespace, facts: Path, folder: Path) -> None:
    for number in range(given.rounds):
        url = f"{given.into}:///{folder}/facts{number}.db"
        for what in ("newsfacts load", "again, nothing changed"):
            _tell(what, given.facts, _step(None, "load", facts, url))
        print(f"{Path(folder, f'facts{number}.db').stat().st_size / 1e6:,.0f} MB")


def _beside_pandas(given: argparse.Namespace, facts: Path, folder: Path) -> None:
    samples = {"pandas": given.pandas, "multi": given.pandas // 10}
    with _server(folder / "server") as (url, postmaster):
        for number in range(given.rounds):
            fresh = _new_database(url, f"round{number}")
            ours = _tell("newsfacts load", given.facts, _step(postmaster, "load", facts, fresh))
            _tell("again, nothing changed", given.facts, _step(postmaster, "load", facts, fresh))
            for step, count in samples.items():
                name = 'to_sql(method="multi")' if step == "multi" else "to_sql"
                theirs = _step(postmaster, step, facts, fresh, "--pandas", str(count))
                rate = _tell(f"pandas read_json + {name}", count, theirs)
                alone = count / theirs["to_sql"]
                print(f"  {name} alone {alone:,.0f} rows/s: {ours / rate:.1f} and {ours / alone:.1f} times")


def _tell(what: str, facts: int, measured: dict[str, Any]) -> float:
    rate: float
    rate, cost = facts / measured["seconds"], measured["cpu"] / facts * 1e6
    print(
        f"{what}: {facts:,} facts, {rate:,.0f} rows/s, {cost:.1f} µs of processor time a fact,"
        f" {measured['rss']} MiB",
        flush=True,
    )
    return rate


def _new_database(url: str, name: str) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


def _multiply(source: Path, target: Path, count: int) -> None:
    facts = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    with target.open("w", encoding="utf-8") as file:
        for number in range(count):
            copy, which = divmod(number, len(facts))
            fact = dict(facts[which])
            for name in REFERENCES:
                if fact.get(name):
                    fact[name] = hashlib.sha256(f"{copy} {fact[name]}".encode()).hexdigest()[:32]
            # The last copy may end before the fact that is referred to.
            if count - number <= len(facts):
                fact |= {name: None for name in REFERENCES[1:] if name in fact}
            fact["doc_id"] = f"{copy:06}-{fact['doc_id']}"
            file.write(json.dumps(fact, ensure_ascii=False, separators=(",", ":")) + "\n")


def _step(postmaster: int | None, name: str, facts: Path, url: str, *more: str) -> dict[str, Any]:
    """Each measurement in a process of its own, for its memory."""
    command = [sys.executable, __file__, str(facts), "--step", name, "--to", url, *more]
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
    from newsfacts.sinks import load

    start = time.perf_counter()
    load(given.out, given.to)
    return {"seconds": time.perf_counter() - start, "rss": _resident(), "cpu": time.process_time()}


def _pandas(given: argparse.Namespace) -> dict[str, float]:
    import pandas as pd
    import sqlalchemy as sa

    start = time.perf_counter()
    frame = pd.read_json(given.out, lines=True, nrows=given.pandas, dtype=False)
    # What to_sql cannot write: an object in a cell.
    frame["change"] = frame["change"].map(
        lambda told: None if told is None or told != told else json.dumps(told)
    )
    read = time.perf_counter()
    engine = sa.create_engine(sa.make_url(given.to).set(drivername="postgresql+psycopg"))
    # A statement of PostgreSQL takes 65,535 parameters at most.
    several: dict[str, Any] = {"method": "multi", "chunksize": 65_535 // len(frame.columns)}
    frame.to_sql(f"{given.step}_facts", engine, index=False, **(several if given.step == "multi" else {}))
    end = time.perf_counter()
    return {"seconds": end - start, "to_sql": end - read, "rss": _resident(), "cpu": time.process_time()}


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


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
