"""What becomes of documents: their facts as lines, or why there are none; one bad document stops nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias

from newsfacts.guard import Failure, told
from newsfacts.model import Document, DocumentError, Fact
from newsfacts.model.records import DocumentRecord
from newsfacts.processes import REMEDIES
from newsfacts.sinks.jsonl import encode

if TYPE_CHECKING:
    from newsfacts.pipeline import Result

#: Documents that are held in memory at a time; the pipeline's own batch.
BATCH = 64
#: A batch ends early when its texts reach this length: long documents are held one or two at a time.
BATCH_CHARACTERS = 1_000_000
#: Kind of error of a document that has facts, but lacks a family of them.
INCOMPLETE = "incomplete"

Item: TypeAlias = Document | DocumentError


class Extractor(Protocol):
    """What a run needs of the pipeline."""

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        """One result a document, in order."""


@dataclass(frozen=True, slots=True)
class Found:
    """One document's lines, encoded, so that a record that cannot be written spoils no file.

    `error` says what the facts lack, where a family failed.
    """

    record: DocumentRecord
    types: Counter[str]
    facts: bytes
    document: bytes
    error: DocumentError | None = None


Outcome: TypeAlias = Found | DocumentError


def errors_of(outcomes: Iterable[Outcome]) -> list[DocumentError]:
    """The errors of documents that yielded nothing or not all, in order."""
    found = (outcome if isinstance(outcome, DocumentError) else outcome.error for outcome in outcomes)
    return [error for error in found if error is not None]


def stream(items: Iterable[Item], extractor: Extractor, facts: BinaryIO) -> list[DocumentError]:
    """Write the facts of all items as JSON Lines to `facts`; return the errors."""
    errors = []
    for outcome in outcomes(items, extractor):
        errors += errors_of([outcome])
        if isinstance(outcome, Found):
            facts.write(outcome.facts)
    return errors


def outcomes(items: Iterable[Item], extractor: Extractor) -> Iterator[Outcome]:
    """What becomes of every item, in order: its encoded facts, or why there are none. Ids must be unique."""
    for batch in _batches(items):
        documents = [item for item in batch if isinstance(item, Document)]
        results = iter(_process(extractor, documents))
        for item in batch:
            yield item if isinstance(item, DocumentError) else next(results)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(batch) >= BATCH or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _process(extractor: Extractor, documents: list[Document]) -> list[Outcome]:
    try:
        return [_outcome(result) for result in extractor.process(documents)]
    except Exception as error:
        # The batch failed as a whole (in the parser, say): find the document that it fails on.
        if len(documents) == 1:
            return [_internal(documents[0], error)]
        return [outcome for document in documents for outcome in _process(extractor, [document])]


def _outcome(result: Result) -> Outcome:
    if result.error is not None:
        return _internal(result.document, result.error)
    try:
        return _found(result.document, result.facts, result.failures)
    except (UnicodeError, ValueError, OverflowError) as error:
        return _internal(result.document, error)


def _found(document: Document, facts: tuple[Fact, ...], failures: tuple[Failure, ...]) -> Found:
    record = describe(document, len(facts), failures)
    types = Counter(str(fact.type) for fact in facts)
    error = _incomplete(document, failures) if failures else None
    return Found(record, types, b"".join(map(encode, facts)), encode(record), error)


def describe(document: Document, facts: int, failures: Sequence[Failure] = ()) -> DocumentRecord:
    """The record of a document in which `facts` facts were found, and some families may have failed."""
    kinds = Counter(section.kind for section in document.sections)
    return DocumentRecord(
        id=document.id,
        path=document.path,
        title=document.title,
        published=document.published.isoformat() if document.published else None,
        published_source=document.published_source,
        url=document.url,
        characters=len(document.text),
        words=len(document.text.split()),
        sections=dict(sorted(kinds.items())),
        facts=facts,
        warnings=(*document.warnings, *map(str, failures)),
        incomplete=tuple(failure.family for failure in failures),
        converted=document.converted,
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
    )


_REPORT = "This is a defect of newsfacts: please report it with the document's text."


def _internal(document: Document, error: Exception) -> DocumentError:
    if isinstance(error, MemoryError):
        return _defect(document, "memory", "it takes more memory than a process may have", REMEDIES["memory"])
    return _defect(document, "internal", told(error), _REPORT)


def _incomplete(document: Document, failures: Sequence[Failure]) -> DocumentError:
    message = "; ".join(map(str, failures))
    return _defect(document, INCOMPLETE, message, f"The other facts of the document are there. {_REPORT}")


def _defect(document: Document, kind: str, message: str, remedy: str) -> DocumentError:
    return DocumentError(
        doc_id=document.id, path=document.path or "-", kind=kind, message=message, remedy=remedy
    )
