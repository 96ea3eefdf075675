"""Markdown files: the syntax stays in the text; front matter is metadata and stays silent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from extract.readers.options import ReadOptions
from extract.readers.plain import load_text
from extract.readers.problems import Problem
from extract.readers.records import first_field, text_or_none
from extract.readers.source import Item, RawDocument, Source
from extract.sections import normalise_text

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<yaml>.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Item]:
    """The file's document, with title, date and url of its front matter."""
    decoded = load_text(source, options)
    if isinstance(decoded, Problem):
        yield decoded.at(source.path, source.doc_id)
        return
    text = normalise_text(decoded.text)
    preamble, meta = front_matter(text)
    names = options.fields
    yield RawDocument(
        source.doc_id,
        text,
        source.path,
        title=text_or_none(first_field(meta, names.title)),
        published=first_field(meta, names.date),
        url=text_or_none(first_field(meta, names.url)),
        warnings=decoded.warnings,
        preamble=preamble,
    )


def front_matter(text: str) -> tuple[int, Mapping[str, Any]]:
    """Length of the YAML front matter at the start of a text (0: none) and its fields."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return 0, {}
    try:
        fields = yaml.safe_load(match["yaml"])
    except (yaml.YAMLError, ValueError):
        return 0, {}
    return (match.end(), fields) if isinstance(fields, dict) else (0, {})
