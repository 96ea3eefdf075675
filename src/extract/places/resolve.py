"""Which entry each accepted name means: one sense per name in a document, chosen for all names together."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from extract.places.candidates import Candidate
from extract.places.evidence import prior
from extract.places.gazetteer import Entry, Gazetteer, Named

_ROUNDS = 3
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The entry of a name and how sure the choice is among its rivals, in [0, 1]."""

    entry: Entry
    certainty: float


def kilometres(one: Entry, other: Entry) -> float:
    """Great-circle distance."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 20_000.0
    p1, p2 = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((p2 - p1) / 2) ** 2
    half += math.cos(p1) * math.cos(p2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


Group = tuple[str, str | None]


def group_of(candidate: Candidate) -> Group:
    """Mentions of one name with one generic noun are resolved together."""
    return candidate.key, candidate.noun


class Resolver:
    """Chooses entries for the names of one document."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def resolve(self, accepted: list[Candidate]) -> dict[Group, Choice]:
        """The choice for every group of candidates that has entries."""
        groups: dict[Group, list[Candidate]] = defaultdict(list)
        for candidate in accepted:
            if candidate.named:
                groups[group_of(candidate)].append(candidate)
        containers = _containers(accepted)
        chosen = {group: max(cs[0].named, key=prior).entry for group, cs in groups.items()}
        choices: dict[Group, Choice] = {}
        for _ in range(_ROUNDS):
            for group, candidates in groups.items():
                choices[group] = self._choose(group, candidates[0].named, chosen, groups, containers)
            updated = {group: choice.entry for group, choice in choices.items()}
            if updated == chosen:
                break
            chosen = updated
        return choices

    def _choose(
        self, group: Group, named: list[Named], chosen: dict[Group, Entry], groups: dict[Group, list[Candidate]],
        containers: dict[Group, set[Group]],
    ) -> Choice:  # fmt: skip
        around = [(entry, len(groups[g])) for g, entry in chosen.items() if g[0] != group[0]]
        inside = [chosen[g] for g in containers.get(group, ()) if g in chosen]
        scores = [(prior(n) + self._context(n.entry, around, inside), -i, n.entry) for i, n in enumerate(named)]
        scores.sort(key=lambda s: (s[0], s[1]), reverse=True)
        best = scores[0]
        total = sum(math.exp(min(0.0, s[0] - best[0])) for s in scores)
        return Choice(best[2], 1 / total)

    def _context(self, entry: Entry, around: list[tuple[Entry, int]], inside: list[Entry]) -> float:
        score = 6.0 * sum(self.within(entry, container) for container in inside)
        above = self.ancestors(entry)
        for other, count in around:
            weight = 1 + math.log2(count)
            if other.kind == "country":
                score += 0.8 * weight * (other.country == entry.country)
            elif other.id in above:
                score += 2.5 * weight
            elif entry.id in self.ancestors(other):
                score += 1.0 * weight
            elif other.country == entry.country and entry.kind != "country":
                score += 0.3 + 0.7 * (other.admin1 is not None and other.admin1 == entry.admin1)
                score += 1.2 * math.exp(-kilometres(entry, other) / 150)
        return score

    def ancestors(self, entry: Entry) -> set[int]:
        """Ids of the divisions that hold an entry."""
        found = {n for n in (entry.admin1, entry.admin2) if n is not None}
        parent = entry.parent
        while parent is not None and parent not in found:
            found.add(parent)
            parent = self._gazetteer.entry(parent).parent
        return found

    def within(self, entry: Entry, container: Entry) -> bool:
        """Whether an entry lies in another."""
        if container.kind == "country":
            return entry.country == container.country and entry.id != container.id
        return container.id in self.ancestors(entry)


def _containers(accepted: list[Candidate]) -> dict[Group, set[Group]]:
    """For each group the groups that follow it after a comma ("Springfield, Illinois")."""
    found: dict[Group, set[Group]] = defaultdict(set)
    for one, other in zip(accepted, accepted[1:], strict=False):
        if one.block == other.block and 0 < other.start - one.end <= 2:
            found[group_of(one)].add(group_of(other))
    return found
