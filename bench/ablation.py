"""What every rule of finding and linking is worth: facts and attributes that are lost where it finds nothing.

    python bench/ablation.py --texts articles.jsonl --gold 1=gold.jsonl:texts --gold 2=... --results table.md

A gold set is NAME=GOLD:FOLDER of its texts; rounds are named by number, sets that rules were written on by a
word. `ablate/since.yaml` says on which round a rule was written; it is judged on later rounds only, and one
that is not named there on none:

    python bench/ablation.py --date 2       # rules without a round were written on round 2
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from ablate.measure import Bench, Effect, of_round, unlabelled
from ablate.switches import DataSwitch, FunctionSwitch, data, functions
from ablate.table import date_rules, heading, read_since, table
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

_BENCH: list[Bench] = []  # what the workers inherit by forking: parsed documents cannot be sent


def _measured(switch: FunctionSwitch | DataSwitch | str) -> Effect:
    [bench] = _BENCH
    if isinstance(switch, str):
        [switch] = [one for one in functions() if one.name == switch]
    return bench.function(switch) if isinstance(switch, FunctionSwitch) else bench.data(switch)


def measured(bench: Bench, switches: Sequence[FunctionSwitch | DataSwitch], workers: int) -> Iterator[Effect]:
    """The effect of every switch, in order. A function goes to a worker by its name: code cannot be sent."""
    _BENCH[:] = [bench]
    tasks = [switch.name if isinstance(switch, FunctionSwitch) else switch for switch in switches]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        yield from pool.map(_measured, tasks, chunksize=8)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=Path, help="unlabelled texts: JSON Lines with id and text")
    parser.add_argument("--documents", type=int, default=60, help="how many of them")
    parser.add_argument("--gold", action="append", default=[], metavar="NAME=GOLD:FOLDER")
    parser.add_argument("--only", default="", help="only switches whose name begins so")
    parser.add_argument("--results", type=Path, default=Path("output/ablation.md"))
    parser.add_argument("--date", type=int, metavar="ROUND", help="only note the round of rules without one")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    return parser.parse_args()


def bench_of(args: argparse.Namespace, pipeline: Pipeline) -> Bench:
    """All texts, parsed, found and linked once."""
    texts = unlabelled(pipeline, args.texts, args.documents) if args.texts else []
    for given in args.gold:
        name, _, rest = given.partition("=")
        gold, _, folder = rest.partition(":")
        texts += of_round(pipeline, name, Path(gold), Path(folder))
    return Bench.of(texts, pipeline.rules)


def main() -> None:
    """Measure every switch and write the table, and its rows as JSON Lines under output/."""
    args, begun = arguments(), time.monotonic()
    if args.date is not None:
        names = [one.name for one in functions()] + [one.name for one in data(RuleSet())]
        dated, gone = date_rules(names, args.date)
        print(f"{dated} rules dated {args.date}, {gone} gone")
        return
    pipeline = Pipeline.load()
    bench = bench_of(args, pipeline)
    every: list[FunctionSwitch | DataSwitch] = [*functions(), *data(pipeline.rules)]
    switches = [switch for switch in every if switch.name.startswith(args.only)]
    print(f"{len(bench.texts)} documents, {len(switches)} switches")
    effects = []
    for effect in measured(bench, switches, args.workers):
        effects.append(effect)
        if len(effects) % 100 == 0:
            print(f"{len(effects)} after {time.monotonic() - begun:.0f} s", flush=True)
    idle = {effect.name for effect in effects if effect.idle}
    together = bench.together([s for s in switches if isinstance(s, FunctionSwitch) and s.name in idle])
    rounds = list(dict.fromkeys(text.round for text in bench.texts if text.round is not None))
    sets = Counter(text.round for text in bench.texts if text.round is not None)
    head = heading(len(bench.texts) - sets.total(), sets, dt.date.today().isoformat())  # noqa: DTZ011
    args.results.parent.mkdir(parents=True, exist_ok=True)
    args.results.write_text(
        head + "\n".join(table(effects, together, rounds, read_since())) + "\n", encoding="utf-8"
    )
    rows = b"\n".join(msgspec.json.encode(effect) for effect in effects)
    beside = Path("output") / args.results.with_suffix(".jsonl").name
    beside.parent.mkdir(exist_ok=True)
    beside.write_bytes(rows + b"\n")
    print(f"{args.results}: {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
