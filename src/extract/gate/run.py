"""What the gate looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from newsfacts.evaluation import GoldFile, Report
from newsfacts.model import Fact
from newsfacts.model.records import Step


@dataclass(frozen=True, slots=True)
class Run:
    """What the gate looks at: a run's scores, its facts of the gold's documents, and their texts' hashes.

    `gold` is what the scores were taken on. `texts_sha256` is empty where the run did not list its documents.
    `incomplete` are all documents of the run that lack families of facts, with their names.
    """

    gold: GoldFile
    report: Report
    facts: tuple[Fact, ...]
    texts_sha256: Mapping[str, str]
    incomplete: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
