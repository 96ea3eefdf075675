"""Comparison: dates that only name what something is compared with ("up 20 percent on 2006")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from newsfacts.linking.paths import char_span, span_head
from newsfacts.linking.status import is_finite, is_verbal
from newsfacts.linking.syntax import Site
from newsfacts.model import DateMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MORE = frozenset({"more", "less", "fewer"})
_BREAKS = frozenset({",", ";", "--", "—"})
_REACH = 14
_EARLIER = frozenset({"earlier", "before", "previously"})


class TimeCosts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each step of a path costs."""

    up: float
    down: float
    clause: float
    conjunct: float
    back_conjunct: float
    infinitive: float
    adjacent: float
    distance: float
    limit: float


class TimeRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/time.yaml; the file says what each list means."""

    comparison_words: frozenset[str]
    change_comparison_words: frozenset[str]
    change_words: frozenset[str]
    record_words: frozenset[str]
    contrasts: frozenset[str]
    reference_nouns: frozenset[str]
    other_time_prepositions: frozenset[str]
    amount_participles: frozenset[str]
    occurring: frozenset[str]
    costs: TimeCosts


@dataclass(frozen=True, slots=True, eq=False)
class DateSite:
    """A date mention in its Doc: token range [lo, hi) and the token that the others hang on."""

    mention: DateMention
    lo: int
    hi: int
    head: Token


def date_site(mention: DateMention, doc: Doc, offset: int) -> DateSite | None:
    """Where a date stands, or None where no token carries it."""
    span = char_span(doc, mention.start - offset, mention.end - offset)
    if span is None:
        return None
    return DateSite(mention, span.start, span.end, span_head(doc, span.start, span.end))


def compares(site: Site, date: DateSite, top: Token, rules: TimeRules) -> bool:
    """Whether the date only names what something is compared with; `top` is what both hang on."""
    before = site.doc[date.lo - 1].lower_ if date.lo > site.floor else ""
    if date.mention.relation == "since" or before == "since":
        return has_superlative(site, date.lo, rules)
    if _follows_since(site, date):
        return True  # "the largest fall since the May curbs", "the worst since the floods in 2003"
    governors = _governing_words(date, top)
    if "since" in governors:
        return True  # "the highest level since its launch in 1999"
    if _is_before(site, date):
        return True
    if site.hi > date.lo:
        return before == "from" and _tells_change(site, date, rules)
    if governors & rules.comparison_words or _after_comparison(site, date, rules):
        return True
    word = before if before in rules.change_comparison_words else None
    word = word or next(iter(governors & {"from"}), None)
    if word is None or not _tells_change(site, date, rules):
        return False
    return word == "from" or not _is_day_or_span(date.mention)


def _is_before(site: Site, date: DateSite) -> bool:
    """ "A loss of 84 billion, reversing a profit of 43 billion a year earlier": of the number before it."""
    relative = site.doc[date.hi - 1].lower_ in _EARLIER
    return relative and any(t.like_num for t in site.doc[site.hi : date.lo])


def _follows_since(site: Site, date: DateSite) -> bool:
    for token in reversed(site.doc[max(site.floor, date.lo - 7) : date.lo]):
        if token.lower_ == "since":
            return True
        if token.ent_type_ == "DATE":
            return False  # "the sharpest fall since September 1986 in March"
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART"}:
            return False
    return False


def has_superlative(site: Site, at: int, rules: TimeRules) -> bool:
    """Whether a superlative or "first" stands in the few tokens before `at`."""
    return any(
        t.tag_ in {"JJS", "RBS"} or t.lower_ in rules.record_words
        for t in site.doc[max(site.floor, at - 6) : at]
    )


def _after_comparison(site: Site, date: DateSite, rules: TimeRules) -> bool:
    """Whether "than" or the like stands between the quantity and the date, with no comma after it."""
    reference = False
    for i in range(date.lo - 1, site.hi - 1, -1):
        token = site.doc[i]
        if token.text in _BREAKS:
            return False
        if _bounds_number(site, token):
            continue
        if token.lower_ in rules.comparison_words or (reference and token.lower_ == "from"):
            return True
        reference = reference or token.lemma_.lower() in rules.reference_nouns
    return _measured_on(site, date, rules)


def _bounds_number(site: Site, than: Token) -> bool:
    """ "Rose 5 percent to more than 2 billion euros in 2021": "than" is part of the other quantity."""
    if than.lower_ != "than" or than.i - 1 <= site.hi or than.i + 1 >= site.ceiling:
        return False
    after = than.nbor(1)
    return than.nbor(-1).lower_ in _MORE and (after.like_num or after.pos_ == "SYM")


def _measured_on(site: Site, date: DateSite, rules: TimeRules) -> bool:
    """ "Up 9 percent on the current year's budget": what follows a percentage and "on" or "from"."""
    word = site.after(0)
    if site.mention.type != "percent" or word is None or word.lower_ not in {"on", "from"}:
        return False
    between = site.doc[word.i + 1 : date.lo]
    return len(between) > 0 and all(t.lower_ != "to" for t in between)


def _governing_words(date: DateSite, top: Token) -> set[str]:
    """The words between the date and what it shares with the quantity, the clause's verb at most."""
    words: set[str] = set()
    token = date.head
    for _ in range(5):
        if token.i == top.i or (is_verbal(token.head) and is_finite(token.head)):
            break
        token = token.head
        if not date.lo <= token.i < date.hi:
            words.add(token.lower_)
    return words


def _tells_change(site: Site, date: DateSite, rules: TimeRules) -> bool:
    return any(
        t.lemma_.lower() in rules.change_words for t in site.doc[max(site.floor, date.lo - _REACH) : date.lo]
    )


def _is_day_or_span(mention: DateMention) -> bool:
    """Whether "on" or "over" before the date sets it in time: "on May 5", "over the next five years"."""
    return mention.edtf is None or len(mention.edtf) >= 10 or "/" in mention.edtf
