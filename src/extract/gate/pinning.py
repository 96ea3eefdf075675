"""The pinned run: its baseline, and beside it the facts of its documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from newsfacts.batch.folder import write_whole
from newsfacts.errors import ConfigurationError
from newsfacts.evaluation import Baseline, Drop, encode_baseline, lowered, pinned, read_baseline
from newsfacts.gate.run import Run
from newsfacts.model import Fact
from newsfacts.sinks.jsonl import read_facts

#: Where the facts of `baseline.json` are kept.
FACTS_SUFFIX = ".facts.jsonl"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A baseline and its facts; `facts` is None where only scores were pinned."""

    baseline: Baseline
    facts: tuple[Fact, ...] | None = None


def read_pinned(path: Path) -> Pinned:
    """Read a baseline and the facts that it names.

    Raises ConfigurationError where one of them is missing, malformed, or not of the same run.
    """
    baseline = read_baseline(path)
    if baseline.facts is None:
        return Pinned(baseline)
    file = path.with_name(baseline.facts)
    if not file.is_file():
        raise ConfigurationError(
            f"the pinned facts {file} are missing",
            remedy=f"Restore them, or pin {path.name} anew with --pin.",
        )
    if hashlib.sha256(file.read_bytes()).hexdigest() != baseline.facts_sha256:
        raise ConfigurationError(
            f"{file} does not hold the facts that were pinned with {path.name}",
            remedy="Restore both files of one pin, or pin anew with --pin.",
        )
    return Pinned(baseline, tuple(read_facts(file)))


def pin_run(run: Run, path: Path, *, allow_lower: bool = False) -> tuple[Drop, ...]:
    """Pin a run's scores, floors, texts and facts; return the scores and floors that are lower than before.

    Where one is lower and `allow_lower` is not set, nothing is written.
    """
    old = read_baseline(path) if path.exists() else None
    content = encode_facts(run.facts)
    name = pinned_facts(path).name
    fresh = pinned(run.report, old)
    drops = lowered(old, fresh)
    if not drops or allow_lower:
        # Facts first: a pin that is cut off leaves a pair that does not fit, and is told so.
        write_whole(path.with_name(name), content)
        write_whole(path, encode_baseline(_with_facts(fresh, run.texts_sha256, name, content)))
    return drops


def pinned_facts(path: Path) -> Path:
    """Where the facts that belong to a baseline are pinned."""
    return path.with_name(path.name.removesuffix(".json") + FACTS_SUFFIX)


def encode_facts(facts: Iterable[Fact]) -> bytes:
    """Facts as JSON Lines without what is null: one a line, so that a version control system shows a pin."""
    return b"".join(msgspec.json.encode(_compact(fact)) + b"\n" for fact in facts)


def _compact(fact: Fact) -> Mapping[str, object]:
    return {name: value for name, value in asdict(fact).items() if value is not None and value is not False}


def _with_facts(baseline: Baseline, corpus: Mapping[str, str], name: str, content: bytes) -> Baseline:
    digest = hashlib.sha256(content).hexdigest()
    return msgspec.structs.replace(baseline, corpus=dict(corpus), facts=name, facts_sha256=digest)
