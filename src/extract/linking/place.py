"""Place: where a quantity holds, said in its sentence or inherited from what the text is about."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from newsfacts.linking.elsewhere import (
    belongs_to_person,
    is_bearing,
    is_exchange,
    is_of_other_event,
    is_of_sibling,
    is_relative_to,
    is_team,
    only_precedes,
    setting,
)
from newsfacts.linking.paths import Path, opens_clause, path_between
from newsfacts.linking.place_sites import PlaceRules, PlaceSite, is_nested
from newsfacts.linking.status import is_verbal, noun_of_number
from newsfacts.linking.syntax import Site
from newsfacts.linking.topics import Topics
from newsfacts.model import PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from newsfacts.places.curated import Countries

_MAX_GAP = 7
#: Tokens behind a number within which "worldwide" still speaks of it.
_MAX_REACH = 14
_PARTICIPLES = frozenset({"VBN", "VBG"})
_LOCATIVE = frozenset({"in", "at", "across"})


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Where a quantity holds, and how sure that is (cost of the path; None for an inherited topic)."""

    mention: PlaceMention
    inherited: bool
    cost: float | None


@dataclass(frozen=True, slots=True)
class PhraseRanges:
    """Token ranges [lo, hi) of the phrases around a quantity: its source, and what it is about."""

    source: tuple[int, int] | None = None
    about: tuple[tuple[int, int], ...] = ()


class PlaceLinker:
    """Chooses the place of a quantity by rules/linking/place.yaml."""

    def __init__(
        self, rules: PlaceRules, say_verbs: frozenset[str] = frozenset(), countries: Countries | None = None
    ) -> None:
        self.rules = rules
        #: ISO 3166-1 codes by the adjectives of people and nation, in lower case.
        self.nations = _adjectives(countries) if countries is not None else {}
        self._say_verbs = say_verbs

    def link(
        self, site: Site, places: Sequence[PlaceSite], topics: Topics, ranges: PhraseRanges
    ) -> PlaceLink | None:
        """The place where the quantity holds: of its sentence, else of its adjectives, else the topic."""
        found = self._explicit(site, places, ranges.source) or self._of_survey(site, places, ranges.source)
        nations = self._nationalities(site, ranges)
        if not nations:
            return found or self._inherited(site, topics, ranges) or self._of_speaker(places, ranges.source)
        if found is not None and found.cost is not None and found.cost <= self.rules.demonym_cost:
            return found
        nation = next((m for n in nations if (m := topics.nation(n)) is not None), None)
        return PlaceLink(nation, True, self.rules.demonym_cost) if nation is not None else found

    def _of_survey(
        self, site: Site, places: Sequence[PlaceSite], source: tuple[int, int] | None
    ) -> PlaceLink | None:
        """The place that the source itself was made in: "according to a survey conducted in Henan"."""
        if source is None or not self._may_inherit(site):
            return None
        for place in places:
            inside = source[0] <= place.lo < source[1] and place.head.dep_ == "pobj"
            if inside and place.head.head.lower_ == "in" and not is_nested(place, places):
                return PlaceLink(place.mention, place.inherited, self.rules.costs.survey)
        return None

    def _of_speaker(self, places: Sequence[PlaceSite], source: tuple[int, int] | None) -> PlaceLink | None:
        """Where nothing else is named: the place that the speaker belongs to ("Oslo's hospital said")."""
        named = [p for p in places if source is not None and source[0] <= p.lo < source[1]]
        outer = [p for p in named if not p.inherited and not is_nested(p, places)]
        return PlaceLink(outer[0].mention, False, self.rules.costs.speaker) if len(outer) == 1 else None

    def _inherited(self, site: Site, topics: Topics, ranges: PhraseRanges) -> PlaceLink | None:
        if not self._may_inherit(site) or is_exchange(site, ranges.about, self.rules.currencies):
            return None
        people = setting(site)
        topic = topics.inherited() if people is None else topics.nation(people)
        named = self._named_nations(site, ranges)
        if topic is not None and named and topic.country is not None and topic.country not in named:
            topic = topics.country(named)
        return PlaceLink(topic, True, None) if topic is not None else None

    def _named_nations(self, site: Site, ranges: PhraseRanges) -> set[str]:
        """The countries in the names of what the quantity is about: "the Australian Exchange's index"."""
        codes = (
            self._nation_of(token)
            for lo, hi in ranges.about
            for token in site.doc[lo:hi]
            if token.pos_ == "PROPN"
        )
        return {code for code in codes if code is not None}

    def _nation_of(self, token: Token) -> str | None:
        """The country whose adjective a token is, or ends: "South Korean"."""
        pair = f"{token.nbor(-1).lower_} {token.lower_}" if token.i else ""
        return self.nations.get(pair) or self.nations.get(token.lower_)

    def _nationalities(self, site: Site, ranges: PhraseRanges) -> list[str]:
        """Adjectives of nations in what the quantity is about ("Japanese exports", "British firms").

        "British troops" and "two Britons" can be anywhere.
        """
        return [
            people
            for group in _nations(site, ranges)
            if not _opens_name(group[-1]) and not self._acts_abroad(group[-1], site)
            if self._is_nation(people := _adjective(group))
        ]

    def _is_nation(self, people: str) -> bool:
        """ "Dutch", "European"; not "Maoist" or "Republican", which move no quantity elsewhere."""
        return not self.nations or people in self.nations or people in self.rules.continental

    def _acts_abroad(self, adjective: Token, site: Site) -> bool:
        if site.mention.type == "count" and adjective.i == noun_of_number(site).i:
            return True
        window = adjective.doc[adjective.i + 1 : adjective.i + 3]
        return any(t.lemma_.lower() in self.rules.actors and t.pos_ in {"NOUN", "PROPN"} for t in window)

    def _explicit(
        self, site: Site, places: Sequence[PlaceSite], silent: tuple[int, int] | None
    ) -> PlaceLink | None:
        counted = noun_of_number(site)
        kinds = self.rules.containers.get(counted.lemma_.lower())
        within = self._counts_places(site)
        if kinds is not None:
            # "Alta, one of the two counties in Innland": Alta is one of them, not where they lie
            places = [p for p in places if not p.head.is_ancestor(counted)]
        best: tuple[float, int] | None = None
        found: PlaceLink | None = None
        for place in places:
            if silent is not None and silent[0] <= place.lo < silent[1]:
                continue
            if kinds is not None and place.mention.kind not in kinds:
                continue
            if within and not counted.is_ancestor(place.head):
                continue  # "40 countries" are not all in Leeds; "40 countries in Africa" are
            cost = self._cost(site, place, places)
            if cost is not None and (best is None or (cost, place.lo) < best):
                best = (cost, place.lo)
                inner = next((p for p in places if _lies_in(p, place)), place)
                found = PlaceLink(inner.mention, inner.inherited, cost)
        return found

    def _cost(self, site: Site, place: PlaceSite, places: Sequence[PlaceSite]) -> float | None:
        path = path_between(site.head, place.head)
        if (
            path is None
            or is_nested(place, places)
            or self._is_said(path)
            or self._is_elsewhere(site, place, path)
        ):
            return None
        costs = self.rules.costs
        if _directly_follows(site, place) or is_relative_to(site, place.hi, places):
            return costs.adjacent
        total = costs.distance * min(abs(place.lo - site.hi), abs(site.lo - place.hi))
        total += costs.up * len(path.ups) + costs.clause * sum(opens_clause(t) for t in path.ups)
        total += costs.down * len(path.downs)
        inside = path.top.i in {site.head.i, noun_of_number(site).i} and not place.inherited
        total += sum(self._clause_below(t, inside=inside) for t in path.downs if is_verbal(t))
        below = [*path.downs, path.top]
        total += sum(self._preposition(t) for t in below if t.pos_ in {"ADP", "SCONJ", "VERB", "ADJ"})
        total += costs.sibling * is_of_sibling(path)
        if _is_nationality(site, place):
            if noun_of_number(site).lemma_.lower() in self.rules.actors:
                return None  # "one U.S. soldier"
            total += self.rules.demonym_cost
        return total if total <= costs.limit else None

    def _is_elsewhere(self, site: Site, place: PlaceSite, path: Path) -> bool:
        if only_precedes(path) or is_of_other_event(site, path) or is_bearing(site, place.head):
            return True
        return not place.inherited and (belongs_to_person(place.head) or is_team(place, self.rules.contests))

    def _is_said(self, path: Path) -> bool:
        """ "Half of the voters said that the war in Iraq ...": what is said is not where they are."""
        if not path.ups or not path.downs or path.top.lemma_.lower() not in self._say_verbs:
            return False
        return path.ups[-1].dep_ == "nsubj" and path.downs[-1].dep_ == "ccomp"

    def _clause_below(self, verb: Token, *, inside: bool) -> float:
        # "the 40 cars sold in Oslo": a participle of the counted noun itself tells where they are
        own = inside and verb.tag_ in _PARTICIPLES and verb.dep_ != "prep"  # "including" is no participle
        return self.rules.costs.up if own else self.rules.costs.down_clause

    def _preposition(self, token: Token) -> float:
        if token.lower_ == "from" and token.head.dep_ in {"nsubj", "nsubjpass"}:
            return 0.0  # "exports from the province rose": its own
        return self.rules.preposition_costs.get(token.lower_, 0.0)

    def _is_everywhere(self, site: Site) -> bool:
        """ "... have been bred in zoos worldwide": an adverb of the same clause."""
        for token in site.doc[site.hi : min(site.ceiling, site.hi + _MAX_REACH)]:
            if token.text in {",", ";"} or token.dep_ == "cc":
                return False
            if token.pos_ == "ADV" and token.lower_ in self.rules.elsewhere:
                return True
        return False

    def _may_inherit(self, site: Site) -> bool:
        mention = site.mention
        if mention.per is not None and len(mention.per) == 3 and mention.per.isupper():
            return False
        near = site.doc[max(site.floor, site.lo - 2) : min(site.ceiling, site.hi + 3)]
        if any(t.lower_ in self.rules.elsewhere for t in near) or self._is_everywhere(site):
            return False
        return not self._counts_places(site)

    def _counts_places(self, site: Site) -> bool:
        """ "60 countries", "the two sides": what is counted are places themselves, or stands for two."""
        lemma = noun_of_number(site).lemma_.lower()
        before = site.before()
        pair = site.mention.value == 2 and (
            lemma == "side" or (before is not None and before.lower_ in {"the", "both", "these"})
        )
        return lemma in self.rules.counted_places or (pair and lemma in self.rules.counterparts)


def _nations(site: Site, ranges: PhraseRanges) -> list[list[Token]]:
    """The adjectives of nations in what a quantity is about, each as its tokens."""
    return [
        list(group)
        for lo, hi in ranges.about
        for is_nation, group in groupby(site.doc[lo:hi], lambda token: token.ent_type_ == "NORP")
        if is_nation
    ]


def _adjective(group: Sequence[Token]) -> str:
    return " ".join(t.lower_ for t in group)


def _adjectives(countries: Countries) -> dict[str, str]:
    return {a.lower(): code for code, country in countries.countries.items() for a in country.adjectives}


def _is_nationality(site: Site, place: PlaceSite) -> bool:
    """ "Three U.S. soldiers": where they are from, not where they are."""
    counted = noun_of_number(site)
    beside = place.head.head.i == counted.i and place.head.dep_ in {"compound", "amod", "nmod"}
    return site.mention.type == "count" and place.mention.kind == "country" and beside


def _opens_name(token: Token) -> bool:
    # the "Anglo" of "Anglo Mills" is part of a firm's name
    return token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"


def _directly_follows(site: Site, place: PlaceSite) -> bool:
    """Whether only a time and a preposition stand between: "140 yen at 5 p.m. in Tokyo"."""
    gap = site.doc[site.hi : place.lo] if 0 < place.lo - site.hi <= _MAX_GAP else None
    if gap is None or gap[-1].lower_ not in _LOCATIVE:
        return False
    return all(t.pos_ == "ADP" or t.ent_type_ in {"DATE", "TIME"} for t in gap)


def _lies_in(inner: PlaceSite, outer: PlaceSite) -> bool:
    """ "Casablanca, Morocco": the second says where the first is."""
    beside = outer.lo == inner.hi + 1 and outer.head.doc[inner.hi].text == ","
    wider = outer.mention.kind in {"country", "admin1"} and inner.mention.kind != outer.mention.kind
    return beside and wider and inner.mention.country == outer.mention.country and not inner.inherited
