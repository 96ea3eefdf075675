"""What looks like a date and is none: "2000 workers", the verb "may", people called April, newspapers."""

from __future__ import annotations

from newsfacts.dates.clues import Clues
from newsfacts.dates.grammar import Match
from newsfacts.dates.lexer import Token
from newsfacts.dates.shapes import Cues

#: Before a noun ("the 1777 campaign") years are rare that lie so far back, and other numbers have a comma.
_PRINTED = 1500
_QUOTES = frozenset(('"', "“", "”", "``", "''", "`", "„", "«", "»"))
#: Words between a quotation mark and the expression in a title, and the length of "of", "the" in it.
_TITLE_REACH = 5
_SMALL_WORD = 4
#: Months that are words or names of their own.
_ALSO_WORDS = frozenset({"march", "may", "august", "april", "june"})
_YEAR_PREFIXES = ("mid", "early", "late", "end", "pre", "post")


def is_date(match: Match, clues: Clues, text: str, cues: Cues) -> bool:
    """Whether a match may be a time expression at all, by rule."""
    if _is_quoted_title(match, text):
        return False
    match match.rule.resolve:
        case "year" if match.rule.name == "year":
            return _is_year(match, clues, cues)
        case "year-range":
            return _free_of_signs(match)
        case "month" | "month-range" | "relative-month":
            return _is_month(match, clues, text, cues)
        case "weekday":
            return _is_weekday(match, text, cues)
        case "holiday":
            after = match.after()  # "Christmas trees" are goods
            return text[match.slots["h"].start].isupper() and (after is None or after.text not in cues.goods)
        case "duration" | "last-n" | "next-n":
            return _free_of_signs(match) and not _is_named(match, text)
        case "vague":
            return _is_vague(match)
        case _:
            return True


def _is_quoted_title(match: Match, text: str) -> bool:
    """ "This Week", "Friday Night Lights", "White Christmas" in quotes, all in capitals' first letters."""
    first = _quote(match, -1)
    if first is None or (last := _quote(match, 1)) is None:
        return False
    words = [t for t in match.tokens[first + 1 : last] if text[t.start].isalnum()]
    capitals = [t for t in words if not text[t.start].islower()]
    small = [t for t in words if text[t.start].islower()]
    letters = any(text[t.start].isalpha() for t in words)
    return letters and len(capitals) > len(small) and all(len(t.text) <= _SMALL_WORD for t in small)


def _quote(match: Match, step: int) -> int | None:
    """The quotation mark some words before or after the match, with nothing but words between."""
    i = match.first - 1 if step < 0 else match.last
    for _ in range(_TITLE_REACH):
        if not 0 <= i < len(match.tokens):
            return None
        token = match.tokens[i]
        if token.text in _QUOTES:
            return i
        if token.kind in ("break", "comma") or token.text in ".!?;:()":
            return None
        i += step
    return None


def _free_of_signs(match: Match) -> bool:
    before, number = match.before(), match.before(2)
    if before is None:
        return True
    if before.text == "." and number is not None and number.text in ("no", "nos"):
        return False
    return before.end != match.start or before.text not in "$£€¥#"


def _is_named(match: Match, text: str) -> bool:
    """ "60 Minutes" is a programme."""
    token = match.slots.get("u")
    return token is not None and text[token.start].isupper() and text[token.start + 1].islower()


def _is_year(match: Match, clues: Clues, cues: Cues) -> bool:
    before, after, number = match.before(), match.after(), match.number("y") or 0
    if not _free_of_signs(match) or _beside_number(before) or _beside_number(after):
        return False
    if before is not None and before.kind == "hyphen" and before.end == match.start:
        prefix = match.before(2)
        return prefix is not None and _last_word(prefix) in _YEAR_PREFIXES
    if before is not None and (before.text in cues.not_years_before or _glued(before, match.start)):
        return False
    if after is not None and (after.text in cues.not_years_after or _continues(match, after)):
        return False
    label = clues.entity_at(match.start)
    if label in ("MONEY", "QUANTITY", "PERCENT") or _is_amount(match, clues, cues):
        return False
    if before is not None and _last_word(before) in cues.year_prepositions:
        return number >= 1100 and not (number < 1900 and _is_counted(match, clues))
    earliest = _PRINTED if before is not None and before.kind == "the" and _names_event(after) else 1800
    return earliest <= number <= 2100 and (label in ("DATE", "EVENT") or _adjectival(before, after, label))


def _names_event(after: Token | None) -> bool:
    return after is not None and after.kind == "word"


def _is_amount(match: Match, clues: Clues, cues: Cues) -> bool:
    """ "Killed 2000 people", "an average of 1300", "fell from 2050 to 1980 pupils": a count, no year."""
    before, earlier = match.before(), match.before(2)
    if before is None:
        return False
    if before.text in cues.amounts_before:
        return True
    if earlier is not None and f"{earlier.text} {_last_word(before)}" in cues.amounts_before:
        return True
    if _last_word(before) in cues.year_prepositions_sure:
        return False
    if before.text == "from" or (before.text in ("to", "and") and _beside_number(earlier)):
        return _falls(match, cues)
    determined = before.kind in ("the", "a", "apos", "this") or before.text in _OWNERS
    return not determined and before.kind != "month" and _counts(match.after(), match.after(2), clues, cues)


def _falls(match: Match, cues: Cues) -> bool:
    """ "From 2050 to 1980 pupils", "from 1200 to 1900 employees": no years, which would run forward."""
    tokens, i = match.tokens, match.first
    i = i - 2 if tokens[i - 1].text in ("to", "and") else i
    if i < 1 or i + 3 >= len(tokens) or tokens[i - 1].text != "from" or tokens[i + 1].text != "to":
        return False
    first, second, noun = tokens[i], tokens[i + 2], tokens[i + 3]
    if not (_beside_number(first) and _beside_number(second)) or noun.kind != "word":
        return False
    return float(first.value) > float(second.value) or noun.text in cues.not_years_after


def _counts(noun: Token | None, following: Token | None, clues: Clues, cues: Cues) -> bool:
    """Whether a plural noun that is counted comes next, behind an adjective or not."""
    for token in (noun, following):
        if token is None or token.kind != "word" or token.text in cues.year_nouns:
            return False
        tag = clues.tag_at(token.start)
        if tag == "NNS":
            return True
        if tag not in ("JJ", "VBN", "NN"):
            return False
    return False


_OWNERS = frozenset({"its", "their", "his", "her", "our", "my", "your", "'s", "’s", "these", "those", "that"})


def _last_word(token: Token) -> str:
    """The word of a token, the last one of a phrase: "late" of "mid to late"."""
    return token.text.rpartition(" ")[2]


def _beside_number(token: Token | None) -> bool:
    """ "2023 1999": one of a row of numbers."""
    return token is not None and token.kind in ("year", "integer", "decimal", "bignumber")


def _is_counted(match: Match, clues: Clues) -> bool:
    return clues.entity_at(match.start) in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT", "ORDINAL")


def _adjectival(before: Token | None, after: Token | None, label: str) -> bool:
    """ "the 2008 Olympics", "(2006)", "2006's", or a year that opens the sentence."""
    if label == "CARDINAL":
        return False
    if before is None or before.text in (".", "(", "[") or before.kind == "break":
        return after is None or after.kind != "word" or (before is not None and before.text == "(")
    determiners = ("a", "its", "their", "his", "her", "our", "'s", "’s")
    return before.kind in ("the", "a", "apos", "comma", "month", "this") or before.text in determiners


def _glued(before: Token, start: int) -> bool:
    """Digits and signs that make one code with the number: "#2006", "-2006", "A/2006"."""
    return before.end == start and before.text in ("$", "£", "€", "¥", "#", "/", "+", "@", "_", "=", "&", "%")


def _continues(match: Match, after: Token) -> bool:
    """ "2000-strong", "2000m", "2000/01": the number goes on."""
    if after.start != match.end:
        return False
    following = match.after(2)
    glued = following is not None and following.start == after.end
    if after.text == ":" and (match.before() is None or match.tokens[match.first - 1].kind == "break"):
        return following is None or glued  # "2004: Flood and fire" heads a paragraph
    if after.kind == "word" or after.text in "/%_°:":
        return True
    return (
        after.kind == "hyphen"
        and glued
        and following is not None
        and following.text in ("strong", "odd", "plus")
    )


def _is_month(match: Match, clues: Clues, text: str, cues: Cues) -> bool:
    token = match.slots.get("m") or match.slots["a"]
    if match.last - match.first > 1:
        return True
    word, before, after = token.text, match.before(), match.after()
    if clues.entity_at(match.start) == "PERSON":
        return False
    if word in _ALSO_WORDS and _in_name(match, clues, text, cues):
        return False
    if len(word) <= 3 and word != "may":
        return text[token.end - 1] == "." and before is not None and before.text in cues.month_cues
    if word == "may" and clues.entity_at(match.start) == "DATE" and clues.tag_at(match.start) != "MD":
        return True
    if word == "may":
        return (
            before is not None and _last_word(before) in cues.month_cues and text[token.start + 1].islower()
        )
    named = after is not None and after.text in ("of", "for", "on", "to", "toward", "towards")
    if word == "march" and named and (before is None or before.text not in cues.month_cues):
        return False
    if word in ("march", "august", "april", "june") and (before is None or before.text in '."“'):
        return after is None or (
            after.kind not in ("to", "on") and after.text not in ("said", "says", "toward", "towards")
        )
    return True


def _in_name(match: Match, clues: Clues, text: str, cues: Cues) -> bool:
    """ "the Long March", "the March Battalion": a capitalised word beside it makes it part of a name."""
    before, after = match.before(), match.after()
    named = before is not None and before.text in cues.named_months and text[before.start].isupper()
    if named or after is None or after.kind != "word" or not text[after.start].isupper():
        return named
    article = before is not None and before.kind == "the"
    return article and clues.entity_at(match.start) not in ("DATE", "") and after.start == match.end + 1


def _is_weekday(match: Match, text: str, cues: Cues) -> bool:
    """ "the Sunday Times" and "Bloody Sunday" are none."""
    before, after = match.before(), match.after()
    if before is not None and before.text in cues.named_days and text[before.start].isupper():
        return False
    return after is None or after.text not in cues.newspapers or text[after.start].islower()


def _is_vague(match: Match) -> bool:
    """ "right now" but not "now that"; "the present" but not "the present system"."""
    after = match.after()
    if after is not None and after.kind == "of":
        return False  # "at this time of year"
    if match.rule.name == "the-past":
        before = match.before()
        if before is not None and before.text == "into":
            return True
        return after is None or after.kind != "word" or after.text in ("and", "is", "was", "will", "would")
    return True
