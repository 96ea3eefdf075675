"""What the gate looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.evaluation import GoldFile, Report
from extract.model import Fact


@dataclass(frozen=True, slots=True)
class Run:
    """What the gate looks at: a run's scores, its facts of the gold's documents, and their texts' hashes.

    `gold` is what the scores were taken on. `texts_sha256` is empty where the run did not list its documents.
    """

    gold: GoldFile
    report: Report
    facts: tuple[Fact, ...]
    texts_sha256: Mapping[str, str]
