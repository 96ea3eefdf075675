"""Which entry each accepted name means: one sense per name in a document, chosen for all names together.

Containment ("Springfield, Illinois"), the hierarchy of the other names' entries, closeness on the ground and
the standing of the entry are added up, after Leidner (2007), Toponym Resolution in Text, and Grover et al.
(2010), Use of the Edinburgh geoparser.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from newsfacts.places.candidates import Candidate, agrees
from newsfacts.places.evidence import weight
from newsfacts.places.gazetteer import Entry, Gazetteer, Named
from newsfacts.places.lexicon import Noun

_ROUNDS = 4
_EARTH_KM = 6371.0
_CONTAINED = 7.0
_MOST_CONTEXT = 4.5
_NEAR_KM = 120.0
_FAR_KM = 20_000.0
_SAME_KM = 40.0
_HINTED = 2.5
#: Bounds on the names that lend context and the entries tried for each: some texts list hundreds of places.
_MOST_AROUND = 60
_MOST_OPTIONS = 40
_SIBLING = 2.5
_SEAT = 50_000
_SEAT_KM = 60.0
_AMONG_COUNTRIES = 0.4
#: "Beizhen, a township under Jinzhou"; "Jinzhou is a city in Hebei".
_DESCRIBED = re.compile(
    r"(?:,|\s(?:is|was))?\s(?:an?|the|one)\s[a-z\s-]{1,40}\s(?:in|of|under)\s(?:the\s)?(?:[a-z]+\s)?"
)
_INSIDE = (",", "(", ", in", "in", "of", ", a city in", ", in the")
_OTHER_NAME = 1.5
_OTHER_NAME_ABROAD = 0.5

Group = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """The entry of a name and how sure the choice is among its rivals, in [0, 1]."""

    entry: Entry
    certainty: float


def kilometres(one: Entry, other: Entry) -> float:
    """Great-circle distance."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return _FAR_KM
    p1, p2 = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((p2 - p1) / 2) ** 2
    half += math.cos(p1) * math.cos(p2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def group_of(candidate: Candidate) -> Group:
    """Mentions of one name with one generic noun are resolved together."""
    return candidate.key, candidate.noun


class Resolver:
    """Chooses entries for the names of one document."""

    def __init__(self, gazetteer: Gazetteer, nouns: dict[str, Noun]) -> None:
        self._gazetteer = gazetteer
        self._nouns = nouns

    def resolve(self, accepted: list[Candidate], text: str) -> dict[Group, Choice]:
        """The choice for every group of candidates that has entries."""
        groups: dict[Group, list[Candidate]] = defaultdict(list)
        for candidate in accepted:
            if candidate.named:
                groups[group_of(candidate)].append(candidate)
        containers = _containers(accepted, text)
        options = {
            g: sorted(cs[0].named, key=weight, reverse=True)[:_MOST_OPTIONS] for g, cs in groups.items()
        }
        chosen = {group: max(named, key=weight).entry for group, named in options.items()}
        weighty = sorted(groups, key=lambda g: -len(groups[g]))[:_MOST_AROUND]
        choices: dict[Group, Choice] = {}
        for _ in range(_ROUNDS):
            choices = {
                group: self._choose(group, named, chosen, weighty, groups, containers)
                for group, named in options.items()
            }
            updated = {group: choice.entry for group, choice in choices.items()}
            if updated == chosen:
                break
            chosen = updated
        return choices

    def _choose(
        self, group: Group, named: list[Named], chosen: dict[Group, Entry], weighty: list[Group],
        groups: dict[Group, list[Candidate]], containers: dict[Group, set[Group]],
    ) -> Choice:  # fmt: skip
        if len(named) == 1:
            return Choice(named[0].entry, 1.0)
        around = [(chosen[g], len(groups[g])) for g in weighty if g[0] != group[0]]
        twins = [entry for g, entry in chosen.items() if g[0] == group[0] and g != group and not group[1]]
        inside = [chosen[g] for g in containers.get(group, ()) if g in chosen]
        hints = {self._nouns[c.hint] for c in groups[group] if c.hint in self._nouns}
        whole = any(option.name_kind == "primary" for option in named)
        scores = []
        for i, option in enumerate(named):
            score = weight(option) + self._context(option.entry, around)
            score += _HINTED * any(agrees(option, noun) for noun in hints)
            score -= _OTHER_NAME * (
                whole and option.name_kind in ("alternate", "historic") and option.entry.kind != "country"
            )
            score += _CONTAINED * any(self.within(option.entry, container) for container in inside)
            score += 2.0 * any(option.entry.id == twin.id for twin in twins)
            scores.append((score, -i, option.entry))
        scores.sort(key=lambda s: s[:2], reverse=True)
        top, _, best = scores[0]
        best = _seat(best, named) if group[1] is None else best
        shares = [(math.exp(score - top), entry) for score, _, entry in scores]
        same = sum(share for share, entry in shares if kilometres(entry, best) <= _SAME_KM)
        return Choice(best, same / sum(share for share, _ in shares))

    def _context(self, entry: Entry, around: Iterable[tuple[Entry, int]]) -> float:
        above = self._gazetteer.ancestors(entry)
        total = 0.0
        for other, count in around:
            total += min(3.0, 1 + math.log2(count)) * self._tie(entry, above, other)
        return _MOST_CONTEXT * math.tanh(total / _MOST_CONTEXT)

    def _tie(self, entry: Entry, above: frozenset[int], other: Entry) -> float:
        if other.kind == "country":
            return 0.8 * (other.country == entry.country) if entry.kind != "country" else _AMONG_COUNTRIES
        if other.id in above:
            return 2.5
        if entry.id in self._gazetteer.ancestors(other):
            return 1.2
        if other.country != entry.country or entry.kind == "country":
            return 0.0
        if entry.kind == other.kind == "admin1":
            return _SIBLING
        near = 1.5 * math.exp(-kilometres(entry, other) / _NEAR_KM)
        return 0.2 + 0.5 * (other.admin1 is not None and other.admin1 == entry.admin1) + near

    def within(self, entry: Entry, container: Entry) -> bool:
        """Whether an entry lies in another."""
        if container.kind == "country":
            return entry.country == container.country and entry.id != container.id
        return container.id in self._gazetteer.ancestors(entry)


def _seat(best: Entry, named: list[Named]) -> Entry:
    """The city where a division and its seat share name and place (Berlin, Ankara)."""
    if best.kind not in ("admin1", "admin2") or best.code is not None:
        return best
    own = [option.entry for option in named if option.name_kind in ("primary", "romanisation")]
    cities = [entry for entry in own if entry.kind == "city" and entry.population > _SEAT]
    return next((city for city in cities if kilometres(city, best) < _SEAT_KM), best)


def _containers(accepted: list[Candidate], text: str) -> dict[Group, set[Group]]:
    """For each group the groups that plainly hold it: "A, B", "A in B", "A, a town under B", "B's A"."""
    found: dict[Group, set[Group]] = defaultdict(set)
    for one, other in pairwise(accepted):
        if one.block != other.block:
            continue
        gap = text[one.end : other.start]
        if (gap.strip() in _INSIDE and len(gap) < 14) or _DESCRIBED.fullmatch(gap):
            found[group_of(one)].add(group_of(other))
        elif gap in ("'s ", "’s "):
            found[group_of(other)].add(group_of(one))
    return found
