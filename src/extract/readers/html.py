"""HTML pages: the article's text by trafilatura, title and date from the page's metadata."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from typing import Any

from newsfacts.readers.decoding import Decoded, decode, read_limited
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.pages import blocks, load_page, take_tables, with_tables
from newsfacts.readers.problems import Problem
from newsfacts.readers.published import published_day
from newsfacts.readers.records import text_or_none
from newsfacts.readers.source import Item, RawDocument, Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
#: What browsers write into a page that they save.
_SAVED = re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S{1,2000}) -->")
_HEAD = 4096
_MOST_TAGS = 100_000
#: Characters below which trafilatura falls back to all text of the page in one line.
_SHORT = 250


def read_html(source: Source, options: ReadOptions) -> Iterator[Item]:
    """The page's article."""
    decoded = _load(source, options)
    if isinstance(decoded, Problem):
        yield decoded.at(source.path, source.doc_id)
        return
    tree = load_page(decoded.text)
    day = published_day(tree) if tree is not None else None
    taken = take_tables(tree) if tree is not None else {}
    page = _extract(tree) if tree is not None else None
    text = with_tables(_text(page, tree), taken) if page is not None else ""
    if page is None or not text:
        yield Problem("no-article", "no article text was found in the page").at(source.path, source.doc_id)
        return
    yield RawDocument(
        source.doc_id,
        text,
        source.path,
        title=text_or_none(page.title),
        published=day or (_clear_date(decoded.text, page.date) if page.date else None),
        url=text_or_none(page.url) or _saved_from(decoded.text),
        warnings=decoded.warnings,
    )


def _text(page: Any, tree: Any) -> str:
    """The article by the extractor; a short one has run blocks together: then the story's own blocks."""
    text = str(page.text or "").strip()
    return text if len(text) >= _SHORT else blocks(tree) or text


def _load(source: Source, options: ReadOptions) -> Decoded | Problem:
    """The page's source, in the encoding that it declares where it is not UTF-8."""
    with source.open() as stream:
        data = read_limited(stream, options.max_chars)
    if isinstance(data, Problem):
        return data
    declared = _CHARSET.search(data[:_HEAD])
    charset = declared[1].decode("ascii", "replace") if declared else None
    decoded = decode(data, max_chars=options.max_chars, encoding=options.encoding, declared=charset)
    # The extractor's time grows with the tags; no article has nearly as many.
    if isinstance(decoded, Decoded) and decoded.text.count("<") > _MOST_TAGS:
        return Problem("too-large", f"the page has more than {_MOST_TAGS} tags")
    return decoded


def _saved_from(html: str) -> str | None:
    found = _SAVED.search(html[:_HEAD])
    return found[1] if found else None


def _clear_date(html: str, found: str) -> str:
    """The ISO date that htmldate found; or the page's own figures where it had to guess their order."""
    year, month, day = found[:4], int(found[5:7]), int(found[8:10])
    one, two = f"0?{month}", f"0?{day}"
    if day > 12 or day == month or re.search(rf"{year}[-/.]?{one}[-/.]?{two}(?!\d)", html):
        return found
    unclear = re.search(rf"(?<!\d)(?:{two}([/.-]){one}\1|{one}([/.-]){two}\2){year}(?!\d)", html)
    return unclear.group() if unclear else found


def _extract(tree: Any) -> Any:
    import trafilatura

    # What it complains about becomes a DocumentError; its own lines would garble the command's output.
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # htmldate would search the whole page and compare with today: only the page's own statements count,
    # and the upper bound is fixed so that the machine's clock plays no part.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}
    try:
        return trafilatura.bare_extraction(
            copy.deepcopy(tree), include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    except MemoryError:
        raise
    except Exception:
        # The page is too broken for the extractor; the caller reports it.
        return None
