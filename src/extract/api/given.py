"""Texts as Python users have them (strings, lists, Series, tables, paths) become documents."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from newsfacts.errors import ConfigurationError, InputWarning
from newsfacts.model import Document, DocumentError
from newsfacts.readers import FieldNames, ReaderProcess, ReadOptions, read

if TYPE_CHECKING:
    import pandas as pd

    from newsfacts.sections import DocumentBuilder

#: Whatever holds texts: one, several, a table with a column of them, or the path of a file or folder.
Texts: TypeAlias = "str | Path | Iterable[Any] | pd.Series[Any] | pd.DataFrame"
#: A day, or one for each text, or the name of a column of days.
Days: TypeAlias = "str | dt.date | Iterable[Any] | pd.Series[Any] | None"
#: The digits of a text's digest that make its id.
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Given:
    """What goes with the texts: columns of a table, or values of the same number as the texts."""

    published: Any = None
    doc_id: Any = None
    title: Any = None
    text: str | None = None
    any_language: bool = False


def documents(source: Texts, given: Given, builder: DocumentBuilder) -> Iterator[Document]:
    """One document a text, in order; what is missing (None, NaN, an empty text) gives none.

    A text without an id gets the digest of its words, an equal one after it "-2" behind that. Warns with
    InputWarning of texts that are not English and of files that cannot be read. Raises ConfigurationError
    where a path leads nowhere, a column is missing or numbers of texts and days differ.
    """
    if isinstance(source, str | Path) and is_path(source):
        return _of_files([source], given, builder)
    if isinstance(source, str | Path):
        return _built([_row(source, given.published, given.doc_id, given.title)], given, builder)
    if _is_table(source):
        return _built(_table_rows(source, given), given, builder)
    texts = list(source)
    if texts and all(isinstance(text, Path) for text in texts):
        return _of_files(texts, given, builder)
    if any(isinstance(text, Mapping) for text in texts):
        import pandas as pd

        return _built(_table_rows(pd.DataFrame(texts), given), given, builder)
    return _built(_rows(texts, given), given, builder)


def is_path(source: str | Path) -> bool:
    """Whether this names files. A string does where they are there, and where it has no white space."""
    if isinstance(source, Path):
        return True
    one_line = bool(source) and len(source) < 1024 and "\n" not in source and "\0" not in source
    return one_line and (
        os.path.lexists(source) or len(source.split()) == 1 or source.endswith(("/", os.sep))
    )


def text_id(text: str) -> str:
    """The id of a text that came without one.

    >>> text_id("Exports rose 5 percent.")
    'text-05ba01691a6b609d'
    """
    return f"text-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:_DIGITS]}"


def day_of(value: object, builder: DocumentBuilder) -> dt.date | None:
    """The day of a date, a datetime (where its own time zone is), a numpy or pandas time or a clear string.

    Raises ConfigurationError for what is none of these.
    """
    if is_missing(value):
        return None
    if not isinstance(value, str | dt.date) and hasattr(value, "astype"):  # numpy.datetime64
        value = value.astype("datetime64[D]").astype(object)
    day = builder.metadata_day(value)
    if day is None:
        raise ConfigurationError(f"{value!r} is no clear day", remedy="Write it as 2023-07-28.")
    return day


def is_missing(value: object) -> bool:
    """None, NaN, NaT and pandas.NA; an empty string."""
    if value is None or isinstance(value, str):
        return not value or not value.strip()
    return bool(value != value) if not _is_na(value) else True


def _is_na(value: object) -> bool:
    return type(value).__name__ in ("NAType", "NaTType")


_Row: TypeAlias = "tuple[object, object, object, object, object]"


def _row(text: object, published: object, doc_id: object, title: object, url: object = None) -> _Row:
    return text, published, doc_id, title, url


def _is_table(source: object) -> bool:
    return hasattr(source, "columns") and hasattr(source, "itertuples")


def _table_rows(table: Any, given: Given) -> Iterator[_Row]:
    names = FieldNames()
    text = _column(table, given.text, names.text)
    if text is None:
        there = ", ".join(map(str, table.columns))
        raise ConfigurationError(
            f"the table has no column {given.text or ' or '.join(names.text)!r}, but {there}",
            remedy='Name the column of the texts: text="COLUMN".',
        )
    size = len(table)
    published = _values(table, given.published, names.date, size, "published")
    ids = _values(table, given.doc_id, names.id, size, "doc_id")
    titles = _values(table, given.title, names.title, size, "title")
    urls = _values(table, None, names.url, size, "url")
    return map(_row, list(table[text]), published, ids, titles, urls)


def _column(table: Any, named: str | None, usual: Sequence[str]) -> str | None:
    return next((name for name in ([named] if named else usual) if name in table.columns), None)


def _values(table: Any, named: Any, usual: Sequence[str], size: int, what: str) -> list[Any]:
    """The values that go with the rows: those of a column, those given, or one for all."""
    column = _column(table, named if isinstance(named, str) else None, usual) if _is_name(named) else None
    return list(table[column]) if column is not None else _spread(named, size, what)


def _is_name(named: Any) -> bool:
    return named is None or isinstance(named, str)


def _rows(texts: Sequence[Any], given: Given) -> Iterator[_Row]:
    size = len(texts)
    return map(
        _row,
        texts,
        _spread(given.published, size, "published"),
        _spread(given.doc_id, size, "doc_id"),
        _spread(given.title, size, "title"),
    )


def _spread(value: Any, size: int, what: str) -> list[Any]:
    """A value for each text: as many as given, or the one for all."""
    if value is None or isinstance(value, str | dt.date) or not isinstance(value, Iterable):
        if what == "doc_id" and value is not None and size > 1:
            raise ConfigurationError(
                f"doc_id is {value!r} for {size} texts", remedy="Give as many ids as texts, or none."
            )
        return [value] * size
    values = list(value)
    if len(values) != size:
        raise ConfigurationError(
            f"{what} has {len(values)} values for {size} texts",
            remedy="Give one for each text, or one for all.",
        )
    return values


def _built(rows: Iterable[_Row], given: Given, builder: DocumentBuilder) -> Iterator[Document]:
    seen: dict[str, int] = {}
    left_out: list[str] = []
    for number, (text, published, doc_id, title, url) in enumerate(rows):
        if is_missing(text):
            continue
        if not isinstance(text, str):
            raise ConfigurationError(
                f"text {number} is of type {type(text).__name__}",
                remedy="Give strings, or None where there is none.",
            )
        name = _distinct(
            text_id(text) if is_missing(doc_id) else str(doc_id), seen, is_given=not is_missing(doc_id)
        )
        language = None if given.any_language else builder.language.foreign(text)
        if language:
            left_out.append(f"{name} seems to be {language}")
            continue
        yield builder.build(
            text,
            id=name,
            title=None if is_missing(title) else str(title),
            published=day_of(published, builder),
            url=None if is_missing(url) else str(url),
        )
    _warn(left_out, "only English is understood; any_language=True takes texts whatever they look like")


def _distinct(name: str, seen: dict[str, int], *, is_given: bool) -> str:
    count = seen[name] = seen.get(name, 0) + 1
    if count > 1 and is_given:
        raise ConfigurationError(
            f"two texts have the id {name!r}", remedy="Give every text an id of its own."
        )
    return name if count == 1 else f"{name}-{count}"


def _of_files(sources: Sequence[str | Path], given: Given, builder: DocumentBuilder) -> Iterator[Document]:
    for source in sources:
        if not os.path.lexists(source) and not has_magic(str(source)):
            raise ConfigurationError(
                f"there is no file or folder {str(source)!r}", remedy="A text has more words than one."
            )
    if not (given.published is None or isinstance(given.published, str | dt.date)):
        raise ConfigurationError(
            "days cannot be given for files one by one", remedy="Give one day for all, or none."
        )
    day = day_of(given.published, builder)
    options = ReadOptions(published=day, check_language=not given.any_language)
    reader = ReaderProcess()
    left_out = []
    try:
        for item in read(sources, options, builder, reader=reader):
            if isinstance(item, DocumentError):
                left_out.append(f"{item.path}: {item.message}. {item.remedy}")
            else:
                yield item
    finally:
        reader.close()
    _warn(left_out, "the others were read")


def _warn(left_out: Sequence[str], remedy: str, shown: int = 3) -> None:
    if left_out:
        count = "1 text gave" if len(left_out) == 1 else f"{len(left_out)} texts gave"
        more = " ..." if len(left_out) > shown else ""
        # The level of who called newsfacts.facts, quantities ... cannot be told from a generator.
        warnings.warn(
            f"{count} no facts: {'; '.join(left_out[:shown])}{more} ({remedy})", InputWarning, stacklevel=2
        )
