"""`python -m tools.fuzz --seconds 1800`: texts of a seed for so long; prints and keeps what does not hold."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tools.fuzz.checks import Finding, check, shortened
from tools.fuzz.texts import Case, Maker, sentences_at_hand

from newsfacts.pipeline import Pipeline

BATCH = 16
#: Findings of one kind that are shortened; the others are only counted.
SHOWN = 3
#: Seconds between two lines that say how far it is.
EVERY = 60


def main() -> int:
    """Fuzz until the time is over; exit code 1 where anything was found."""
    options = _options()
    print(f"seed {options.seed}, {options.seconds:g} seconds", flush=True)
    pipeline, maker = Pipeline.load(), Maker(options.seed, sentences_at_hand())
    kinds: Counter[str] = Counter()
    done = characters = 0
    began = told = time.monotonic()
    while time.monotonic() < began + options.seconds and done < options.count:
        numbers = range(options.first + done, options.first + min(done + BATCH, options.count))
        cases = [maker.case(number) for number in numbers]
        for finding in check(pipeline, cases):
            kinds[finding.kind] += 1
            if kinds[finding.kind] <= SHOWN:
                _show(pipeline, finding, options.out / f"{options.seed}.jsonl")
        done += len(cases)
        characters += sum(len(case.text) for case in cases)
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            print(f"{done:,} texts, {kinds.total():,} findings", flush=True)
    print(f"{done:,} texts, {characters:,} characters, {kinds.total():,} findings")
    for kind, count in kinds.most_common():
        print(f"  {count:,} {kind}")
    return 1 if kinds else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long")
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(10**6), help="repeats a run"
    )
    parser.add_argument("--first", type=int, default=0, help="number of the first text")
    parser.add_argument("--count", type=int, default=10**9, help="how many texts at most")
    parser.add_argument("--out", type=Path, default=Path("output/fuzz"), help="folder for what was found")
    return parser.parse_args()


def _show(pipeline: Pipeline, finding: Finding, kept: Path) -> None:
    """Print a finding with a short text that has it, and keep that."""

    def fails(case: Case) -> bool:
        return any(other.kind == finding.kind for other in check(pipeline, [case]))

    slow = finding.kind in ("slow", "undetermined")  # one takes long to shorten, the other needs its batch
    case = finding.case if slow else shortened(finding.case, fails)
    print(f"{finding}\n  {case.text[:500]!a} published {case.published}", flush=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a", encoding="utf-8") as file:
        record = {
            "number": case.number,
            "kind": finding.kind,
            "message": finding.message,
            "published": str(case.published) if case.published else None,
            "title": case.title,
            "text": case.text,
        }
        file.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    sys.exit(main())
