"""Time: the date of the same sentence that says when a quantity holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from extract.linking.paths import Path, opens_clause, path_between, span_head
from extract.linking.status import (
    StatusRules,
    is_age,
    is_attributive,
    is_definite,
    is_finite,
    is_verbal,
    restates,
)
from extract.linking.syntax import Site, child
from extract.model import DateMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class TimeCosts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each step of a path costs."""

    up: float
    down: float
    clause: float
    conjunct: float
    back_conjunct: float
    infinitive: float
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
    costs: TimeCosts


@dataclass(frozen=True, slots=True, eq=False)
class DateSite:
    """A date mention in its Doc: token range [lo, hi) and the token that the others hang on."""

    mention: DateMention
    lo: int
    hi: int
    head: Token


@dataclass(frozen=True, slots=True)
class TimeLink:
    """When a quantity holds, and what the path to the date costs."""

    mention: DateMention
    cost: float


def date_site(mention: DateMention, doc: Doc, offset: int) -> DateSite | None:
    """Where a date stands, or None where no token carries it."""
    end = min(mention.end - offset, len(doc.text))
    span = doc.char_span(mention.start - offset, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return DateSite(mention, span.start, span.end, span_head(doc, span.start, span.end))


class TimeLinker:
    """Chooses the date that scopes a quantity by rules/linking/time.yaml."""

    def __init__(self, rules: TimeRules, status: StatusRules, say_verbs: frozenset[str]) -> None:
        self.rules = rules
        self._status = status
        self._say_verbs = say_verbs

    def link(self, site: Site, dates: Sequence[DateSite]) -> TimeLink | None:
        """The date that says when the quantity holds; None where none does."""
        if site.mention.type != "rank" and (
            is_definite(site, self._status)
            or is_attributive(site)
            or is_age(site)
            or self._spans_record(site)
        ):
            return None
        best: tuple[float, int] | None = None
        found: TimeLink | None = None
        for date in dates:
            cost = self._cost(site, date)
            if cost is not None and (best is None or (cost, date.lo) < best):
                best, found = (cost, date.lo), TimeLink(date.mention, cost)
        return found

    def _cost(self, site: Site, date: DateSite) -> float | None:
        path = path_between(site.head, date.head)
        if path is None or self._compares(site, date, path.top):
            return None
        up, down = self._up(path, date), self._down(path)
        if up is None or down is None or self._only_reports(path, date, site):
            return None
        gap = min(abs(date.lo - site.hi), abs(site.lo - date.hi))
        cost = up + down + self.rules.costs.distance * gap
        return cost if cost <= self.rules.costs.limit else None

    def _up(self, path: Path, date: DateSite) -> float | None:
        """What it costs to climb from the quantity; None where a clause has a time of its own."""
        costs, total, amount_only = self.rules.costs, 0.0, False
        for token in path.ups:
            total += costs.up
            if token.dep_ in _SUBJECTS and amount_only:
                return None
            if token.dep_ == "prep" and token.lower_ in self.rules.other_time_prepositions - {"for"}:
                return None
            if token.dep_ == "conj" and is_verbal(token):
                if date.mention.edtf is None and child(token, "nsubj", "nsubjpass") is not None:
                    return None  # "now" is said of its own clause only
                total += costs.conjunct
            if not opens_clause(token):
                continue
            total += costs.clause
            if date.lo <= token.head.i < date.hi or _when_follows(token, date):
                continue
            if self._has_own_time(token):
                return None
            if token.dep_ == "pcomp" and token.head.lower_ in self.rules.other_time_prepositions:
                return None
            if token.dep_ == "acl" and token.lemma_.lower() not in self.rules.amount_participles:
                amount_only = True
        return total

    def _has_own_time(self, clause: Token) -> bool:
        """Whether a clause is set apart in time from the one above it."""
        if restates(clause, self._status):
            return False
        if child(clause, "nsubj", "nsubjpass", "mark") is not None and any(
            c.lower_ in self.rules.contrasts for c in clause.lefts
        ):
            return False  # "A rose 5 percent in May while B fell": side by side
        which = child(clause, "nsubj", "nsubjpass")
        relative = clause.dep_ in {"relcl", "advcl"} or (which is not None and which.tag_ == "WDT")
        return relative and is_finite(clause)

    def _spans_record(self, site: Site) -> bool:
        """Whether a duration only says for how long something is a record: "the worst in 50 years"."""
        before = site.before()
        if site.mention.type != "duration" or before is None or before.lower_ not in {"in", "for"}:
            return False
        return self._has_superlative(site, site.lo)

    def _has_superlative(self, site: Site, at: int) -> bool:
        return any(
            t.tag_ in {"JJS", "RBS"} or t.lower_ in self.rules.record_words
            for t in site.doc[max(site.floor, at - 6) : at]
        )

    def _down(self, path: Path) -> float | None:
        """What it costs to go down to the date; None where it belongs to another clause."""
        costs, total = self.rules.costs, 0.0
        for token in path.downs:
            total += costs.down
            if not is_verbal(token):
                continue
            if token.dep_ == "conj":
                if token.tag_ != token.head.tag_ or token.i < token.head.i:
                    return None
                total += costs.back_conjunct
            elif token.dep_ in {"xcomp", "advcl"} and not is_finite(token):
                total += costs.infinitive
            else:
                return None
        return total

    def _compares(self, site: Site, date: DateSite, top: Token) -> bool:
        """Whether the date only names what something is compared with."""
        before = site.doc[date.lo - 1].lower_ if date.lo > site.floor else ""
        if date.mention.relation == "since" or before == "since":
            return self._has_superlative(site, date.lo)
        if site.hi > date.lo:
            return False
        governors = self._governing_words(date, top)
        if governors & self.rules.comparison_words or self._after_comparison(site, date):
            return True
        word = before if before in self.rules.change_comparison_words else None
        word = word or next(iter(governors & {"from"}), None)
        if word is None or not self._tells_change(site, date):
            return False
        return word == "from" or not _is_day_or_span(date.mention)

    def _after_comparison(self, site: Site, date: DateSite) -> bool:
        """Whether "than" or the like stands between the quantity and the date, with no comma after it."""
        reference = False
        for i in range(date.lo - 1, site.hi - 1, -1):
            token = site.doc[i]
            if token.lower_ in self.rules.comparison_words or (reference and token.lower_ == "from"):
                return True
            reference = reference or token.lemma_.lower() in self.rules.reference_nouns
            if token.text in {",", ";", "--", "—"}:
                return False
        return False

    def _governing_words(self, date: DateSite, top: Token) -> set[str]:
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

    def _tells_change(self, site: Site, date: DateSite) -> bool:
        return any(
            t.lemma_.lower() in self.rules.change_words
            for t in site.doc[max(site.floor, date.lo - 14) : date.lo]
        )

    def _only_reports(self, path: Path, date: DateSite, site: Site) -> bool:
        """Whether the date says when somebody spoke: "said on Monday", "Tuesday disclosed that"."""
        verb = path.top
        if verb.lemma_.lower() not in self._say_verbs or not path.ups:
            return False
        if path.ups[-1].dep_ not in {"ccomp", "parataxis"} and not site.hi <= verb.i:
            return False
        return verb.i - date.hi <= 1 and date.lo - verb.i <= 3


def _when_follows(clause: Token, date: DateSite) -> bool:
    """ "in March, when prices fell": the clause tells what was in March."""
    when = next((c for c in clause.lefts if c.lower_ == "when"), None)
    return when is not None and when.i - date.hi in {0, 1}


def _is_day_or_span(mention: DateMention) -> bool:
    """Whether "on" or "over" before the date sets it in time: "on May 5", "over the next five years"."""
    return mention.edtf is None or len(mention.edtf) >= 10 or "/" in mention.edtf
