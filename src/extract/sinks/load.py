"""Loads the output of a run into a database. The target says which kind; today SQLite."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.errors import ConfigurationError
from extract.sinks.jsonl import DOCUMENTS, FACTS


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load changed: records written, and facts of re-extracted documents that are gone."""

    target: str
    documents: int
    facts: int
    removed: int


def load(source: Path, target: str | Path) -> LoadReport:
    """Load a run's folder (or its facts.jsonl alone) into the database `target`, a path to a SQLite file.

    Loading again changes nothing; documents that were extracted anew replace their old facts. Either all of
    it is written or nothing. Raises ConfigurationError where the source is missing, ValidationError (with
    file, line and field) where a record is malformed.
    """
    from extract.sinks.sqlite import load_sqlite

    facts, documents = _sources(source)
    return load_sqlite(facts, documents, Path(target))


def _sources(source: Path) -> tuple[Path, Path | None]:
    facts = source / FACTS if source.is_dir() else source
    if not facts.is_file():
        raise ConfigurationError(
            f"there is no file {str(facts)!r}",
            remedy="Give the folder that `newsfacts run --out` wrote, or a facts file.",
        )
    documents = source / DOCUMENTS
    return facts, documents if documents.is_file() else None
