"""NewsQuant's names of units: spelled out, British, singular, lemmas of nouns. Convention only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from newsfacts.language import Parsed

NAMES: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("newsquant_units.yaml").read_text(encoding="utf-8")
)
_EMPTY = ("DET", "PUNCT", "NUM", "SPACE", "PART", "CCONJ")
#: A rate that is written where the amount ends, perhaps behind its conversion: "$5 (4 euros) a barrel".
_RATE = re.compile(r"(?:\s*\([^)]*\))?(?:\s*-?\s*(?:a|an|per|each|every|to the)\b|\s*/)", re.IGNORECASE)


def unit_name(fact: Any, parsed: Parsed, counted: Iterable[Any] = ()) -> tuple[str, float]:
    """NewsQuant's name of the unit, and what the value is to be multiplied with.

    `counted` are the tokens of the counted noun, where there is one.
    """
    noun = noun_name(counted)
    written = fact.text.lower()
    per = _per(fact.per) if fact.per and _is_rate(fact, parsed) else ""
    if fact.type == "percent":
        return NAMES["units"].get(fact.unit, fact.unit), 1
    if fact.type == "ratio":
        if "fraction" in fact.rule or "share" in fact.rule:
            return f"% {noun or '-'}", 1
        return "count", 1
    if fact.type in ("count", "rank"):
        if noun == "time":
            return "count", 1
        name = f"top {noun}".strip() if fact.type == "rank" else noun
        return (f"{name} per {per}" if per else name), 1
    name, factor = _money_name(fact, written) if fact.type == "money" else _measure_name(fact, written)
    if per and name == "barrel of oil":
        name = "barrel"
    return (f"{name} per {per}" if per else name), factor


def _is_rate(fact: Any, parsed: Parsed) -> bool:
    """Whether the amount's own phrase says the rate; not a word for a rate elsewhere ("monthly costs")."""
    end = max(fact.end, getattr(fact, "item_end", None) or 0)
    return any(_RATE.match(parsed.text, at) for at in (fact.end, end))


def _money_name(fact: Any, written: str) -> tuple[str, float]:
    for pattern, name in (
        (r"\bcents?\b|¢", "cent"),
        (r"\bsen\b", "sen"),
        (r"\dp\b| p\b|\bpence\b|penny", "point"),
    ):
        if re.search(pattern, written):
            return name, 100
    return NAMES["currencies"].get(fact.unit, fact.unit.lower()), 1


def _measure_name(fact: Any, written: str) -> tuple[str, float]:
    for form, name in NAMES["written"].items():
        if re.search(rf"(?<![a-z]){re.escape(form)}(?![a-z])", written):
            return name, 1
    if fact.type == "duration":
        if fact.rule == "age":
            return f"{NAMES['units'].get(fact.unit, fact.unit)} of age", 1
        if "decade" in written:
            return "decade", 0.1
        if "centur" in written:
            return "century", 0.01
    if fact.unit is None:
        return "-", 1
    return NAMES["units"].get(fact.unit, fact.unit.strip("{}").replace("_", " ")), 1


def _per(code: str) -> str:
    if code == "[bbl_us]":
        return "barrel"
    return NAMES["per"].get(code, NAMES["units"].get(code, NAMES["currencies"].get(code, code.strip("{}"))))


def noun_name(tokens: Iterable[Any]) -> str:
    """Lower-case lemmas of a noun phrase; participles as they are written ("standing committee")."""
    words: list[str] = []
    glue = False
    for token in tokens:
        if token.text == "-" and words:
            glue = True
            continue
        if token.pos_ in _EMPTY:
            continue
        word = _lemma(token)
        if glue:
            words[-1] += f"-{word}"
        else:
            words.append(word)
        glue = False
    return " ".join(words)


def _lemma(token: Any) -> str:
    lemma: str = token.lemma_.lower() if token.pos_ in ("NOUN", "ADJ") else token.lower_
    if token.tag_ == "NNPS":
        lemma = re.sub("men$", "man", lemma).removesuffix("s")
    return NAMES["nouns"].get(lemma, lemma)
