"""One scan over the text: every word, number and sign with the class that the date grammar knows it by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from newsfacts.dates.shapes import Lexicon

Value: TypeAlias = str | int | float

_TOKEN = re.compile(
    r"(?P<junk>(?:\d+[,.;:/–-]){8,}\d*)"  # no date has that many parts: one token, however long
    r"|(?P<iso>(?<![\d.,-])\d{4}-\d\d-\d\d(?:[T ]{1,2}\d\d:\d\d(?::\d\d)?)?(?![\d-]))"
    r"|(?P<slashed>(?<![\d/.])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{4}/\d\d?/\d\d?|\d{4}\.\d\d?\.\d\d?|\d\d?\.\d\d?\.\d{4})(?![\d/]))"
    r"|(?P<dashed>(?<![\d.,-])\d{1,2}-\d{1,2}-\d{4}(?![\d-]))"
    r"|(?P<dotclock>(?<![\d.,$])\d{1,2}\.[0-5]\d(?=\s?[ap]\.?\s?m\b))"
    r"|(?P<clock>(?<![\d:.,])\d{1,2}:\d\d(?::\d\d)?(?![\d:]))"
    r"|(?P<decade>(?<![\d.,$])(?:\d\d[1-9]0|\d\d00|['’‘]?[1-9]0)(?:['’]s|s)\b)"
    r"|(?P<qcode>\b(?:[QH][1-4]|[1-4][QH])(?:['’]?(?:20)?\d\d)?\b)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?(?P<suffix>st|nd|rd|th)?)"
    r"|(?P<word>[ap]\.\s?m\b\.?|o['’]clock|[^\W\d_]+(?:\.[^\W\d_]+)*)"
    r"|(?P<break>\n[^\S\n]*\n\s*)"
    r"|(?P<possessive>['’]s\b)"
    r"|(?P<sign>[^\w\s]{6,}|\S)",
    re.IGNORECASE,
)


#: First halves of years written in words.
_CENTURIES = (16, 17, 18, 19, 20)


class Token(NamedTuple):  # one per word of the text: a tuple is made in a third of a frozen dataclass's time
    """A stretch of the text; `kind` is its class ("word" and "sign" where the lexicon does not know it)."""

    start: int
    end: int
    text: str
    kind: str
    value: Value


class Lexer:
    """Tokens of a text, classified by the lexicon; numbers written as words are joined to one token."""

    def __init__(self, lexicon: Lexicon, holidays: Sequence[tuple[str, int]] = ()) -> None:
        self._abbreviations = frozenset(lexicon.abbreviations)
        self._words: dict[str, tuple[str, Value, bool]] = {}
        for kind, entry in lexicon.classes.items():
            for word, value in entry.words.items():
                capital = entry.capital and word not in entry.any_case
                self._words.setdefault(word, (kind, value, capital))
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, Value]]] = {}
        phrases = [(_split(p.words), p.kind, p.value) for p in lexicon.phrases]
        phrases += [(_split(name), "holiday", index) for name, index in holidays]
        for words, kind, value in sorted(phrases, key=lambda p: -len(p[0])):
            self._phrases.setdefault(words[0], []).append((words, kind, value))

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of text[start:end], with offsets in text."""
        plain: list[Token] = []
        done = start
        for match in _TOKEN.finditer(text, start, end):
            if match.start() >= done:  # else the full stop that an abbreviation has taken along
                plain.append(self._token(match, text))
                done = plain[-1].end
        return _join_numbers(self._join_phrases(plain))

    def _token(self, match: re.Match[str], text: str) -> Token:
        start, end = match.span()
        raw = match[0]
        kind = match.lastgroup or "sign"
        if kind in ("word", "sign", "possessive"):
            return self._word(text, start, end, raw, kind)
        if kind == "dotclock":
            kind = "clock"
        if kind in ("number", "suffix"):
            return _number(start, end, raw, match["suffix"])
        if kind == "qcode" and raw.islower():
            kind = "word"
        return Token(start, end, raw, kind, raw)

    def _word(self, text: str, start: int, end: int, raw: str, kind: str) -> Token:
        lower = raw.lower().replace("’", "'")
        if lower in self._abbreviations and text[end : end + 1] == ".":
            end, lower_dotted = end + 1, lower + "."
            known = self._words.get(lower_dotted) or self._words.get(lower)
        else:
            known = self._words.get(lower)
        if known is None and lower.startswith(("a.", "p.", "a ", "p ")) and lower.rstrip(".").endswith("m"):
            known = ("ampm", 12 if lower[0] == "p" else 0, False)
        if known is None or (known[2] and raw[0].islower()):
            return Token(start, end, lower, kind, 0)
        return Token(start, end, lower, known[0], known[1])

    def _join_phrases(self, tokens: list[Token]) -> list[Token]:
        joined: list[Token] = []
        i = 0
        while i < len(tokens):
            found = self._phrase_at(tokens, i)
            if found:
                size, kind, value = found
                last = tokens[i + size - 1]
                text = " ".join(t.text for t in tokens[i : i + size])
                joined.append(Token(tokens[i].start, last.end, text, kind, value))
                i += size
            else:
                joined.append(tokens[i])
                i += 1
        return joined

    def _phrase_at(self, tokens: list[Token], i: int) -> tuple[int, str, Value] | None:
        for words, kind, value in self._phrases.get(tokens[i].text, ()):
            window = tokens[i : i + len(words)]
            if len(window) == len(words) and all(t.text == w for t, w in zip(window, words, strict=True)):
                return len(words), kind, value
        return None


def _split(words: str) -> tuple[str, ...]:
    return tuple(match[0].replace("’", "'") for match in _TOKEN.finditer(words))


def _number(start: int, end: int, raw: str, suffix: str | None) -> Token:
    digits = raw[: -len(suffix)] if suffix else raw
    if len(digits) > 15:
        return Token(start, end, raw, "bignumber", 0)
    if not digits.isdigit():
        return Token(start, end, raw, "decimal", float(digits.replace(",", "")))
    value = int(digits)
    if suffix:
        return Token(start, end, raw, "ordinal", value)
    if len(digits) == 4 and 1000 <= value <= 2199:
        return Token(start, end, raw, "year", value)
    if len(digits) <= 2 and 1 <= value <= 31:
        return Token(start, end, raw, "day", value)
    return Token(start, end, raw, "integer", value)


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Join "twenty-five", "one hundred", "5 1/2" and "two and a half" to one number token each."""
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "numword":
            size, value = _number_words(tokens, i)
            if value is None:
                ordinal = tokens[i + size]
                whole = int(token.value) + int(ordinal.value)
                joined.append(Token(token.start, ordinal.end, "ordinal", "ordinal", whole))
                i += size + 1
                continue
            year = _year_words(tokens, i, size, value)
            if year is not None:
                joined.append(year)
                i += 1
                while tokens[i - 1].end < year.end:
                    i += 1
                continue
            joined.append(Token(token.start, tokens[i + size - 1].end, token.text, "numword", value))
            i += size
        elif token.kind in ("day", "integer") and _fraction(tokens, i + 1) is not None:
            value = float(token.value) + (_fraction(tokens, i + 1) or 0)
            joined.append(Token(token.start, tokens[i + 3].end, token.text, "decimal", value))
            i += 4
        else:
            joined.append(token)
            i += 1
    return joined


def _year_words(tokens: list[Token], i: int, size: int, value: float) -> Token | None:
    """ "nineteen ninety-six": a century and a number of two digits, in words."""
    at = i + size
    if value not in _CENTURIES or at >= len(tokens) or tokens[at].kind != "numword":
        return None
    more, rest = _number_words(tokens, at)
    if rest is None or not 10 <= rest <= 99:
        return None
    end = tokens[at + more - 1].end
    return Token(tokens[i].start, end, "year", "year", int(value * 100 + rest))


def _fraction(tokens: list[Token], i: int) -> float | None:
    """The value of "1/2" at token i."""
    if i + 2 >= len(tokens) or tokens[i + 1].text != "/":
        return None
    top, bottom = tokens[i], tokens[i + 2]
    if top.kind != "day" or bottom.kind != "day" or not int(top.value) < int(bottom.value) <= 10:
        return None
    return int(top.value) / int(bottom.value) if bottom.start == top.end + 1 else None


def _number_words(tokens: list[Token], i: int) -> tuple[int, float | None]:
    """How many tokens from i on spell a number, and its value; None: an ordinal ends it (twenty-first)."""
    total, size = float(tokens[i].value), 1
    while i + size < len(tokens):
        step = 2 if tokens[i + size].kind == "hyphen" else 1
        after = tokens[i + size + step - 1] if i + size + step - 1 < len(tokens) else None
        if after is None:
            break
        tens = total % 10 == 0 and 20 <= total % 100 <= 90
        if after.kind in ("ordinal", "second") and tens and step == 2 and int(after.value) < 10:
            return size + 1, None
        if after.kind != "numword" or not (follow := float(after.value)):
            break
        if follow >= 100 and total < follow:
            total *= follow
        elif (tens and follow < 10) or (total % 100 == 0 and total >= 100 and follow < 100):
            total += follow
        else:
            break
        size += step
    return size, total
