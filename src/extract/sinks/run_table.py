"""The table `quantities` of a run that is on disk, in any format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsfacts.sinks.current import facts_file, read_manifest
from newsfacts.sinks.jsonl import read_lines
from newsfacts.sinks.lines import DOCUMENTS, stored
from newsfacts.table import Row, TableWords, quantities


def run_rows(source: Path, words: TableWords | None = None) -> Iterator[Row]:
    """The rows of a run's folder, or of its facts file alone: one document at a time, in the run's order.

    Raises ConfigurationError where there are no facts, ValidationError where they are not those of the
    folder's manifest, or a line is damaged.
    """
    facts = facts_file(source)
    documents = stored(facts.parent, DOCUMENTS)
    manifest = read_manifest(facts.parent)
    lines = read_lines(documents) if documents.is_file() else iter(())
    yield from quantities(
        (record for _, record in read_lines(facts)),
        (record for _, record in lines),
        words=words,
        version=manifest.newsfacts if manifest else None,
        run=manifest.run if manifest else None,
    )
