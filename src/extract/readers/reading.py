"""Inputs to documents: the package's one entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from newsfacts.model import Document, DocumentError
from newsfacts.readers.discovery import LONGEST_ID, Discovery
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem, from_exception
from newsfacts.readers.registry import READERS
from newsfacts.readers.source import FormatReader, Item, RawDocument, Source
from newsfacts.sections import DocumentBuilder

_LONGEST_TITLE = 1_000
_LONGEST_URL = 2_000


class Reading(Iterator[Document | DocumentError]):
    """An iterator over documents and errors. `skipped` counts hidden and unknown files passed so far."""

    def __init__(
        self,
        inputs: Sequence[str | Path],
        options: ReadOptions,
        builder: DocumentBuilder,
        accept: Callable[[str], bool] = lambda path: True,
        reader: FormatReader | None = None,
    ) -> None:
        self._accept = accept
        self._reader = reader or items_of
        self._discovery = Discovery(inputs, options)
        self._options = options
        self._builder = builder
        self._seen: set[str] = set()
        self._results = self._documents()

    @property
    def skipped(self) -> int:
        """Hidden files and files of unknown kind, so far."""
        return self._discovery.skipped

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the first files of unknown kind, as far as they were passed so far."""
        return tuple(self._discovery.unknown)

    def pass_over(self, ids: Iterable[str]) -> None:
        """Take these ids as given: documents that are not read have them."""
        self._seen.update(ids)

    def __iter__(self) -> Reading:
        return self

    def __next__(self) -> Document | DocumentError:
        return next(self._results)

    def _documents(self) -> Iterator[Document | DocumentError]:
        for source in self._discovery:
            if not self._accept(source.path):
                continue
            if isinstance(source, DocumentError):
                yield self._error(source)
                continue
            for item in self._reader(source, self._options):
                yield self._error(item) if isinstance(item, DocumentError) else self._guarded(item)

    def _error(self, found: DocumentError) -> DocumentError:
        name = found.doc_id
        return found if name is None else replace(found, doc_id=f"{self._options.id_prefix}{name}")

    def _guarded(self, given: RawDocument) -> Document | DocumentError:
        raw = replace(given, id=f"{self._options.id_prefix}{given.id}")
        try:
            return self._document(raw)
        except Exception as error:
            return from_exception(error).at(raw.path, raw.id)

    def _document(self, raw: RawDocument) -> Document | DocumentError:
        if len(raw.id) > LONGEST_ID:
            what = f"the id is longer than {LONGEST_ID} characters"
            return Problem("long-id", what).at(raw.path, raw.id[:LONGEST_ID])
        if raw.id in self._seen:
            return Problem("duplicate-id", f"there was a document {raw.id!r} before").at(raw.path, raw.id)
        self._seen.add(raw.id)
        language = self._builder.language.foreign(raw.text) if self._options.check_language else None
        if language:
            return Problem("not-english", f"the text seems to be {language}").at(raw.path, raw.id)
        return self._built(raw)

    def _built(self, raw: RawDocument) -> Document:
        options, builder = self._options, self._builder
        day = options.published or builder.metadata_day(raw.published, options.date_order)
        warnings = list(raw.warnings)
        if raw.published and day is None:
            warnings.append(f"date: {str(raw.published)[:60]!r} is not a clear date")
        title = _cut("title", raw.title, _LONGEST_TITLE, warnings)
        url = _cut("url", raw.url, _LONGEST_URL, warnings)
        garbled = builder.language.mojibake(raw.text)
        if garbled:
            warnings.append(garbled)
        return builder.build(
            raw.text,
            id=raw.id,
            title=title,
            published=day,
            url=url,
            path=raw.path,
            warnings=warnings,
            preamble=raw.preamble,
            date_order=options.date_order,
            converted=raw.converted,
        )


def read(
    inputs: Sequence[str | Path],
    options: ReadOptions,
    builder: DocumentBuilder,
    accept: Callable[[str], bool] = lambda path: True,
    reader: FormatReader | None = None,
) -> Reading:
    """Read files, folders (recursively), patterns and "-" (standard input), one document at a time.

    Yields a Document or a DocumentError for each document found, in a fixed order, and never raises for
    a bad one. Files whose path is not accepted are passed over. Ids: the path below a given folder without
    suffix, a single file's stem, a record's id field or "STEM#NUMBER"; a second document of the same id is
    an error. Every file is read by `reader`, in this process or in another (`newsfacts.readers.apart`).
    """
    return Reading(inputs, options, builder, accept, reader)


def _cut(name: str, value: str | None, most: int, warnings: list[str]) -> str | None:
    """A value that is at most so long, and a warning where it was longer."""
    if value is None or len(value) <= most:
        return value
    warnings.append(f"{name}: cut to {most:,} characters")
    return value[:most]


def items_of(source: Source, options: ReadOptions) -> Iterator[Item]:
    """What the source holds, and as the last item what ended it where it cannot be read to the end.

    The one place where whatever a reader raises becomes an error record.
    """
    try:
        yield from READERS[source.suffix](source, options)
    except Exception as error:
        yield from_exception(error).at(source.path, source.doc_id)
