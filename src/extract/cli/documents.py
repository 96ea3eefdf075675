"""From what the user names to documents: inputs, options of the readers, standard input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.model import Document, DocumentError
    from extract.pipeline import Pipeline


def items(
    sources: Sequence[Path], options: Mapping[str, Any], pipeline: Pipeline
) -> Iterator[Document | DocumentError]:
    """The documents of these inputs, read one by one; `-` is one text on standard input."""
    from extract.readers import ReadOptions, read

    return read(sources, ReadOptions(**options), pipeline.sections)


def texts_of(source: Path) -> Mapping[str, str]:
    """Document id -> text of an input that was extracted with default options."""
    from extract.model import Document
    from extract.readers import ReadOptions, read
    from extract.rules import RuleSet
    from extract.sections import SectionBuilder

    found = read([source], ReadOptions(), SectionBuilder.from_rules(RuleSet()))
    return {item.id: item.text for item in found if isinstance(item, Document)}


def expected(sources: Sequence[Path]) -> int | None:
    """How many documents these inputs hold, where that can be told without reading them."""
    if any(not source.is_dir() for source in sources):
        return None
    return None
