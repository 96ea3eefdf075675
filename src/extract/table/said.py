"""The column `said`: a figure as one line of English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsfacts.table.numbers import scaled, spoken
from newsfacts.table.units import per_words, unit_words
from newsfacts.table.words import SaidWords, TableWords

#: Types whose own words say more than their number: "second-largest", "two thirds".
_WORDED = frozenset({"rank", "ratio"})
_ARTICLES = ("the ", "a ", "an ")


def said(row: Mapping[str, Any], words: TableWords) -> str:
    """A row of the table as a line: of whom, what happened, how much of what (status, date, place).

    It is made of columns only, and says nothing that they do not: the sentence has the rest.

    >>> from newsfacts.table.words import shipped_words
    >>> said({"type": "money", "text": "500 million yuan", "value": 500_000_000, "unit": "CNY",
    ...       "subject": "Shanxi", "predicate": "allocate", "status": "planned", "date_edtf": "2022-09"},
    ...      shipped_words())
    'Shanxi: allocated 500 million yuan (planned, 2022-09)'
    """
    whom = _whom(row, words.said)
    what = _what(row, whom, words)
    place = row.get("place_name")
    where = None if place and place in what + (whom or "") else place
    head = whom or where
    behind = where if whom else None
    line = f"{head}: {what}" if head else what
    status = row.get("status")
    date = row.get("date_edtf") or row.get("date_text")
    notes = ", ".join(filter(None, (None if status == "actual" else status, date, behind)))
    return f"{line} ({notes})" if notes else line


def _whom(row: Mapping[str, Any], words: SaidWords) -> str | None:
    resolved, subject = row.get("subject_resolved"), row.get("subject")
    if resolved:
        return _one_line(resolved)
    if not subject or subject.casefold() in words.pronouns:
        return None
    return _one_line(subject)


def _what(row: Mapping[str, Any], whom: str | None, words: TableWords) -> str:
    item = _one_line(row["item"]) if row.get("item") else None
    if item and whom and _within(item, whom):
        item = None
    if row.get("change_direction"):
        return _changed(row, item, words)
    thing = _counted(row, item, words) if row["type"] == "count" else _measured(row, item, words)
    predicate = row.get("predicate")
    if row["type"] == "rank" or not predicate:
        return thing
    if whom:
        return f"{_past(predicate, words.said)} {thing}" if predicate in words.said.told else thing
    return f"{thing} {_past(predicate, words.said)}" if predicate in words.said.events else thing


def _within(item: str, whom: str) -> bool:
    """Whether the subject names the item already."""
    return f" {item.casefold()} " in f" {whom.casefold()} "


def _changed(row: Mapping[str, Any], item: str | None, words: TableWords) -> str:
    """ "Exports rose by 5 percent year on year"."""
    verb = words.said.changes[row["change_direction"]]
    basis = words.said.bases.get(row.get("change_basis") or "")
    return _joined(item, verb, row.get("change_role"), _amount(row, words), basis)


def _counted(row: Mapping[str, Any], item: str | None, words: TableWords) -> str:
    return _joined(_amount(row, words), item, _per(row, words))


def _measured(row: Mapping[str, Any], item: str | None, words: TableWords) -> str:
    amount = _amount(row, words)
    if row["type"] == "rank":
        return _joined(amount, item)
    base = _one_line(row["of"]) if row.get("of") else None
    if base:
        amount = f"{amount} of {base}"
        if item and _bare(item) in _bare(base):
            item = None
    return f"{item} of {amount}" if item else amount


def _amount(row: Mapping[str, Any], words: TableWords) -> str:
    """How much, with how exact it is, its unit and what it is per."""
    if row["type"] in _WORDED:
        text = _one_line(row["text"])
        return (text[:1].lower() + text[1:]).removesuffix(" of")
    unit = unit_words(row.get("unit"), words.units)
    value, low, high = row.get("value"), row.get("low"), row.get("high")
    modifier = words.said.modifiers.get(row.get("modifier") or "=")
    number = _range(low, high, words.said) if value is None else spoken(value, words.said.scales)
    name = None
    if unit is not None:
        name = unit.name if value is not None and abs(value) == 1 else unit.plural
    per = _per(row, words) if row["type"] != "count" else None
    return _joined(modifier, number, name, per)


def _per(row: Mapping[str, Any], words: TableWords) -> str | None:
    return per_words(row["per"], words.units) if row.get("per") else None


def _range(low: float | None, high: float | None, words: SaidWords) -> str:
    if low is None or high is None:
        return spoken(low if low is not None else high or 0, words.scales)
    first, first_word = scaled(low, words.scales)
    last, last_word = scaled(high, words.scales)
    if first_word and first_word != last_word:
        first = f"{first} {first_word}"
    return _joined(first, "to", last, last_word)


def _past(verb: str, words: SaidWords) -> str:
    """The simple past of a verb, whose first word is the verb itself ("set up")."""
    first, blank, rest = verb.partition(" ")
    return f"{_past_of_one(first, words)}{blank}{rest}"


def _past_of_one(verb: str, words: SaidWords) -> str:
    if verb in words.past:
        return words.past[verb]
    if verb in words.doubled:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


def _bare(phrase: str) -> str:
    low = phrase.casefold()
    return next((low.removeprefix(article) for article in _ARTICLES if low.startswith(article)), low)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
