"""Time: the date of the same sentence that says when a quantity holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsfacts.linking.comparison import DateSite, TimeRules, compares, has_superlative
from newsfacts.linking.paths import Path, opens_clause, path_between
from newsfacts.linking.status import (
    StatusRules,
    holds_unit,
    is_age,
    is_attributive,
    is_definite,
    is_extent,
    is_finite,
    is_infinitive,
    is_past,
    is_verbal,
    noun_of_number,
    restates,
)
from newsfacts.linking.syntax import Site, child
from newsfacts.model import DateMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token


_MAX_GAP = 4
_MAX_NOUNS = 1  # "sales of homes in May" holds of sales; deeper inside a phrase a date is that phrase's own
_SETTING = frozenset({"in", "on", "during", "at", "by"})
_COMMAS = frozenset({",", '"', "”", "''", "--", "—"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_MAX_STEPS = 6
#: Verbs by which a subject takes a rank: the time is the rank's.
_RANKING = frozenset(
    {"be", "become", "rank", "remain", "come", "finish", "place", "stand", "go", "fall", "rise"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class TimeLink:
    """When a quantity holds, and what the path to the date costs."""

    mention: DateMention
    cost: float


class TimeLinker:
    """Chooses the date that scopes a quantity by rules/linking/time.yaml."""

    def __init__(self, rules: TimeRules, status: StatusRules, say_verbs: frozenset[str]) -> None:
        self.rules = rules
        self._status = status
        self._say_verbs = say_verbs

    def link(self, site: Site, dates: Sequence[DateSite]) -> TimeLink | None:
        """The date that says when the quantity holds; None where none does."""
        if self._is_timeless(site):
            own = next((date for date in dates if _dates_own_participle(site, date)), None)
            return TimeLink(own.mention, self.rules.costs.clause) if own is not None else None
        best: tuple[float, int] | None = None
        found: TimeLink | None = None
        for date in dates:
            cost = self._cost(site, date)
            if cost is not None and (best is None or (cost, date.lo) < best):
                best, found = (cost, date.lo), TimeLink(date.mention, cost)
        return found

    def _is_timeless(self, site: Site) -> bool:
        """Whether the quantity is said of something given or lasting, so that the clause does not date it."""
        if site.mention.type == "rank":
            return _names_subject(site)
        return (
            (is_definite(site, self._status) and noun_of_number(site).dep_ != "dobj")
            or is_attributive(site)
            or is_age(site)
            or self._spans_record(site)
            or is_extent(site, self._status)
        )

    def _cost(self, site: Site, date: DateSite) -> float | None:
        path = path_between(site.head, date.head)
        if path is None or _opens_name(date) or compares(site, date, path.top, self.rules):
            return None
        if directly_follows(site, date):
            return self.rules.costs.adjacent
        up, down = self._up(site, path, date), self._down(path)
        if up is None or down is None or self._only_reports(path, date, site):
            return None
        gap = min(abs(date.lo - site.hi), abs(site.lo - date.hi))
        cost = up + down + self.rules.costs.distance * gap
        return cost if cost <= self.rules.costs.limit else None

    def _up(self, site: Site, path: Path, date: DateSite) -> float | None:
        """What it costs to climb from the quantity; None where a clause has a time of its own."""
        costs, total, in_participle = self.rules.costs, 0.0, False
        for token in path.ups:
            total += costs.up
            if holds_unit(site, token):
                continue
            if in_participle and token.dep_ in _SUBJECTS:
                return None  # "employees earning 5,000 must file next year"
            if self._lasts(token) or self._is_elsewhen(token, date):
                return None
            if opens_clause(token):
                total += costs.clause
            elif token.dep_ == "conj" and is_verbal(token):
                total += costs.conjunct
            amount = token.lemma_.lower() in self.rules.amount_participles
            in_participle = in_participle or (token.dep_ == "acl" and is_verbal(token) and not amount)
        return total

    def _lasts(self, token: Token) -> bool:
        """Whether what stands below tells a lasting property: "Oslo, a city of 700,000 people"."""
        return token.dep_ == "appos" and token.head.pos_ == "PROPN"

    def _is_elsewhen(self, token: Token, date: DateSite) -> bool:
        """Whether the step above a token leads to another time than that of what stands below."""
        others = self.rules.other_time_prepositions
        if token.dep_ == "prep":
            return token.lower_ in others - {"for"}
        if token.dep_ == "conj" and is_verbal(token):
            # "now" is said of its own clause only
            return date.mention.edtf is None and child(token, "nsubj", "nsubjpass") is not None
        if not opens_clause(token) or date.lo <= token.head.i < date.hi or _when_follows(token, date):
            return False
        return self._has_own_time(token) or (token.dep_ == "pcomp" and token.head.lower_ in others)

    def _has_own_time(self, clause: Token) -> bool:
        """Whether a clause is set apart in time from the one above it."""
        if restates(clause, self._status):
            return False
        if self._contrasts(clause):
            return False
        which = child(clause, "nsubj", "nsubjpass")
        relative = clause.dep_ in {"relcl", "advcl"} or (which is not None and which.tag_ == "WDT")
        return relative and is_finite(clause)

    def _precedes_plan(self, clause: Token, verb: Token, date: DateSite) -> bool:
        """Whether the date says when a plan was made: "decided in May to cut", "on Monday said it will"."""
        if clause.dep_ not in {"ccomp", "xcomp", "acl"} or date.lo > clause.i:
            return False
        if not is_past(verb) and date.mention.edtf is not None:
            return False
        if date.mention.relation in {"by", "until", "since"}:
            return False
        return is_infinitive(clause) or any(c.tag_ == "MD" for c in clause.lefts)

    def _contrasts(self, clause: Token) -> bool:
        # "A rose 5 percent in May while B fell", "..., with B falling": side by side
        return any(c.lower_ in self.rules.contrasts for c in clause.lefts)

    def _spans_record(self, site: Site) -> bool:
        """Whether a duration only says for how long something is a record: "the worst in 50 years"."""
        before = site.before()
        if site.mention.type != "duration" or before is None or before.lower_ not in {"in", "for"}:
            return False
        return has_superlative(site, site.lo, self.rules)

    def _down(self, path: Path) -> float | None:
        """What it costs to go down to the date; None where it belongs to another clause."""
        costs, total = self.rules.costs, 0.0
        listed = (
            bool(path.downs) and path.downs[-1].dep_ == "conj"
        )  # "15 golds, 12 silvers and 8 bronzes in 2002"
        nouns = [t for t in path.downs[1:] if t.pos_ in {"NOUN", "PROPN"}]
        if sum(not (listed and t.dep_ == "conj") for t in nouns) > _MAX_NOUNS:
            return None
        if path.downs and path.downs[0].dep_ == "poss" and any(is_infinitive(t) for t in path.downs):
            return None  # "have signed up to contest next month's election"
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
            elif self._occurs(token, path):
                total += costs.clause + costs.infinitive  # a date of the clause itself goes first
            elif _is_same_time(token) or self._is_beside(token, path):
                total += costs.clause
            else:
                return None
        return total

    def _occurs(self, clause: Token, path: Path) -> bool:
        dates = clause.dep_ == "relcl" and clause.lemma_.lower() in self.rules.occurring
        own = clause.head.i == path.top.i  # "a tax of 6 euros, which took effect in May"
        return dates and (own or (clause.head.dep_ in _SUBJECTS and clause.head.head.i == path.top.i))

    def _is_beside(self, token: Token, path: Path) -> bool:
        return token.dep_ == "ccomp" and bool(path.ups) and self._contrasts(path.ups[-1])

    def _only_reports(self, path: Path, date: DateSite, site: Site) -> bool:
        """Whether the date says when somebody spoke: "said on Monday", "Tuesday disclosed that"."""
        verb = path.top
        if any(self._precedes_plan(clause, verb, date) for clause in path.ups):
            return True
        if verb.lemma_.lower() not in self._say_verbs or not path.ups:
            return False
        if path.ups[-1].dep_ not in {"ccomp", "parataxis"} and not site.hi <= verb.i:
            return False
        if path.ups[-1].dep_ in _SUBJECTS and not any(t.text in _COMMAS for t in site.doc[site.hi : verb.i]):
            return False  # "seven parties agreed last month to ...": they did
        if date.lo > verb.i and site.hi <= verb.i and not _has_clause_after(verb):
            return True  # "..., he told reporters in Oslo on Monday"
        if path.ups[-1].dep_ == "ccomp" and date.hi <= verb.i < site.lo and date.mention.timex_type == "TIME":
            return True  # "shortly after 6 a.m. he announced that"
        if date.lo > verb.i and site.doc[date.lo - 1].lower_ == "by":
            return False  # "estimates by 2020, half of them will"
        return verb.i - date.hi <= 1 and date.lo - verb.i <= 3


def _names_subject(site: Site) -> bool:
    """ "The second largest maker sold 3 million cars in May": a rank that only names who did something."""
    token = noun_of_number(site)
    for _ in range(_MAX_STEPS):
        if token.dep_ in _SUBJECTS:
            return token.head.lemma_.lower() not in _RANKING
        if token.dep_ not in {"compound", "amod", "nmod", "poss", "nummod", "advmod"}:
            return False
        token = token.head
    return False


def _dates_own_participle(site: Site, date: DateSite) -> bool:
    """ "The 900 workers laid off in March": the date of the participle that tells which ones are meant."""
    if site.mention.type not in {"count", "money", "percent"}:
        return False
    told = [c for c in noun_of_number(site).rights if c.dep_ == "acl" and c.tag_ == "VBN"]
    return any(verb.i < date.lo and verb.is_ancestor(date.head) for verb in told)


def _opens_name(date: DateSite) -> bool:
    """ "For the 2008 Olympic Games": only part of a name; but "at the 2008 Games", "China's 2008 GDP"."""
    doc = date.head.doc
    if date.hi - date.lo > 1 or date.hi >= len(doc) or date.head.dep_ not in {"nummod", "compound", "nmod"}:
        return False
    follows, event = doc[date.hi], date.head.head
    held = event.dep_ in _SUBJECTS or (event.dep_ == "pobj" and event.head.lower_ in {"at", "in", "during"})
    return follows.pos_ == event.pos_ == "PROPN" and follows.text.istitle() and not held


def _has_clause_after(verb: Token) -> bool:
    return any(c.dep_ in {"ccomp", "xcomp"} for c in verb.rights)


def _is_same_time(clause: Token) -> bool:
    """ "Died when the city was bombed in 1945": both clauses tell of one time."""
    when = next((c for c in clause.lefts if c.lower_ == "when"), None)
    return when is not None and clause.dep_ == "advcl" and is_past(clause) == is_past(clause.head)


def _when_follows(clause: Token, date: DateSite) -> bool:
    """ "in March, when prices fell": the clause tells what was in March."""
    when = next((c for c in clause.lefts if c.lower_ == "when"), None)
    return when is not None and when.i - date.hi in {0, 1}


def directly_follows(site: Site, date: DateSite) -> bool:
    """Whether only the counted noun and a preposition stand between: "23 leaders in May"."""
    gap = list(site.doc[site.hi : date.lo]) if 0 <= date.lo - site.hi <= _MAX_GAP else None
    if gap is None:
        return False
    if gap and gap[-1].lower_ in _SETTING:
        gap.pop()
    return all(t.pos_ in _NOMINAL for t in gap)
