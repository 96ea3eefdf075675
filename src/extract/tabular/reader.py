"""Reads a document's tables: one fact a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from newsfacts.model import (
    Change,
    DateMention,
    Document,
    PlaceMention,
    QuantityFact,
    QuantityMention,
    fact_id,
)
from newsfacts.model.mention import QuantityType, Span
from newsfacts.model.table import Cell, Row, Table
from newsfacts.rules import RuleSet
from newsfacts.tabular.units import ReadQuantities, UnitNote, UnitNotes

_FIGURE = re.compile(
    r"(?P<sign>[(+\-−–]?)\s?(?P<digits>\d[\d.,\u00a0\u202f ]*?)\)?(?P<mark>[*†‡]|(?<=\d)[a-e])?\s*"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?")
_YEAR = re.compile(
    r"^(?:19|20)\d\d(?![\w.,/–-])|^(?:19|20)\d\d(?=[a-z]$)|(?<![\w.,/=–-])(?<!= )(?:19|20)\d\d$"
)
_NOTES = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]|\s*,\s*(?:%|per ?cent|in\b.*)$|[*†‡:]+$")
_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
#: A year beside a published forecast: "2025f".
_RULE = "table-cell"


class TabularWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/tabular/words.yaml; the file says what each list means."""

    goods: frozenset[str]
    plain: frozenset[str]
    changes: frozenset[str]
    basis: dict[Literal["yoy", "mom", "qoq"], frozenset[str]]
    planned: frozenset[str]
    indices: frozenset[str]
    counted: frozenset[str]
    excepted: frozenset[str]
    empty: frozenset[str]
    unit_columns: frozenset[str]
    periods: frozenset[str]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Head:
    """A row's or column's name with what stands in it.

    `named`: it says more than a period; `cell` is without a date at its end.
    """

    cell: Cell | None
    text: str
    date: DateMention | None
    place: PlaceMention | None
    named: bool
    unit: str = ""


_NONE = _Head(None, "", None, None, named=False)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with its heads read."""

    table: Table
    corner: _Head
    columns: tuple[_Head, ...]
    caption: _Head


class TableReader:
    """Turns the figures of tables into facts. Built once, called per document."""

    def __init__(self, words: TabularWords, read: ReadQuantities) -> None:
        self._words = words
        self._read = read
        self._units = UnitNotes(read)

    @classmethod
    def from_rules(cls, rules: RuleSet, read: ReadQuantities) -> TableReader:
        """Read rules/tabular. `read`: the finder of quantities on a short text. Raises RulesError."""
        return cls(rules.read("tabular/words.yaml", TabularWords), read)

    def dates(self, document: Document, dates: Sequence[DateMention]) -> list[DateMention]:
        """The years at an end of heads, where no date was found: "| 2022 | Milk 2023 | 2025f |"."""
        found = []
        for table in document.tables:
            heads = [cell for row in table.head for cell in row.cells] + [row.cells[0] for row in table.body]
            for cell in heads:
                match = _YEAR.search(document.text[cell.start : cell.end])
                if match and not _inside(cell, dates):
                    found.append(_year(match[0], cell.start + match.start()))
        return found

    def facts(
        self, document: Document, dates: Sequence[DateMention], places: Sequence[PlaceMention]
    ) -> list[QuantityFact]:
        """A fact for each figure in the body of each table, in text order."""
        facts: list[QuantityFact] = []
        for table in document.tables:
            near = (table.caption.start if table.caption else table.start, table.end)
            some = [
                d
                for d in dates
                if d.start >= near[0] and d.end <= near[1] and d.timex_type in ("DATE", "TIME")
            ]
            spots = [p for p in places if p.start >= near[0] and p.end <= near[1]]
            facts += self._table(document, table, some, spots)
        return facts

    def _table(
        self, document: Document, table: Table, dates: Sequence[DateMention], places: Sequence[PlaceMention]
    ) -> list[QuantityFact]:
        def head(cell: Cell | None) -> _Head:
            if cell is None or cell.start == cell.end:
                return _NONE
            date = next((d for d in dates if cell.start <= d.start and d.end <= cell.end), None)
            place = next((p for p in places if cell.start <= p.start and p.end <= cell.end), None)
            rest = _without(document.text, cell, date)
            text = document.text[rest.start : rest.end]
            # "1-6/2024", "Q2": a period though no date was found in it.
            period = date is not None or any(c.isdigit() for c in text)
            named = not (period and _words(_NOTES.sub("", text)) <= self._words.periods)
            return _Head(rest if named else cell, text, date, place, named=named)

        width = max(len(row.cells) for row in (*table.head, *table.body))
        last = table.head[-1].cells if table.head else ()
        columns = tuple(head(last[c] if c < len(last) else None) for c in range(width))
        grid = _Grid(table, columns[0], columns, head(table.caption))
        found: list[QuantityFact] = []
        for row in table.body:
            name = head(row.cells[0])
            units = [c for i, c in enumerate(row.cells) if self._is(columns[i], self._words.unit_columns)]
            name = replace(name, unit=document.text[units[0].start : units[0].end] if units else "")
            for column, cell in enumerate(row.cells[1:], 1):
                if self._is(columns[column], self._words.unit_columns):
                    continue
                fact = self._fact(document, grid, row, name, columns[column], cell)
                if fact is not None:
                    found.append(fact)
        return found

    def _fact(
        self, document: Document, grid: _Grid, row: Row, name: _Head, column: _Head, cell: Cell
    ) -> QuantityFact | None:
        text = document.text[cell.start : cell.end]
        if text.lower() in self._words.empty:
            return None
        mention = self._value(text, grid, name, column)
        if mention is None:
            return None
        item, subject = self._named(grid, name, column, mention.type)
        time = next((h.date for h in (column, name, grid.caption) if h.date is not None), None)
        place = next((h.place for h in (name, column, grid.caption) if h.place is not None), None)
        start, end = cell.start + mention.start, cell.start + mention.end
        thing = _trimmed(document.text, item)
        whose = _trimmed(document.text, subject)
        return QuantityFact(
            id=fact_id(document.id, mention.type, start, end),
            doc_id=document.id,
            published=document.published.isoformat() if document.published else None,
            start=start,
            end=end,
            text=document.text[start:end],
            sentence_start=row.start,
            sentence_end=row.end,
            sentence=document.text[row.start : row.end],
            section="body",
            rule=_RULE,
            confidence=self._words.confidence,
            type=mention.type,
            value=mention.value,
            low=mention.low,
            high=mention.high,
            modifier=mention.modifier,
            unit=mention.unit,
            per=mention.per,
            item=document.text[thing[0] : thing[1]] if thing else None,
            item_start=thing[0] if thing else None,
            item_end=thing[1] if thing else None,
            subject=document.text[whose[0] : whose[1]] if whose else None,
            subject_start=whose[0] if whose else None,
            subject_end=whose[1] if whose else None,
            change=self._change(column, name, grid, mention),
            status=self._status(column, name, grid),
            time=fact_id(document.id, "date", time.start, time.end) if time else None,
            place=fact_id(document.id, "place", place.start, place.end) if place else None,
        )

    def _value(self, text: str, grid: _Grid, name: _Head, column: _Head) -> QuantityMention | None:
        """The figure of a cell in its unit; None where the cell holds none."""
        match = _FIGURE.fullmatch(text)
        number = _number(match["digits"]) if match else None
        if match is None or number is None:
            written = text.removeprefix("+")
            found = self._read(written)
            if len(found) != 1:
                return None
            only, shift = found[0], len(text) - len(written)
            return replace(only, start=only.start + shift, end=only.end + shift)
        negative = match["sign"] in ("-", "−", "–") or (match["sign"] == "(" and ")" in text)
        note = self._note(grid, name, column)
        value = (-number if negative else number) * note.factor
        first = match.start("sign") if negative and match["sign"] != "(" else match.start("digits")
        whole = value == value.to_integral_value()
        return QuantityMention(
            start=first,
            end=match.end("digits"),
            type=note.type,
            value=int(value) if whole else float(value),
            unit=note.unit,
            per=note.per,
            number_start=first,
            number_end=match.end("digits"),
            rule=_RULE,
        )

    def _note(self, grid: _Grid, name: _Head, column: _Head) -> UnitNote:
        """The unit of a figure: the column's, else the row's, else that of the corner or the caption."""
        own = self._own_note(column, name)
        if own is not None and own.type != "count":
            return own
        words = _words(f"{column.text} {name.text} {grid.corner.text} {grid.caption.text}")
        lower = f"{name.text} {column.text}".lower()
        wide = next(
            (n for h in (grid.corner, grid.caption) if (n := self._units.of(h.text)) is not None), None
        )
        if own is not None:  # a scale alone: "(thousands)"
            return replace(wide, factor=own.factor) if wide is not None and wide.factor == 1 else own
        if self._words.counted & _words(lower):
            return UnitNote("count", None, None, Decimal(1))
        if wide is not None:
            spared = any(word in lower for word in self._words.excepted) and wide.type == "money"
            return replace(wide, factor=Decimal(1)) if spared else wide
        kind: QuantityType = "measure" if self._words.indices & words else "count"
        return UnitNote(kind, None, None, Decimal(1))

    def _own_note(self, column: _Head, name: _Head) -> UnitNote | None:
        heads = [h.text for h in (column, name) if h.named]
        notes = [n for text in (*heads, name.unit) if text and (n := self._units.of(text)) is not None]
        return next((n for n in notes if n.type == "percent"), notes[0] if notes else None)

    def _named(
        self, grid: _Grid, name: _Head, column: _Head, kind: QuantityType
    ) -> tuple[Cell | None, Cell | None]:
        """What is measured and of whom: cells of heads."""
        if name.place is not None or not name.named:  # a place or a period heads the row
            item = column if column.named and column.place is None else self._spoken(grid)
            return (item.cell, name.cell if name.place is not None and name.date is None else None)
        if not column.named or column.place is not None:  # periods or places head the columns
            return name.cell, None
        goods = grid.corner.cell is None or self._is(grid.corner, self._words.goods)
        if goods and (kind != "count" or self._is(column, self._words.plain)):
            return name.cell, None
        return column.cell, name.cell

    def _spoken(self, grid: _Grid) -> _Head:
        """What the corner or the caption says is measured: under places and periods alone."""
        noted = grid.corner.named and self._units.of(grid.corner.text) is not None
        whole = grid.corner.text and _NOTES.sub("", grid.corner.text).strip()
        return grid.corner if noted and whole and self._units.of(whole) is None else grid.caption

    def _is(self, head: _Head, words: frozenset[str]) -> bool:
        return _NOTES.sub("", head.text).strip().lower() in words

    def _change(self, column: _Head, name: _Head, grid: _Grid, mention: QuantityMention) -> Change | None:
        if (
            mention.value is None
            or mention.value == 0
            or mention.type not in ("percent", "money", "count", "measure")
        ):
            return None
        words = _words(f"{column.text} {name.text}" if column.named else f"{name.text} {grid.caption.text}")
        if not words & self._words.changes:
            return None
        basis = next((b for b, known in self._words.basis.items() if known & words), None)
        return Change("up" if mention.value > 0 else "down", "by", basis)

    def _status(self, column: _Head, name: _Head, grid: _Grid) -> Literal["actual", "planned"]:
        words = _words(f"{column.text} {name.text}")
        return "planned" if words & self._words.planned else "actual"


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _number(digits: str) -> Decimal | None:
    """The value of a figure: "1,234.5", "1 234", "7120"; None where marks do not group by three."""
    digits = digits.strip()
    if not _GROUPED.fullmatch(digits) and ("," in digits or " " in digits):
        return None
    try:
        return Decimal(re.sub(r"[,\u00a0\u202f ]", "", digits))
    except InvalidOperation:
        return None


def _trimmed(text: str, cell: Cell | None) -> tuple[int, int] | None:
    """A head without its unit note: "Net sales" of "Net sales (USD)"."""
    if cell is None:
        return None
    span = text[cell.start : cell.end]
    kept = _NOTES.sub("", span).strip()
    at = span.find(kept) if kept else -1
    return (cell.start + at, cell.start + at + len(kept)) if at >= 0 else None


def _without(text: str, cell: Cell, date: DateMention | None) -> Cell:
    """The cell without a date at its start or end: "2022 Milk" is Milk."""
    if date is None:
        return cell
    left, right = text[cell.start : date.start], text[date.end : cell.end]
    if not left.strip(" ,(") and not right.strip(" ,)*†"):
        return Cell(cell.start, cell.start)
    if left.strip(" ,(") and not right.strip(" ,)"):
        return Cell(cell.start, cell.start + len(left.rstrip(" ,(")))
    if right.strip(" ,)") and not left.strip():
        return Cell(cell.end - len(right.lstrip(" ,)")), cell.end)
    return cell


def _inside(cell: Span, dates: Iterable[DateMention]) -> bool:
    return any(d.start < cell.end and cell.start < d.end for d in dates)


def _year(year: str, start: int) -> DateMention:
    return DateMention(
        start=start,
        end=start + 4,
        timex_type="DATE",
        timex3=year,
        edtf=year,
        date_start=f"{year}-01-01",
        date_end=f"{year}-12-31",
        rule="year",
    )
