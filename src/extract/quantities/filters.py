"""Numbers that are no quantities: names, codes, scores, list marks, years, pronouns."""

from __future__ import annotations

import re

import msgspec

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.digits import digits_value
from newsfacts.quantities.lexer import NUMBER, SYMBOL, WORD, Tokens
from newsfacts.quantities.names import Names

#: Characters on either side of a number that are looked at for the gaps of a table.
_ROW = 100
_POINTS = frozenset({"N", "S", "E", "W", "north", "south", "east", "west"})
_GAP = re.compile(r"\t| {3,}")


class FilterFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/filters.yaml."""

    before: frozenset[str]
    after: frozenset[str]
    hyphen_after: frozenset[str]
    function_words: frozenset[str]
    time_prepositions: frozenset[str]
    one_before: frozenset[str]
    one_after: frozenset[str]
    one_day_before: frozenset[str]
    one_day_after: frozenset[str]
    months: frozenset[str]
    year_before: frozenset[str]
    year_nouns: frozenset[str]
    amounts_before: frozenset[str]
    plurals: frozenset[str]
    streets: frozenset[str]
    aircraft: frozenset[int]
    screen_lines: frozenset[int]
    indices: frozenset[str]
    grades: frozenset[str]
    point_nouns: frozenset[str]
    example_nouns: frozenset[str]
    speakers: frozenset[str]
    speaking: frozenset[str]
    aircraft_after: frozenset[str]


class Filters:
    """Says why an amount is no quantity."""

    def __init__(self, words: FilterFile, names: Names) -> None:
        self._words = words
        self._names = names

    def reason(self, tokens: Tokens, amount: Amount, *, title: bool) -> str | None:
        """The name of the rule that rejects this amount, or None where it is a quantity."""
        if amount.type == "rank":
            return None
        if _table_cell(tokens, amount):
            return "table-cell"
        if _age_group(tokens, amount):
            return "age-group"
        if _coordinate(tokens, amount):
            return "coordinate"
        if _in_code(tokens, amount):
            return "in-code"
        if amount.bare and _table_row(tokens, amount):
            return "table-row"
        if not amount.bare:
            return self._measured_reason(tokens, amount)
        if (named := self._names.reason(tokens, amount)) is not None:
            return named
        for name, test in (
            ("clock", _clock), ("list-mark", _list_mark), ("bracketed", _bracketed), ("chain", _chain),
            ("named", self._named), ("suffix", self._suffix), ("year", self._year), ("one", self._one),
            ("model", self._model), ("address", self._address), ("aircraft", self._aircraft),
            ("screen", self._screen), ("month-day", self._month_day), ("unattached", self._unattached),
            ("index-name", self._index_name),
        ):  # fmt: skip
            if test(tokens, amount):
                return name
        if not title and self._capital(tokens, amount):
            return "capital"
        return self._zero(tokens, amount)

    def _measured_reason(self, tokens: Tokens, amount: Amount) -> str | None:
        """Why a number with a unit is none after all."""
        if tokens.word(amount.last - 1) == "p" and amount.number.value in self._words.screen_lines:
            return "screen-lines"
        if self._grade(tokens, amount):
            return "grade"
        if amount.unit == "{point}" and tokens.word(amount.last) in self._words.point_nouns:
            return "point-plan"
        if _named_event(tokens, amount):
            return "named-event"
        if amount.type == "duration" and tokens.word(amount.span_first - 1) == "every":
            return "frequency"
        return "one-day" if self._one_day(tokens, amount) else None

    def _grade(self, tokens: Tokens, amount: Amount) -> bool:
        """ "5A-level", "4A scenic spots": grades, not amperes."""
        j = amount.last
        k = j + 1 if tokens.word(j) == "-" else j
        return amount.unit == "A" and tokens.word(k) in self._words.grades

    def _zero(self, tokens: Tokens, amount: Amount) -> str | None:
        return "zero" if amount.bare and amount.value == 0 else None

    def _one_day(self, tokens: Tokens, amount: Amount) -> bool:
        """ "at one point", "one day we shall": neither measure nor length of time."""
        if tokens.word(amount.first) != "one" or amount.modified or amount.value != 1:
            return False
        before, after = tokens.word(amount.first - 1), tokens.word(amount.last)
        if amount.unit == "{point}":
            return before in ("at", "this")
        timed = before in self._words.one_day_before or after in self._words.one_day_after
        return (
            amount.unit in ("d", "{night}", "s", "min") and not timed and tokens.word(amount.first + 1) != "-"
        )

    def _named(self, tokens: Tokens, amount: Amount) -> bool:
        """ "Flight 370", "Group of Seven", "chapter three", "#4"."""
        i = amount.first - 1
        before = tokens.word(i)
        if before in (".", ":") and tokens.glued(i):
            before = tokens.word(i - 1)
        if before in self._words.before and not amount.number.grouped and amount.number.scale == 1:
            return True
        if before == "of" and tokens.word(i - 1) == "round":
            return tokens.raw[i - 1] == "Round" or amount.number.value in (8, 16, 32, 64)
        if before == "of" and tokens.word(i - 1) == "group":
            named = tokens.raw[i - 1] == "Group" and tokens.word(i - 2) == "the"
            return named or tokens.raw[amount.first][:1].isupper()
        return tokens.word(amount.last) in self._words.after and tokens.near(amount.last)

    def _suffix(self, tokens: Tokens, amount: Amount) -> bool:
        """ "5G", "20s", "10th", "four-wheel", "three-dimensional"."""
        j = amount.last
        if j >= len(tokens):
            return False
        if tokens.kind[j] == WORD and tokens.glued(j):
            return True
        if tokens.low[j] == "'" and tokens.word(j + 1) == "s" and tokens.glued(j + 1):
            return True
        return tokens.low[j] == "-" and tokens.glued(j) and tokens.word(j + 1) in self._words.hyphen_after

    def _year(self, tokens: Tokens, amount: Amount) -> bool:
        number = amount.number
        if not number.digits or number.grouped or number.decimal or number.scale > 1 or amount.value is None:
            return False
        if amount.modified or not 1000 <= amount.value <= 2199:
            return False
        before = tokens.word(amount.first - 1)
        if not self._words.amounts_before.isdisjoint(tokens.words_between(amount.first - 2, amount.first)):
            return False
        counts = _counts(tokens, amount.last, self._words.function_words)
        if before not in self._words.year_before and self._plural(tokens, amount.last):
            return False
        if before == "from" and self._falls(tokens, amount):
            return False
        if before in self._words.time_prepositions or before in self._words.months:
            return 1500 <= amount.value <= 2100 or not counts
        return 1900 <= amount.value <= 2049 or (1500 <= amount.value <= 2100 and not counts)

    def _falls(self, tokens: Tokens, amount: Amount) -> bool:
        """ "From 2050 to 1980 pupils": years would run forward."""
        j = amount.last
        to = digits_value(tokens.raw[j + 1]) if tokens.word(j) == "to" and tokens.is_number(j + 1) else None
        counted = amount.value is not None and (amount.value < 1500 or (to is not None and to < amount.value))
        return to is not None and counted and self._plural(tokens, j + 2)

    def _plural(self, tokens: Tokens, j: int) -> bool:
        """Whether a plural noun that no year describes follows, behind an adjective or not."""
        for k in (j, j + 1):
            if not _counts(tokens, k, self._words.function_words) or tokens.low[k] in self._words.year_nouns:
                return False
            word = tokens.low[k]
            if word in self._words.plurals or (len(word) > 3 and word[-1] == "s" and word[-2] not in "su"):
                return True
        return False

    def _one(self, tokens: Tokens, amount: Amount) -> bool:
        if tokens.word(amount.first) != "one" or amount.last != amount.first + 1:
            return False
        if amount.modified:
            return False
        before, after = tokens.word(amount.first - 1), tokens.word(amount.last)
        if before in self._words.one_before or after in self._words.one_after or "-" in (before, after):
            return True
        if any(w in self._words.example_nouns for w in tokens.words_between(amount.last, amount.last + 3)):
            return True
        return (
            not tokens.is_word(amount.last)
            or after in self._words.function_words
            or self._says(tokens, amount)
        )

    def _says(self, tokens: Tokens, amount: Amount) -> bool:
        """ "One senior government official said": an example of those who say so."""
        if tokens.word(amount.first - 1) in ("said", "says"):
            return True
        for k in range(amount.last, amount.last + 4):
            if tokens.word(k) in self._words.speakers:
                return tokens.word(k + 1) in self._words.speaking
        return False

    def _model(self, tokens: Tokens, amount: Amount) -> bool:
        """ "Windows 10", "the FTSE 100", "Boeing 737 Max": digits right after a name."""
        i = amount.first - 1
        number = amount.number
        if not number.digits or number.grouped or number.scale > 1 or amount.modified or i < 0:
            return False
        if number.decimal and (number.value >= 30 or tokens.low[i] in self._words.indices):
            return False
        raw = tokens.raw[i]
        if (
            tokens.kind[i] != WORD
            or raw.islower()
            or not tokens.near(amount.first)
            or (_opens_sentence(tokens, i) and raw[:1].isupper())  # "iPhone 8" is a name anywhere
        ):
            return False
        if tokens.low[i] in self._words.function_words:
            return False
        return not _counts(tokens, amount.last, self._words.function_words)

    def _address(self, tokens: Tokens, amount: Amount) -> bool:
        """ "49 Orchard Road", "16-18 Mill Lane"."""
        if (
            not amount.number.digits
            or amount.number.grouped
            or not tokens.raw[min(amount.last, len(tokens) - 1)][:1].isupper()
        ):
            return False
        return any(w in self._words.streets for w in tokens.words_between(amount.last, amount.last + 4))

    def _aircraft(self, tokens: Tokens, amount: Amount) -> bool:
        """ "a 737 Max", "the 787 jets": types known by their number."""
        return amount.value in self._words.aircraft and tokens.word(amount.last) in self._words.aircraft_after

    def _month_day(self, tokens: Tokens, amount: Amount) -> bool:
        i = amount.first - 1
        i = i - 1 if tokens.word(i) == "." else i
        return tokens.word(i) in self._words.months and tokens.raw[i][:1].isupper() and amount.number.digits

    def _unattached(self, tokens: Tokens, amount: Amount) -> bool:
        """A bare number after a mark with nothing that it could count: a table cell, a label's number."""
        i, j = amount.first - 1, amount.last
        if (
            i < 0
            or amount.modified
            or tokens.kind[i] != SYMBOL
            or tokens.low[i] in ("-", "–", "--", "(", '"', "“")
        ):
            return False
        if (
            j + 1 < len(tokens)
            and tokens.is_word(j)
            and tokens.raw[j].istitle()
            and self._plural(tokens, j + 1)
        ):
            return False  # "Toll: 14 Kurdish fighters"
        return tokens.low[i] in (":", "|", "*", "=", "•") and not _counts(
            tokens, j, self._words.function_words
        )

    def _screen(self, tokens: Tokens, amount: Amount) -> bool:
        """ "4K video", "a 10K run"."""
        raw = tokens.raw[amount.last - 1]
        if raw != "K" or amount.value is None or not tokens.glued(amount.last - 1):
            return False
        return amount.value in (4000, 8000) or tokens.word(amount.last) in (
            "run",
            "race",
            "runner",
            "runners",
        )

    def _index_name(self, tokens: Tokens, amount: Amount) -> bool:
        """ "The 30-share index", "the 225-issue Nikkei average": how many stocks an index has is its name."""
        j = amount.last
        if tokens.word(j) != "-" or tokens.word(j + 1) not in ("share", "issue", "stock", "company"):
            return False
        return any(w in self._words.indices for w in tokens.words_between(j + 2, j + 8))

    def _capital(self, tokens: Tokens, amount: Amount) -> bool:
        """ "the Big Four", "Seven Sisters": a spelled number with a capital inside a sentence."""
        raw = tokens.raw[amount.first]
        if tokens.kind[amount.first] != WORD or not raw[:1].isupper() or raw.isupper():
            return False
        return not _opens_sentence(tokens, amount.first)


def _opens_sentence(tokens: Tokens, i: int) -> bool:
    if i == 0:
        return True
    before = tokens.low[i - 1]
    if before in ("-", "–") and not tokens.glued(i) and not tokens.glued(i - 1):
        return True  # " - Forty people died"
    if tokens.kind[i - 1] == SYMBOL and before not in (",", "-", "&", "'", "/", "–"):
        return True
    return "\n" in tokens.text[tokens.end[i - 1] : tokens.start[i]]


def _counts(tokens: Tokens, j: int, function_words: frozenset[str]) -> bool:
    """Whether a lower-case word that can be a counted noun (or its adjective) follows."""
    if j >= len(tokens) or tokens.kind[j] != WORD or not tokens.near(j):
        return False
    return tokens.raw[j][:1].islower() and tokens.low[j] not in function_words


def _in_code(tokens: Tokens, amount: Amount) -> bool:
    """Glued to letters on the left: "MP3", "COVID-19", "G20", "A4"."""
    i = amount.first
    if amount.sign_before or i == 0:
        return False
    if not tokens.glued(i):  # "Antonov- 74"
        name = i > 1 and tokens.low[i - 1] == "-" and tokens.glued(i - 1) and tokens.kind[i - 2] == WORD
        return name and tokens.raw[i - 2][:1].isupper()
    if tokens.kind[i - 1] == WORD:
        return tokens.low[i - 1] != "ph"
    if tokens.low[i - 1] == "+" and i > 1 and tokens.glued(i - 1):
        return True
    if not amount.bare and tokens.low[i - 1] == "-" and tokens.raw[i - 2].islower():
        return False  # "sub-7 nanometre", "now-18-month-old"
    if (
        tokens.low[i - 1] in ("-", "_", ".", "/")
        and i > 1
        and tokens.glued(i - 1)
        and tokens.kind[i] == NUMBER
    ):
        return tokens.kind[i - 2] == WORD and (tokens.low[i - 1] != "/" or amount.bare)
    return tokens.low[i - 1] in ("#", "№", "@", "§", "\\", "=", "&", "^") or tokens.low[i - 1] == "_"


def _table_cell(tokens: Tokens, amount: Amount) -> bool:
    """A number with wide gaps on both sides, or on one side and an end of line on the other."""
    i, j = amount.first, amount.last
    left = tokens.text[tokens.end[i - 1] : tokens.start[i]] if i else "\n"
    right = tokens.text[tokens.end[j - 1] : tokens.start[j]] if j < len(tokens) else "\n"
    wide = [gap for gap in (left, right) if "\t" in gap or "   " in gap]
    return len(wide) == 2 or (bool(wide) and (amount.bare or "\n" in left + right))


def _table_row(tokens: Tokens, amount: Amount) -> bool:
    """A number on a line with two wide gaps: a row of a table."""
    start, end = tokens.start[amount.first], tokens.end[amount.last - 1]
    before = tokens.text[max(0, start - _ROW) : start].rpartition("\n")[2]
    after = tokens.text[end : end + _ROW].partition("\n")[0]
    return len(_GAP.findall(f"{before}#{after}")) > 1


def _coordinate(tokens: Tokens, amount: Amount) -> bool:
    """ "54 °N", "82° west"."""
    j = amount.last + 1 if amount.bare and tokens.word(amount.last) in ("°", "º") else amount.last
    point = tokens.raw[j] if j < len(tokens) and tokens.near(j) else ""
    return (amount.unit == "deg" or j > amount.last) and point in _POINTS


def _age_group(tokens: Tokens, amount: Amount) -> bool:
    """ "the Under 20 team": a name."""
    i = amount.span_first
    return (
        tokens.raw[i] in ("Under", "Over")
        and i < amount.first
        and not _opens_sentence(tokens, i)
        and amount.bare
    )


def _named_event(tokens: Tokens, amount: Amount) -> bool:
    """ "The Six-Day War", "the Thirty Years' War": a spelled number and its unit in capitals."""
    first, unit = tokens.raw[amount.first], tokens.raw[amount.last - 1]
    if amount.type != "duration" or not (first.istitle() and unit.istitle()):
        return False
    follows = amount.last + 1 if tokens.word(amount.last) == "'" else amount.last
    return amount.last - amount.first > 1 and follows < len(tokens) and tokens.raw[follows].istitle()


def _spaced_clock(tokens: Tokens, hour: int, minute: int) -> bool:
    """ "18: 40": a time of day with a blank behind the colon."""
    if not (tokens.is_number(hour) and tokens.is_number(minute) and tokens.near(minute)):
        return False
    hours, minutes = tokens.raw[hour], tokens.raw[minute].partition(".")[0]  # "1: 48.60"
    return tokens.glued(hour + 1) and hours.isdigit() and minutes.isdigit() and _is_time(hours, minutes)


def _is_time(hours: str, minutes: str) -> bool:
    return len(hours) <= 2 and int(hours) < 24 and len(minutes) == 2 and int(minutes) < 60


def _clock(tokens: Tokens, amount: Amount) -> bool:
    i, j = amount.first, amount.last
    if not amount.number.digits:
        return tokens.word(j) in ("o", "oclock") and tokens.word(j + 1) in ("'", "clock")
    if tokens.word(j) == ":" and tokens.is_number(j + 1) and tokens.glued(j + 1) and tokens.glued(j):
        return True
    if tokens.word(i - 1) == ":" and tokens.is_number(i - 2) and tokens.glued(i) and tokens.glued(i - 1):
        return True
    if tokens.word(j) == ":" and _spaced_clock(tokens, j - 1, j + 1):
        if "." in tokens.raw[j + 1]:
            return True
        return not _counts(tokens, j + 2, frozenset({"in", "at", "on", "and", "local", "by", "to", "from"}))
    if tokens.word(i - 1) == ":" and _spaced_clock(tokens, i - 2, i) and not _counts(tokens, j, frozenset()):
        return True
    return tokens.word(j) in ("am", "pm", "gmt", "hrs", "a.m", "p.m") or tokens.raw[i : i + 1] == ["24/7"]


def _list_mark(tokens: Tokens, amount: Amount) -> bool:
    i, j = amount.first, amount.last
    opens = i == 0 or "\n" in tokens.text[tokens.end[i - 1] : tokens.start[i]]
    return (
        opens
        and amount.number.digits
        and tokens.word(j) in (".", ")", "、", ":")
        and amount.value is not None
        and amount.value < 100
    )


def _bracketed(tokens: Tokens, amount: Amount) -> bool:
    """ "(1)", "[12]": a mark or a citation."""
    i, j = amount.first, amount.last
    return amount.number.digits and tokens.word(i - 1) in ("(", "[") and tokens.word(j) in (")", "]")


def _chain(tokens: Tokens, amount: Amount) -> bool:
    """Digits tied to digits by hyphens, slashes or dots: scores, phone numbers, sections."""
    i, j = amount.first, amount.last
    if not amount.number.digits:
        return False
    if amount.value is None and tokens.word(i - 1) != "-":
        tied = tokens.joined(i, j - 1)
        return (
            tied and not _counts(tokens, j, frozenset()) and tokens.word(i - 1) not in ("about", "some", "of")
        )
    for sign, other in ((i - 1, i - 2), (j, j + 1)):
        tied = tokens.glued(max(sign, other)) and tokens.glued(min(sign, other) + 1)
        if tied and tokens.word(sign) in ("-", "–", "/", "x", "×", ":") and tokens.is_number(other):
            return True
    long = len(tokens.raw[i]) > 6 and tokens.raw[i].isdigit() and amount.number.scale == 1
    return long and (len(tokens.raw[i]) > 9 or not tokens.is_word(i - 1))


__all__ = ["FilterFile", "Filters"]
