"""Hand-made parses, and marked sentences: quantities in square brackets, with type and fields after a bar.

"Output rose [12 percent|percent] to [3 million tons|measure|t]." gives the text without marks and two
mentions; the third part is the unit, the fourth `per`. The value is read from the first digits.
"""

from __future__ import annotations

import re

import spacy
from spacy.tokens import Doc

from newsfacts.linking.clause import Description
from newsfacts.model import QuantityMention

_MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)(?:\|([^|\]]*))?(?:\|([^|\]]*))?\]")
_DIGITS = re.compile(r"\d[\d,.]*\d|\d")


def marked(sentence: str) -> tuple[str, list[QuantityMention]]:
    """The plain sentence and its mentions, in order; a type with "=" marks a twin of the one before."""
    text, at, mentions = "", 0, []
    for match in _MARK.finditer(sentence):
        text += sentence[at : match.start()]
        start = len(text)
        text += match[1]
        at = match.end()
        digits = _DIGITS.search(match[1])
        value = float(digits[0].replace(",", "")) if digits else None
        twin = mentions[-1].start if match[2].endswith("=") else None
        mentions.append(
            QuantityMention(
                start=start, end=len(text), type=match[2].rstrip("="), value=value, unit=match[3] or None,
                per=match[4] or None, number_start=start, number_end=len(text), twin=twin, rule="marked",
            )
        )  # fmt: skip
    return text + sentence[at:], mentions


_VOCAB = spacy.blank("en").vocab


def doc_of(*rows: str, ents: str = "") -> Doc:
    """Rows "word POS tag dep head", one a token; `ents`: words that are a DATE."""
    cells = [row.split() for row in rows]
    words, pos, tags, deps, heads = zip(*cells, strict=True)
    dates = ents.split()
    return Doc(
        _VOCAB,
        words=list(words),
        pos=list(pos),
        tags=list(tags),
        deps=list(deps),
        heads=[int(h) for h in heads],
        lemmas=[w.lower() for w in words],
        ents=["B-DATE" if w in dates else "O" for w in words],
    )


def item_of(description: Description) -> str | None:
    return description.item.text if description.item else None


def subject_of(description: Description) -> str | None:
    return description.subject.text if description.subject else None
