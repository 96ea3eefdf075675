"""Inputs to documents: the package's one entry point."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extract.model import Document, DocumentError
from extract.readers.discovery import Discovery
from extract.readers.options import ReadOptions
from extract.readers.problems import Problem, from_system
from extract.readers.registry import READERS
from extract.readers.source import Item, RawDocument, Source
from extract.sections import DocumentBuilder


class Reading(Iterator[Document | DocumentError]):
    """An iterator over documents and errors. `skipped` counts hidden and unknown files passed so far."""

    def __init__(
        self,
        inputs: Sequence[str | Path],
        options: ReadOptions,
        builder: DocumentBuilder,
        accept: Callable[[str], bool] = lambda path: True,
    ) -> None:
        self._accept = accept
        self._discovery = Discovery(inputs, options)
        self._options = options
        self._builder = builder
        self._seen: set[str] = set()
        self._results = self._documents()

    @property
    def skipped(self) -> int:
        """Hidden files and files of unknown kind, so far."""
        return self._discovery.skipped

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
            items = iter((source,)) if isinstance(source, DocumentError) else _items(source, self._options)
            for found in items:
                item = _prefixed(found, self._options.id_prefix)
                yield item if isinstance(item, DocumentError) else self._document(item)

    def _document(self, raw: RawDocument) -> Document | DocumentError:
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
        garbled = builder.language.mojibake(raw.text)
        if garbled:
            warnings.append(garbled)
        return builder.build(
            raw.text,
            id=raw.id,
            title=raw.title,
            published=day,
            url=raw.url,
            path=raw.path,
            warnings=warnings,
            preamble=raw.preamble,
            date_order=options.date_order,
        )


def read(
    inputs: Sequence[str | Path],
    options: ReadOptions,
    builder: DocumentBuilder,
    accept: Callable[[str], bool] = lambda path: True,
) -> Reading:
    """Read files, folders (recursively), patterns and "-" (standard input), one document at a time.

    Yields a Document or a DocumentError for each document found, in a fixed order, and never raises for
    a bad one. Files whose path is not accepted are passed over. Ids: the path below a given folder without
    suffix, a single file's stem, a record's id field or "STEM#NUMBER"; a second document of the same id is
    an error.
    """
    return Reading(inputs, options, builder, accept)


def _prefixed(item: Item, prefix: str) -> Item:
    if isinstance(item, DocumentError):
        return replace(item, doc_id=f"{prefix}{item.doc_id}") if item.doc_id is not None else item
    return replace(item, id=f"{prefix}{item.id}")


def _items(source: Source, options: ReadOptions) -> Iterator[Item]:
    try:
        yield from READERS[source.suffix](source, options)
    except (OSError, EOFError, zlib.error) as error:
        yield from_system(error).at(source.path, source.doc_id)
