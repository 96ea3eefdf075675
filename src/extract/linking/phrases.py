"""Phrases: noun phrases as stretches of the text, cut from spaCy's parse where it can be trusted.

`item_bounds` cuts what is counted or measured (no determiner, number or possessor); `subject_bounds` cuts
whom something is said of (with determiner). Both yield token indices [lo, hi) of one Doc.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOUNS = frozenset({"NOUN", "PROPN"})
_PREMODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "X", "INTJ"})
#: Tokens at most after a subject's head noun.
_MAX_PHRASE = 40
#: Signs that stand for a noun.
_NOMINAL_SIGNS = frozenset({"%", "‰", "°"})
_GLUE = frozenset({"-", "–", "/", "&"})
_PLURALS = frozenset({"NNS", "NNPS"})
_ITEM_PREPOSITIONS = frozenset({"of", "for"})
_CUT = frozenset(
    {"relcl", "acl", "appos", "advcl", "parataxis", "ccomp", "xcomp", "dep", "npadvmod", "advmod"}
)
_UNFIT_FIRST = frozenset({",", "and", "or", "more", "less", "fewer", "other", "such", "same"})
#: Common nouns that can be part of a date; the recogniser also takes others for dates.
_CALENDAR = frozenset({
    "year", "month", "week", "day", "hour", "minute", "second", "quarter", "half", "decade", "century",
    "morning", "afternoon", "evening", "night", "noon", "today", "yesterday", "tomorrow", "weekend",
    "spring", "summer", "autumn", "fall", "winter", "period", "season", "midnight", "time", "end",
    "beginning", "start", "session",
})  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BREAKS = frozenset({"(", ")", "--", "—", ";", ":", "[", "]", '"', "“", "”"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the document's text: `text` is document.text[start:end]."""

    text: str
    start: int
    end: int


def without_blanks(doc: Doc, lo: int, hi: int) -> tuple[int, int]:
    """The token bounds of a phrase without blanks at its edges: spaCy makes tokens of line breaks."""
    while hi - 1 > lo and doc[hi - 1].is_space:
        hi -= 1
    while lo < hi - 1 and doc[lo].is_space:
        lo += 1
    return lo, hi


def is_noun(token: Token) -> bool:
    """Whether the token is a common or proper noun; spaCy takes signs for nouns, too ("±", a hyphen)."""
    return token.pos_ in NOUNS and (token.text in _NOMINAL_SIGNS or any(map(str.isalnum, token.text)))


def is_time(token: Token) -> bool:
    """Whether the token belongs to a date: recognised as one, and no common noun that cannot be one."""
    if token.ent_type_ not in {"DATE", "TIME"}:
        return False
    return token.pos_ != "NOUN" or token.lemma_.lower() in _CALENDAR


def _premodifies(token: Token) -> bool:
    if token.pos_ in _PREMODIFIERS or token.text in _GLUE:
        return True
    if token.tag_ in {"VBN", "VBG", "VBD"}:
        return token.dep_ in {"amod", "compound", "nmod", "nummod"} or token.tag_ == "VBG"
    return token.pos_ == "ADV" and token.dep_ in {"advmod", "amod"} and token.head.i > token.i


def chunk_head(doc: Doc, start: int, end: int) -> Token | None:
    """The head noun of a noun chunk without determiner that begins at `start`, if one does.

    "provincial-level characteristic towns on ..." -> towns. Reads tags, so that it survives a bad parse.
    """
    last: Token | None = None
    i = start
    while i < end:
        token = doc[i]
        if last is not None and not _continues(last, token, doc, end):
            break
        if is_noun(token):
            last = token
        elif not (_premodifies(token) or _joins(token, doc, end)):
            break
        i += 1
    return last if last is not None and not is_time(last) else None


def _joins(token: Token, doc: Doc, end: int) -> bool:
    # "small and medium-sized stations", "big, modern plants": a conjunction of modifiers
    if token.text not in {",", "and", "or"} or token.i + 1 >= end:
        return False
    before, after = doc[token.i - 1], doc[token.i + 1]
    if before.tag_ == "JJR":
        return False  # "injured 30 more, local officials said"
    return before.pos_ == "ADJ" and after.pos_ == "ADJ" and token.dep_ in {"punct", "cc"}


def _continues(last: Token, token: Token, doc: Doc, end: int) -> bool:
    """Whether `token` still belongs to the chunk whose last noun so far is `last`."""
    if is_time(token) and not is_time(last):
        return False
    if token.text in _GLUE or last.i < token.i - 1:
        return is_noun(token) or token.text in _GLUE or _premodifies(token)
    if last.tag_ in _PLURALS:
        return is_noun(token) and last.dep_ == "compound" and token.pos_ == "NOUN"
    if token.pos_ == "ADJ":
        return last.dep_ in {"compound", "nmod", "amod", "npadvmod"} and token.i + 1 < end
    return is_noun(token) or (token.tag_ in {"VBG", "VBN"} and token.dep_ in {"amod", "compound"})


def item_bounds(head: Token, floor: int, ceiling: int) -> tuple[int, int]:
    """Token bounds of the item whose head noun is `head`, inside [floor, ceiling)."""
    lo = _left_edge(head, floor)
    return lo, _right_edge(head, lo, ceiling)


def _left_edge(head: Token, floor: int) -> int:
    doc, edge = head.doc, head.left_edge.i
    lo = head.i
    while lo > floor:
        token = doc[lo - 1]
        inside = lo - 1 >= edge
        if not inside and not (token.dep_ in {"amod", "compound", "nmod"} or token.text in _GLUE):
            break
        if token.text in _BREAKS or not (_premodifies(token) or (inside and _coordinates(token))):
            break
        lo -= 1
    if lo > floor and doc[lo].text == "-" and doc[lo - 1].pos_ == "NUM" and not doc[lo - 1].whitespace_:
        return lo - 1
    if lo > floor and doc[lo].lower_ == "capita" and doc[lo - 1].lower_ == "per":
        return lo - 1
    while lo < head.i and (doc[lo].text in _GLUE or doc[lo].lower_ in _UNFIT_FIRST):
        lo += 1
    return lo


def _coordinates(token: Token) -> bool:
    if token.text not in {",", "and", "or"}:
        return False
    before = token.nbor(-1) if token.i else token
    return before.pos_ in {"ADJ", "NOUN", "PROPN"} and before.dep_ in {"amod", "compound", "nmod", "conj"}


def _right_edge(head: Token, lo: int, ceiling: int) -> int:
    hi = head.i + 1 + _is_numbered_name(head, ceiling)
    hi = _with_coordinated(head, hi, ceiling)
    while hi < ceiling and head.doc[hi].lower_ in _ITEM_PREPOSITIONS:
        inner = _prepositional(head.doc, hi, ceiling)
        if inner is None:
            break
        hi = inner
    return hi


def _is_numbered_name(head: Token, ceiling: int) -> bool:
    """ "The Nikkei 225": whether a number behind a name is part of it."""
    if head.pos_ != "PROPN" or head.i + 1 >= ceiling:
        return False
    number = head.nbor(1)
    return number.text.isdigit() and number.dep_ in {"nummod", "appos"} and number.head.i == head.i


def _prepositional(doc: Doc, at: int, ceiling: int) -> int | None:
    """Where the phrase of the preposition at `at` ends; None where it holds a number or no noun."""
    i = at + 1
    if i < ceiling and doc[i].pos_ in {"DET", "PRON"}:
        i += 1
    noun = chunk_head(doc, i, ceiling)
    if noun is None or precedes_date(noun) or any(t.like_num or is_time(t) for t in doc[i : noun.i + 1]):
        return None
    end = noun.i + 1
    if end + 1 < ceiling and doc[end].text in {"'s", "’s"}:
        owned = chunk_head(doc, end + 1, ceiling)
        return owned.i + 1 if owned is not None else None
    return _with_coordinated(noun, end, ceiling)


def precedes_date(noun: Token) -> bool:
    """ "The whole of 2006": whether a date follows the noun's "of"."""
    doc, i = noun.doc, noun.i + 1
    return i + 1 < len(doc) and doc[i].lower_ == "of" and is_time(doc[i + 1])


def _with_coordinated(head: Token, hi: int, ceiling: int) -> int:
    doc = head.doc
    if hi + 1 >= ceiling or doc[hi].text not in {"and", "or", "&"}:
        return hi
    if doc[hi + 1].tag_ in {"VBD", "VBN"}:
        return hi
    other = chunk_head(doc, hi + 1, ceiling)
    if other is None or other.head.i != head.i or other.dep_ != "conj":
        return hi
    follows = (
        other.i + 1 < ceiling and doc[other.i + 1].like_num
    )  # "one side holds 51 seats and the other 49"
    if follows or any(t.like_num for t in doc[hi : other.i]) or _begins_clause(head, other, ceiling):
        return hi
    return other.i + 1


def _begins_clause(head: Token, other: Token, ceiling: int) -> bool:
    """ "It won 3 medals and rival Oslo won 5": whether a verb follows what is joined to an object."""
    if head.dep_ in {"nsubj", "nsubjpass"} or head.i < head.head.i or other.i + 1 >= ceiling:
        return False
    return other.nbor(1).tag_ in {"VBD", "VBZ", "VBP"}


def subject_bounds(head: Token, floor: int, ceiling: int) -> tuple[int, int]:
    """Token bounds of the noun phrase of `head` with its determiner, without clauses and appositions."""
    doc = head.doc
    lo = max(floor, head.left_edge.i)
    lo = _after_break(doc, lo, head.i)
    while (
        lo < head.i
        and doc[lo].pos_ == "NUM"
        and is_time(doc[lo])
        and lo > floor
        and doc[lo - 1].pos_ == "ADP"
    ):
        lo += 1  # "in 2021 exports rose": the date is the preposition's
    if lo > floor and doc[lo].text == "-" and not doc[lo - 1].whitespace_:
        lo -= 1
    while lo - 2 >= floor and doc[lo - 1].text == "-" and not doc[lo - 1].whitespace_:
        lo -= 2
    hi = min(head.right_edge.i + 1, ceiling)
    hi = min(hi, head.i + _MAX_PHRASE)
    for child in doc[head.i + 1 + _is_numbered_name(head, hi) : hi]:
        if child.dep_ in _CUT and child.head.i >= head.i:
            hi = min(hi, max(head.i + 1, child.left_edge.i))
        if child.dep_ == "pcomp":
            hi = min(hi, max(head.i + 1, child.head.i))  # "accused the firm of hiding ..."
    for i in range(head.i + 1, hi):
        if doc[i].text in _BREAKS or doc[i].tag_ in _FINITE or _ends_at_comma(doc, i, hi):
            hi = i
            break
    while hi > head.i + 1 and (doc[hi - 1].is_punct or doc[hi - 1].pos_ in {"CCONJ", "ADP", "DET"}):
        hi -= 1
    return lo, hi


def _ends_at_comma(doc: Doc, i: int, hi: int) -> bool:
    """ "The project, with an investment of ..., will": a comma that no further member of a list follows."""
    return doc[i].text == "," and i + 1 < hi and doc[i + 1].pos_ in {"ADP", "SCONJ", "VERB", "ADV", "AUX"}


def _after_break(doc: Doc, lo: int, head: int) -> int:
    for i in range(head - 1, lo - 1, -1):
        if doc[i].text in _BREAKS:
            return i + 1
    return lo


def phrase_head(noun: Token, *, over_times: bool = False) -> Token:
    """The head of the whole phrase that ends with `noun`: "the barometer of the stock exchange".

    With `over_times`, only dates are climbed over: "GDP for the full year".
    """
    while noun.dep_ in {"pobj", "conj"} and noun.head.i < noun.i:
        above = noun.head.head if noun.dep_ == "pobj" else noun.head
        if over_times and not is_time(noun):
            break
        if not is_noun(above) or above.i >= noun.i or is_time(above):
            break
        noun = above
    return noun
