"""Markdown files: the syntax stays in the text; front matter is metadata and stays silent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from newsfacts.readers.options import ReadOptions
from newsfacts.readers.plain import load_text
from newsfacts.readers.problems import Problem
from newsfacts.readers.records import first_field, showable, text_or_none
from newsfacts.readers.source import Item, RawDocument, Source
from newsfacts.sections import normalise_text

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<yaml>.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_DEEPEST = 50


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Item]:
    """The file's document, with title, date and url of its front matter."""
    decoded = load_text(source, options)
    if isinstance(decoded, Problem):
        yield decoded.at(source.path, source.doc_id)
        return
    text = normalise_text(decoded.text)
    names = options.fields
    try:
        preamble, meta = front_matter(text)
        title, url = (text_or_none(first_field(meta, wanted)) for wanted in (names.title, names.url))
        published = showable(first_field(meta, names.date))
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError) as error:
        what = getattr(error, "problem", None) or f"a value does not fit its type: {error}"
        message = f"the front matter cannot be used: {what}"
        yield Problem("bad-front-matter", message).at(source.path, source.doc_id)
        return
    yield RawDocument(
        source.doc_id,
        text,
        source.path,
        title=title,
        published=published,
        url=url,
        warnings=decoded.warnings,
        preamble=preamble,
    )


class _Loader(yaml.SafeLoader):
    """YAML of front matter: no aliases, which make a line stand for millions, and not nested deep."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ConstructorError(problem="it has aliases (*name)")
        if self._depth >= _DEEPEST:
            raise ConstructorError(problem=f"it is nested more than {_DEEPEST} levels deep")
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def construct_yaml_timestamp(self, node: Any) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except (ValueError, OverflowError):
            return node.value  # a day that there is not: the document is told of it


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def front_matter(text: str) -> tuple[int, Mapping[str, Any]]:
    """Length of the YAML front matter at the start of a text (0: none) and its fields.

    Lines that are not YAML are text. Raises ConstructorError and whatever else PyYAML raises for values that
    it cannot make.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return 0, {}
    try:
        fields = yaml.load(match["yaml"], _Loader)  # noqa: S506 - a safe loader
    except ConstructorError:
        raise
    except yaml.YAMLError:
        return 0, {}
    return (match.end(), fields) if isinstance(fields, dict) else (0, {})
