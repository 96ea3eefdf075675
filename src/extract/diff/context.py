"""The sentence around a fact, where the text is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsfacts.model import Fact

#: Document id -> its text, of those documents whose text is known.
Texts = Mapping[str, str]


class Sentence(NamedTuple):
    """A fact's sentence, cut in three: what stands before the fact, the fact, and what follows."""

    before: str
    fact: str
    after: str


def sentence(fact: Fact, texts: Texts) -> Sentence | None:
    """The sentence of a fact, None where its text is unknown or another than the fact was found in."""
    text = texts.get(fact.doc_id)
    if text is None or text[fact.start : fact.end] != fact.text:
        return None
    start, end = min(fact.sentence_start, fact.start), max(fact.sentence_end, fact.end)
    return Sentence(text[start : fact.start], fact.text, text[fact.end : end])
