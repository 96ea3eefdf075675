"""What a page shows: the facts, documents and errors of an output folder, and the texts where they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsfacts.model import DocumentError, Fact
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks.current import facts_file
from newsfacts.sinks.jsonl import read_facts, read_records
from newsfacts.sinks.lines import DOCUMENTS, ERRORS, stored


@dataclass(frozen=True, slots=True)
class Content:
    """Facts in the order of their documents and offsets; `texts[i]` is that of `documents[i]`, or None."""

    facts: tuple[Fact, ...]
    documents: tuple[DocumentRecord, ...]
    texts: tuple[str | None, ...]
    errors: tuple[DocumentError, ...] = ()

    def with_texts(self, texts: Iterable[str]) -> Content:
        """Takes those texts that are a document's, byte for byte: only then do the offsets fit."""
        known = {document.sha256 for document in self.documents}
        found = {digest: text for text in texts if (digest := sha256(text)) in known}
        return replace(
            self, texts=tuple(found.get(d.sha256, t) for d, t in zip(self.documents, self.texts, strict=True))
        )

    def texts_by_id(self) -> dict[str, str]:
        """Document id -> text, of the documents whose text is known."""
        known = zip(self.documents, self.texts, strict=True)
        return {document.id: text for document, text in known if text is not None}


def sha256(text: str) -> str:
    """Hash of a text in UTF-8, as documents.jsonl holds it."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_content(source: Path) -> Content:
    """Read the folder that `newsfacts run` wrote, or a facts file alone; without texts so far.

    Raises ConfigurationError where there is no such file and ValidationError for a malformed line.
    """
    file = facts_file(source)
    facts = list(read_facts(file))
    listed, failed = (stored(file.parent, name) for name in (DOCUMENTS, ERRORS))
    records = list(read_records(listed, DocumentRecord)) if listed.is_file() else []
    errors = tuple(read_records(failed, DocumentError)) if failed.is_file() else ()
    documents = [*records, *_unlisted(facts, {record.id for record in records})]
    order = {document.id: number for number, document in enumerate(documents)}
    facts.sort(key=lambda fact: (order[fact.doc_id], fact.start, -fact.end, fact.type))
    return Content(tuple(facts), tuple(documents), (None,) * len(documents), errors)


def _unlisted(facts: Sequence[Fact], known: set[str]) -> list[DocumentRecord]:
    """Records of documents that only facts tell of; their hash is that of no text."""
    first = {fact.doc_id: fact for fact in reversed(facts) if fact.doc_id not in known}
    return [
        DocumentRecord(
            id=name,
            published=first[name].published,
            characters=0,
            words=0,
            sections={},
            facts=0,
            sha256="0" * 64,
        )
        for name in sorted(first)
    ]


def recorded_files(content: Content) -> list[Path]:
    """The input files that the run recorded and that are still there, once each."""
    named = dict.fromkeys(document.path for document in content.documents if document.path)
    return [path for path in map(Path, named) if path.is_file()]
