"""What `newsfacts run` wrote, read back into Python."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from newsfacts.api.frames import claim_frame, place_frame, typed
from newsfacts.errors import ConfigurationError
from newsfacts.model import Document, DocumentError, Fact
from newsfacts.model.claim import Claim
from newsfacts.model.records import DocumentRecord
from newsfacts.readers import ReaderProcess, ReadOptions, read
from newsfacts.report import Content
from newsfacts.report.content import recorded_files
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder
from newsfacts.sinks.current import Manifest, facts_file, read_manifest
from newsfacts.sinks.dataframe import to_dataframe
from newsfacts.sinks.jsonl import read_facts, read_records
from newsfacts.sinks.lines import CLAIMS, DOCUMENTS, ERRORS, stored
from newsfacts.table import quantities as rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Run:
    """The records of a run, and tables of them, which are made when they are first asked for."""

    folder: Path
    facts: tuple[Fact, ...]
    documents: tuple[DocumentRecord, ...]
    errors: tuple[DocumentError, ...]
    manifest: Manifest | None

    @cached_property
    def quantities(self) -> pd.DataFrame:
        """The table of `newsfacts.quantities`.

        Where facts do not hold their sentence it is that of the article, or missing where that is changed.
        """
        told = self.manifest
        version, run = (told.newsfacts, told.run) if told else (None, None)
        lacking = any(getattr(fact, "sentence", None) is None for fact in self.facts)
        texts = _texts(self.documents) if lacking else {}
        return typed(rows(self.facts, self.documents, texts, version=version, run=run))

    @cached_property
    def places(self) -> pd.DataFrame:
        """The table of `newsfacts.places`."""
        return place_frame(self.facts)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The table of `newsfacts.claims`, from claims.jsonl.

        Raises ConfigurationError where `newsfacts consolidate` has not written it.
        """
        file = self.folder / CLAIMS
        if not file.is_file():
            raise ConfigurationError(
                f"there is no {CLAIMS} in {self.folder}",
                remedy=f"Run `newsfacts consolidate {self.folder}` first.",
            )
        return claim_frame(list(read_records(file, Claim)))

    def to_dataframe(self) -> pd.DataFrame:
        """All facts, dates and places too, as one table."""
        return to_dataframe(self.facts)

    def __repr__(self) -> str:
        return f"<Run {self.folder}: {len(self.facts):,} facts of {len(self.documents):,} documents>"


def read_run(folder: str | Path) -> Run:
    """The facts, documents and errors of a folder that `newsfacts run` wrote, in any of its formats.

    The result has `facts` (a tuple of `Fact`), `documents`, `errors`, `manifest` and the tables `quantities`,
    `places` and `claims`. Raises ConfigurationError where there is no such folder, and ValidationError for
    files that are not those of its manifest or have a malformed line.

    >>> run = newsfacts.read_run("output")
    >>> run
    <Run output: 7 facts of 1 documents>
    >>> float(run.quantities["value"].max())
    2000000000.0
    """
    path = Path(folder)
    file = facts_file(path)
    listed, failed = stored(path, DOCUMENTS), stored(path, ERRORS)
    documents = tuple(read_records(listed, DocumentRecord)) if listed.is_file() else ()
    return Run(
        path,
        tuple(read_facts(file)),
        documents,
        tuple(read_records(failed, DocumentError)) if failed.is_file() else (),
        read_manifest(path),
    )


def _texts(documents: tuple[DocumentRecord, ...]) -> dict[str, str]:
    """The texts of the files that the run recorded, where they still are what they were."""
    content = Content((), documents, (None,) * len(documents))
    files = recorded_files(content)
    if not files:
        return {}
    builder = DocumentBuilder.from_rules(RuleSet())
    options = ReadOptions(check_language=False)
    with closing(ReaderProcess()) as reader:
        found = read(files, options, builder, reader=reader)
        return content.with_texts(d.text for d in found if isinstance(d, Document)).texts_by_id()
