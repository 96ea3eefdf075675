"""A reader's compact lines to standoff gold: offsets found, fields checked, bounds filled in.

    python bench/gold/convert.py ROUND_FOLDER READER_FOLDER OUT.jsonl

ROUND_FOLDER is what `texts.py` laid out. READER_FOLDER holds one file ID.jsonl a text, a fact a line (see
README.md). Every mistake is printed as FILE:LINE; OUT is written where there is none.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from newsfacts.evaluation.records import GoldRecord
from newsfacts.model import QUANTITY_TYPES

Row = dict[str, Any]
#: What only says where a fact stands, or is for the reader.
_WHERE = ("at", "text", "nth", "all", "except", "like", "note", "id")
_LINKS = {"time": ("date",), "place": ("place",), "same_as": QUANTITY_TYPES}
_UNITS = {
    "money": re.compile(r"[A-Z]{3}"),
    "percent": re.compile("%|pp"),
    "duration": re.compile("s|min|h|d|wk|mo|a"),
    "measure": re.compile(r"\S+"),
}
_POINTS = ("city", "admin2", "admin3", "admin4", "facility")
_VAGUE = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


class LineError(Exception):
    """What is wrong with a line."""


@dataclass(frozen=True, slots=True)
class Located:
    """A line's fact at one place of the text."""

    line: int
    id: str
    row: Row


def spans(row: Row, text: str) -> list[tuple[int, int]]:
    """Where a line's fact stands: once, unless it says "all". Any blank stands for any blank of the text."""
    before, marked, after = _marked(row)
    edges = (r"(?<!\w)" if marked[0].isalnum() else "", r"(?!\w)" if marked[-1].isalnum() else "")
    pattern = f"{_blanks(before)}{edges[0]}({_blanks(marked)}){edges[1]}{_blanks(after)}"
    found = [match.span(1) for match in re.finditer(pattern, text)]
    for other in row.get("except", ()):
        taken = [match.span() for match in re.finditer(_blanks(other), text)]
        found = [(a, b) for a, b in found if not any(x <= a and b <= y for x, y in taken)]
    if row.get("all") and found:
        return found
    if (nth := row.get("nth")) is not None and 0 < nth <= len(found):
        return [found[nth - 1]]
    if len(found) != 1 or nth is not None:
        raise LineError(f"stands {len(found)} times in the text: {marked!r}")
    return found


def _marked(row: Row) -> tuple[str, str, str]:
    if "at" not in row:
        if not row.get("text"):
            raise LineError('says neither "at" nor "text"')
        return "", row["text"], ""
    match = re.fullmatch(r"(.*?)\[\[(.+?)\]\](.*)", row["at"], re.DOTALL)
    if match is None:
        raise LineError('"at" needs the fact in double brackets: "has [[more than 5,500]] firms"')
    return match[1].lstrip(), match[2], match[3].rstrip()


def _blanks(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", text))


def filled(row: Row) -> Row:
    """The row with what follows from it: modifier and status where left out, bounds from the modifier."""
    if row["type"] not in QUANTITY_TYPES:
        return row
    bounds = {">": "low", ">=": "low", "<": "high", "<=": "high"}
    row = {"modifier": "=", "status": "actual"} | row
    bound = bounds.get(row["modifier"])
    return {bound: row["value"]} | row if bound and row.get("value") is not None else row


def check(row: Row) -> None:
    """Raise LineError where a fact cannot be what it says."""
    match row["type"]:
        case "date":
            _check_date(row)
        case "place":
            if not row.get("name") or not row.get("kind"):
                raise LineError("a place needs name and kind")
            if row["kind"] in _POINTS and row.get("lat") is None:
                raise LineError(f"a {row['kind']} needs lat and lon: it is compared by distance")
        case _:
            _check_quantity(row)


def _check_date(row: Row) -> None:
    if not row.get("edtf") and row.get("timex3") not in _VAGUE and "edtf" not in row:
        raise LineError("a date needs edtf; null where it cannot be placed")
    for value in (row.get("edtf"), *row.get("edtf_alt", ())):
        try:
            if value is not None:
                parse_edtf(re.sub(r"T(MO|AF|EV|NI)$", "", value))
        except EDTFParseException as error:
            raise LineError(f"edtf {value!r} is no EDTF") from error


def _check_quantity(row: Row) -> None:
    if row.get("value") is None and (row.get("low") is None or row.get("high") is None):
        raise LineError("needs value, or low and high")
    unit, wanted = row.get("unit"), _UNITS.get(row["type"])
    if wanted is None and unit is not None:
        raise LineError(f"a {row['type']} has no unit")
    if wanted is not None and not wanted.fullmatch(unit or "") and (row["type"] != "measure" or unit):
        raise LineError(f"unit {unit!r} is none of {row['type']}")
    if row.get("place_inherited") and not row.get("place"):
        raise LineError("place_inherited without place")


def located(lines: Mapping[int, Row], text: str) -> Iterator[Located | tuple[int, str]]:
    """Every fact of a reader's file with its span and id; or the line and what is wrong with it."""
    models = {row["id"]: row for row in lines.values() if "id" in row}
    counts: dict[str, int] = {}
    for number, given in lines.items():
        try:
            row = _copied(given, models)
            for i, (start, end) in enumerate(spans(row, text)):
                kept = {name: value for name, value in row.items() if name not in _WHERE}
                fact = filled({"type": row["type"], "start": start, "end": end} | kept)
                check(fact)
                yield Located(number, _name(row, i, counts, models), fact)
        except LineError as error:
            yield number, str(error)


def _copied(row: Row, models: Mapping[str, Row]) -> Row:
    if "like" in row:
        if row["like"] not in models:
            raise LineError(f"like {row['like']!r}: no line has that id")
        row = {k: v for k, v in models[row["like"]].items() if k not in _WHERE} | row
    if row.get("type") not in (*QUANTITY_TYPES, "date", "place"):
        raise LineError(f"type {row.get('type')!r} is none of docs/FACTS.md")
    return row


def _name(row: Row, i: int, counts: dict[str, int], models: Mapping[str, Row]) -> str:
    if "id" in row:
        return f"{row['id']}.{i + 1}" if i else str(row["id"])
    letter = {"date": "d", "place": "p"}.get(row["type"], "q")
    while True:
        counts[letter] = counts.get(letter, 0) + 1
        if f"{letter}{counts[letter]}" not in models:
            return f"{letter}{counts[letter]}"


def linked(facts: list[Located], doc_id: str, published: str | None) -> Iterator[Row | tuple[int, str]]:
    """Gold rows in text order with full ids; or the line and what is wrong with its links and fields."""
    types = {fact.id: fact.row["type"] for fact in facts}
    for fact in sorted(facts, key=lambda f: (f.row["start"], f.row["end"])):
        head = {"doc_id": doc_id, "published": published, "id": f"{doc_id}:{fact.id}"}
        row = head | {name: value for name, value in fact.row.items() if value is not None or name == "edtf"}
        for name, wanted in _LINKS.items():
            for link in (fact.row.get(name), *fact.row.get(f"{name}_alt", ())):
                if link is not None and types.get(link) not in wanted:
                    yield fact.line, f"{name} {link!r} is no {' or '.join(wanted)} of this text"
            if name in row:
                row[name] = f"{doc_id}:{row[name]}"
            if f"{name}_alt" in row:
                row[f"{name}_alt"] = [link and f"{doc_id}:{link}" for link in row[f"{name}_alt"]]
        try:
            msgspec.convert(row, GoldRecord)
        except msgspec.ValidationError as error:
            yield fact.line, str(error)
        else:
            yield row


def converted(file: Path, text: str, published: str | None) -> tuple[list[Row], list[str]]:
    """The gold rows of one reader's file, and its mistakes as FILE:LINE."""
    lines: dict[int, Row] = {}
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                lines[number] = json.loads(line)
            except json.JSONDecodeError as error:
                wrong.append((number, f"no JSON: {error}"))
    facts: list[Located] = []
    for one in located(lines, text):
        wrong.append(one) if isinstance(one, tuple) else facts.append(one)
    rows: list[Row] = []
    for row in linked(facts, file.stem, published):
        wrong.append(row) if isinstance(row, tuple) else rows.append(row)
    return rows, [f"{file.name}:{number}: {what}" for number, what in sorted(wrong)]


def main() -> None:
    """Read the command line and convert every file of a reader."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("round", type=Path)
    parser.add_argument("reader", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    rows: list[Row] = []
    wrong: list[str] = []
    for line in (args.round / "meta.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        text = (args.round / "texts" / f"{known['id']}.txt").read_text(encoding="utf-8")
        found, mistakes = converted(args.reader / f"{known['id']}.jsonl", text, known["published"])
        rows += found
        wrong += mistakes
    if wrong:
        sys.exit("\n".join(wrong))
    args.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} facts in {args.out}")


if __name__ == "__main__":
    main()
