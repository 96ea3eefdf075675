"""Batch runs measured on real articles: memory, workers, kills.

    python bench/runs.py memory ARTICLES.jsonl --documents 50000 --characters 250
    python bench/runs.py workers ARTICLES.jsonl --documents 240
    python bench/runs.py kills ARTICLES.jsonl --documents 60 --kills 50

ARTICLES.jsonl has one article a line (id, title, text). It is repeated, each time with new ids and a word
of its own in every text, until there are enough.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from newsfacts.batch import PipelineLoader, WorkerProcesses, run_shards
from newsfacts.model import Document
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

FILES = ("facts.jsonl", "documents.jsonl", "errors.jsonl")


def articles(path: Path, count: int, characters: int) -> Iterator[dict[str, str]]:
    """`count` articles of at most so many characters, with ids and words of their own."""
    with path.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    for number, record in enumerate(islice(cycle(records), count)):
        word = hashlib.sha256(str(number).encode()).hexdigest()[:8]
        text = f"{beginning(record['text'], characters)}\n\nThe report is known as x{word}."
        yield {"id": f"{record['id']}-{number}", "title": record["title"], "text": text}


def beginning(text: str, characters: int) -> str:
    """The first sentences of a text, at most so many characters; part of one that is longer."""
    ends = [end.end() for end in re.finditer(r"[.!?]['\"”)]*(?=\s)", text[:characters])]
    return text if len(text) <= characters else text[: ends[-1] if ends else characters]


def documents(path: Path, count: int, characters: int) -> Iterator[Document]:
    """The same as documents, one at a time."""
    builder = DocumentBuilder.from_rules(RuleSet())
    for record in articles(path, count, characters):
        yield builder.build(record["text"], id=record["id"], title=record["title"], path=str(path))


def resident(pid: int) -> float:
    """The memory of a process, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children() -> list[int]:
    """The worker processes of this process."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text(encoding="ascii").split()]
    return [pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def memory(args: argparse.Namespace) -> None:
    """Print the memory of parent and worker on the way to the last document."""
    marks = sorted({100, 500, *range(1000, args.documents + 1, 1000)})
    done, began = 0, time.monotonic()

    def watch(outcome: object) -> None:
        nonlocal done
        done += 1
        if done in marks or done == args.documents:
            sizes = [resident(pid) for pid in (os.getpid(), *children())]
            shown = ", ".join(f"{size:.0f}" for size in sizes)
            rate = done / (time.monotonic() - began)
            print(f"{done:,} documents: RSS of parent and workers {shown} MB, {rate:.1f}/s", flush=True)

    with tempfile.TemporaryDirectory() as out, WorkerProcesses(PipelineLoader(), args.workers) as engine:
        run_shards(documents(args.articles, args.documents, args.characters), engine, Path(out), watch=watch)


def workers(args: argparse.Namespace) -> None:
    """Print time and processor time of one and two workers, in turns."""
    items = list(documents(args.articles, args.documents, args.characters))
    for _ in range(args.rounds):
        for count in (1, 2):
            with (
                tempfile.TemporaryDirectory() as out,
                WorkerProcesses(PipelineLoader(), count) as engine,
            ):
                before = [cpu(pid) for pid in children()]
                mine, began = time.process_time(), time.monotonic()
                run_shards(items, engine, Path(out))
                seconds, parent = time.monotonic() - began, time.process_time() - mine
                spent = [cpu(pid) - start for pid, start in zip(children(), before, strict=True)]
            told = ", ".join(f"{value:.1f}" for value in spent)
            print(f"{count} workers: {len(items) / seconds:.1f} documents/s, {seconds:.1f} s;", end=" ")
            print(f"processor seconds: parent {parent:.1f}, workers {told}", flush=True)


def kills(args: argparse.Namespace) -> None:
    """Kill runs of the real command at random times, resume them, and compare with an unbroken run."""
    times = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        source, whole = Path(folder, "in.jsonl"), Path(folder, "whole")
        texts = articles(args.articles, args.documents, args.characters)
        source.write_text("".join(json.dumps(record) + "\n" for record in texts), encoding="utf-8")
        began = time.monotonic()
        start(source, whole, args.workers).communicate()
        length = time.monotonic() - began
        print(f"an unbroken run takes {length:.1f} s", flush=True)
        out, done, killed, wrong = Path(folder, "out"), 0, 0, 0
        while killed < args.kills:
            process = start(source, out, args.workers)
            time.sleep(times.uniform(0.2, 1.05) * length)
            process.kill()
            process.communicate()
            if process.returncode == 0:  # it was quicker: start over
                done += 1
                wrong += differs(out, whole)
                out = Path(folder, f"out{done}")
            else:
                killed += 1
            print(f"{killed} killed, {done} completed meanwhile, {wrong} differ", flush=True)
        start(source, out, args.workers).communicate()
        wrong += differs(out, whole)
        print(f"{killed} runs killed, {done + 1} outputs completed by resuming, {wrong} differ", flush=True)


def start(source: Path, out: Path, count: int) -> subprocess.Popen[bytes]:
    """The real command."""
    command = [sys.executable, "-m", "newsfacts.cli", "run", source, "--out", out, "--quiet"]
    return subprocess.Popen([*map(str, command), "--workers", str(count)], stderr=subprocess.PIPE)


def differs(one: Path, other: Path) -> bool:
    """Whether two outputs are not equal, byte for byte."""
    return any((one / name).read_bytes() != (other / name).read_bytes() for name in FILES)


def main() -> None:
    """Run the measurement that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["memory", "workers", "kills"])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    {"memory": memory, "workers": workers, "kills": kills}[args.what](args)


if __name__ == "__main__":
    main()
