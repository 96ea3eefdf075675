"""A text with its facts marked, for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from newsfacts.api.finding import found_in
from newsfacts.api.given import Days, Given, Texts
from newsfacts.model import DateFact, Document, Fact, PlaceFact, QuantityFact
from newsfacts.table import quantities as rows

if TYPE_CHECKING:
    from spacy.language import Language

    from newsfacts.pipeline import Pipeline

#: Colours (paper, line under the words) that a page of light or dark ground leaves readable.
_COLOURS = {
    "quantity": ("#f5c84240", "#b58900"),
    "date": ("#4aa3df40", "#2176ae"),
    "place": ("#4caf5040", "#2e7d32"),
}
_TEXT = "white-space:pre-wrap;line-height:1.7;max-width:60em"
_CELL = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
_MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """Texts with their facts, which notebooks show in colour and `print` with brackets."""

    documents: tuple[Document, ...]
    facts: tuple[tuple[Fact, ...], ...]

    def __str__(self) -> str:
        pairs = zip(self.documents, self.facts, strict=True)
        return "\n\n".join("".join(_plain(document, facts)).strip() for document, facts in pairs)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        pairs = zip(self.documents, self.facts, strict=True)
        marked = (f'<div style="{_TEXT}">{"".join(_marked(d, f)).strip()}</div>' for d, f in pairs)
        return f'<div class="newsfacts">{"<hr>".join(marked)}{self._table()}</div>'

    def _table(self) -> str:
        """The figures as sentences, each with the words that it stands in."""
        texts = {document.id: document.text for document in self.documents}
        told = list(rows((f for facts in self.facts for f in facts), self.documents, texts))
        lines = "".join(
            f'<tr><td style="{_CELL}">{escape(str(row["said"]))}</td>'
            f'<td style="{_CELL}">{escape(str(row["type"]))}</td>'
            f'<td style="{_CELL}">{escape(_value(row))}</td></tr>'
            for row in told[:_MOST_ROWS]
        )
        more = f"<p>... and {len(told) - _MOST_ROWS} more</p>" if len(told) > _MOST_ROWS else ""
        head = "".join(f'<th style="{_CELL}">{name}</th>' for name in ("figure", "type", "value"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{more}" if told else ""


def show(
    texts: Texts,
    published: Days = None,
    *,
    any_language: bool = False,
    nlp: Pipeline | Language | None = None,
) -> Shown:
    """The text with its facts marked: in a notebook in colour with a table of the figures, else in brackets.

    Takes what `newsfacts.facts` takes. A mark's tooltip says what the fact is.

    >>> newsfacts.show("Exports rose 5 percent to 2 billion dollars in 2023.")
    Exports rose [5 percent] to [2 billion dollars] in [2023].
    """
    found = found_in(texts, Given(published, any_language=any_language), nlp)
    return Shown(found.documents, found.facts)


def _pieces(document: Document, facts: Sequence[Fact]) -> Iterator[tuple[str, Fact | None]]:
    """The text cut at its facts; of two that overlap the first and longer one."""
    done = 0
    for fact in sorted(facts, key=lambda f: (f.start, -f.end)):
        if fact.start < done:
            continue
        yield document.text[done : fact.start], None
        yield document.text[fact.start : fact.end], fact
        done = fact.end
    yield document.text[done:], None


def _plain(document: Document, facts: Sequence[Fact]) -> Iterator[str]:
    return (piece if fact is None else f"[{piece}]" for piece, fact in _pieces(document, facts))


def _marked(document: Document, facts: Sequence[Fact]) -> Iterator[str]:
    by_id = {fact.id: fact for fact in facts}
    for piece, fact in _pieces(document, facts):
        if fact is None:
            yield escape(piece)
            continue
        paper, line = _COLOURS.get(fact.type, _COLOURS["quantity"])
        style = f"background:{paper};color:inherit;border-bottom:2px solid {line};border-radius:2px"
        yield f'<mark style="{style}" title="{escape(_told(fact, by_id))}">{escape(piece)}</mark>'


def _told(fact: Fact, by_id: dict[str, Fact]) -> str:
    """A mark's tooltip."""
    if isinstance(fact, DateFact):
        return f"date: {fact.edtf or 'not resolved'}"
    if isinstance(fact, PlaceFact):
        names = dict.fromkeys(part for part in (fact.name, fact.admin1, fact.country) if part)
        return f"place: {', '.join(names)}"
    linked = (by_id.get(name) for name in (fact.time, fact.place) if name)
    about = [_value_of(fact), fact.item, fact.subject, *(other.text for other in linked if other)]
    return f"{fact.type}: {'; '.join(dict.fromkeys(part for part in about if part))}"


def _value_of(fact: QuantityFact) -> str:
    return _value({name: getattr(fact, name) for name in ("value", "low", "high", "modifier", "unit", "per")})


def _value(row: Any) -> str:
    """Value and unit: "> 2,000,000 CNY", "3 to 5 km"."""
    value = _number(row["value"])
    if row["value"] is None and row["low"] is not None and row["high"] is not None:
        value = f"{_number(row['low'])} to {_number(row['high'])}"
    elif row["value"] is None:
        value = _number(row["low"] if row["low"] is not None else row["high"])
    sign = "" if row["modifier"] in ("=", None) else row["modifier"]
    per = f"/ {row['per']}" if row["per"] else ""
    return " ".join(part for part in (sign, value, row["unit"], per) if part)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.15g}"
