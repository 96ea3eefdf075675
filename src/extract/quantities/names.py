"""Bare numbers that belong to a name, an era, an hour or a sports score (FACTS.md section 2: no facts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from newsfacts.quantities.lexer import SYMBOL, WORD

if TYPE_CHECKING:
    from newsfacts.quantities.amounts import Amount
    from newsfacts.quantities.lexer import Tokens

#: Stock indices hold at most so many stocks; larger numbers are levels.
_LONGEST_LIST = 3000
#: Strokes of a round of golf and of a tournament; runs of a side.
_ROUND, _TOURNAMENT, _RUNS, _WICKETS = range(54, 90), range(180, 320), 1000, 10

#: Tokens before a score among which a word of a match stands, its highest number, and what may follow it.
_MATCH, _HIGHEST_SCORE = 8, 150
_AFTER_SCORE = frozenset(
    {"in", "on", "at", "to", "after", "against", "and", "but", "with", "away", "over", "by", "last", "when"}
)


class NameFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/names.yaml; the file says what each list means."""

    blocks: frozenset[str]
    eras: frozenset[str]
    hour_before: frozenset[str]
    days: frozenset[str]
    parts_of_day: frozenset[str]
    hour_after: frozenset[str]
    numbered: frozenset[str]
    elements: frozenset[str]
    lists: frozenset[str]
    list_sizes: frozenset[int]
    matches: frozenset[str]
    score_nouns: frozenset[str]
    named_nouns: frozenset[str]
    golf_links: frozenset[str]
    golf_rounds: frozenset[str]
    golf_halves: frozenset[str]
    golf_verbs: frozenset[str]
    out: frozenset[str]


class Names:
    """Says which name, year, hour or score a bare number is part of."""

    def __init__(self, words: NameFile) -> None:
        self._words = words

    def reason(self, tokens: Tokens, amount: Amount) -> str | None:
        """The name of the rule that rejects this amount, or None."""
        if self.score_range(tokens, amount):
            return "score"
        if amount.value is None or amount.number.grouped or amount.number.scale > 1 or amount.number.decimal:
            return None
        for name, test in (
            ("street-block", self._block), ("era", self._era), ("hour", self._hour),
            ("numbered", self._numbered), ("list-name", self._list), ("named-noun", self._named_noun),
            ("score", self._score), ("golf", self._golf), ("cricket", self._cricket),
        ):  # fmt: skip
            if test(tokens, amount):
                return name
        return None

    def _block(self, tokens: Tokens, amount: Amount) -> bool:
        """ "The 300 block of Oak Avenue"."""
        j = amount.last
        named = tokens.word(j + 1) == "of" and tokens.raw[j + 2 : j + 3] != [] and _capital(tokens, j + 2)
        return tokens.word(j) in self._words.blocks and named and tokens.word(amount.first - 1) == "the"

    def _era(self, tokens: Tokens, amount: Amount) -> bool:
        """ "In 480 AD", "79 B.C."."""
        return amount.last < len(tokens) and tokens.raw[amount.last] in self._words.eras

    def _hour(self, tokens: Tokens, amount: Amount) -> bool:
        """ "At nine Sunday morning", "until 10 tonight"."""
        hour = amount.value is not None and 1 <= amount.value <= 12
        if not hour or tokens.word(amount.span_first - 1) not in self._words.hour_before:
            return False
        day, part = tokens.word(amount.last), tokens.word(amount.last + 1)
        return day in self._words.hour_after or (day in self._words.days and part in self._words.parts_of_day)

    def _numbered(self, tokens: Tokens, amount: Amount) -> bool:
        """ "Post 15": a common noun that a capital makes a name; "uranium 235": an isotope."""
        i = amount.first - 1
        k = i - 1 if tokens.word(i) == "-" else i
        if tokens.word(k) in self._words.elements and amount.number.digits:
            return True
        return _beside(tokens, amount) and tokens.low[i] in self._words.numbered and _capital(tokens, i)

    def _list(self, tokens: Tokens, amount: Amount) -> bool:
        """ "The FTSE 100 index", "Fortune 500 firms", "the S&P 500 fell"."""
        i = amount.first - 1
        named = _beside(tokens, amount) and (_capital(tokens, i) or tokens.low[i] == "s")
        sized = amount.number.value in self._words.list_sizes and _beside(tokens, amount)
        if sized and tokens.word(i - 1) == "the" and tokens.low[i] in self._words.lists:
            return True
        if sized and tokens.raw[i] == "P" and tokens.raw[i - 1] == "S":
            return True  # "the S P 500"
        if not named or amount.number.value > _LONGEST_LIST:
            return False
        if tokens.low[i] == "s":
            return tokens.words_between(i - 2, i) == ["poor", "'"]
        if tokens.low[i] == "p":
            return tokens.words_between(i - 2, i) == ["s", "&"]
        return tokens.low[i] in self._words.lists

    def _named_noun(self, tokens: Tokens, amount: Amount) -> bool:
        """ "A Pixel 6 phone": a number above one does not count a singular noun behind a name."""
        name = _beside(tokens, amount) and _capital(tokens, amount.first - 1) and amount.number.value > 1
        if name and tokens.is_number(amount.first - 2) and _lower(tokens, amount.last):
            return True  # "12 Leopard 2 tanks"
        noun = tokens.word(amount.last) in self._words.named_nouns
        return name and noun and not _plural(tokens, amount.last + 1)

    def _score(self, tokens: Tokens, amount: Amount) -> bool:
        """ "The match ended 2 to 1": two small numbers that count nothing, in words of a match."""
        i, j = amount.first, amount.last
        other = j + 1 if tokens.word(j) == "to" and tokens.is_number(j + 1) else None
        ends = other + 1 if other is not None else j
        paired = other is not None or (tokens.word(i - 1) == "to" and tokens.is_number(i - 2))
        if not paired or (tokens.is_word(ends) and tokens.word(ends) not in _AFTER_SCORE):
            return False
        return not self._words.matches.isdisjoint(tokens.words_between(i - _MATCH, i))

    def score_range(self, tokens: Tokens, amount: Amount) -> bool:
        """ "They lost the final 0 to 3", as one range."""
        closed = not tokens.is_word(amount.last) or tokens.word(amount.last) in _AFTER_SCORE
        small = amount.value is None and amount.high is not None and amount.high <= _HIGHEST_SCORE
        plain = tokens.words_between(amount.first + 1, amount.last - 1) in (["to"], ["-"], ["–"])
        around = tokens.words_between(amount.first - _MATCH, amount.first)
        if small and plain and tokens.word(amount.last) in self._words.score_nouns:
            return True  # "a 19-34 record"
        return small and plain and closed and not self._words.matches.isdisjoint(around)

    def _golf(self, tokens: Tokens, amount: Amount) -> bool:
        """ "A six-under-par 66", "on 14-under 274", "a final-round 68", "carded a 68"."""
        if amount.number.value == 9 and tokens.word(amount.first - 1) in self._words.golf_halves:
            return not tokens.is_word(amount.last) or _closes(tokens, amount.last)
        if tokens.words_between(amount.first - 2, amount.first) == ["par", "-"]:
            return True  # "the par-four first"
        strokes = amount.number.digits and amount.value is not None and amount.value == int(amount.value)
        if not strokes or (amount.value not in _ROUND and amount.value not in _TOURNAMENT):
            return False
        i = amount.first - 1
        word, before = tokens.word(i), tokens.word(i - 1)
        if before == "-" and word in self._words.golf_links | self._words.golf_rounds:
            return True
        return word in ("a", "an") and before in self._words.golf_verbs

    def _cricket(self, tokens: Tokens, amount: Amount) -> bool:
        """ "245 for 7", "all out for 198", "87 not out"."""
        i, j = amount.first, amount.last
        if amount.number.value >= _RUNS or _counts(tokens, j):
            return False
        if tokens.words_between(j, j + 2) == ["not", "out"]:
            return amount.number.digits
        if tokens.word(i - 1) == "for" and tokens.word(i - 2) in self._words.out:
            return True
        runs_before = tokens.word(i - 1) == "for" and tokens.is_number(i - 2) and tokens.near(i - 1)
        if runs_before and 0 < amount.number.value <= _WICKETS:
            return _runs(tokens, i - 2)
        wickets = tokens.is_number(j + 1) and tokens.raw[j + 1].isdigit()
        wickets = wickets and 0 < int(tokens.raw[j + 1][:3]) <= _WICKETS and not _counts(tokens, j + 2)
        return tokens.word(j) == "for" and wickets and _runs(tokens, j - 1)


def _runs(tokens: Tokens, i: int) -> bool:
    """Whether token i can be the runs of a side: two or three digits, with no sign or name before."""
    before = tokens.kind[i - 1] if i else SYMBOL
    return tokens.raw[i].isdigit() and 2 <= len(tokens.raw[i]) <= 3 and before == WORD


def _counts(tokens: Tokens, j: int) -> bool:
    """Whether a word or a unit stands at j that the number before it can count; "for", "at" do not."""
    if j >= len(tokens) or not tokens.near(j):
        return False
    if tokens.kind[j] == SYMBOL:
        return tokens.low[j] in ("%", "-", "$", "°")
    return not _closes(tokens, j)


def _closes(tokens: Tokens, j: int) -> bool:
    """Whether the word at j is none that could be counted."""
    return tokens.low[j] in (
        "for", "at", "not", "in", "on", "and", "after", "when", "off", "from", "to", "against", "with",
    )  # fmt: skip


def _beside(tokens: Tokens, amount: Amount) -> bool:
    """Whether a word stands right before the digits."""
    i = amount.first - 1
    return i >= 0 and amount.number.digits and tokens.kind[i] == WORD and tokens.near(amount.first)


def _plural(tokens: Tokens, i: int) -> bool:
    """ "In Kabul 2 tank crews": what a number counts behind the noun."""
    return tokens.is_word(i) and len(tokens.raw[i]) > 3 and tokens.low[i].endswith("s")


def _capital(tokens: Tokens, i: int) -> bool:
    return tokens.raw[i][:1].isupper()


def _lower(tokens: Tokens, i: int) -> bool:
    """Whether a word in small letters stands there."""
    return tokens.is_word(i) and tokens.near(i) and tokens.raw[i].islower()
