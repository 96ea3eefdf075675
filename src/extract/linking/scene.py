"""A quantity among the others of its sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsfacts.linking.beside import bracketed_after
from newsfacts.linking.syntax import Site, locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from newsfacts.language import Parsed
    from newsfacts.linking.finding import Finding
    from newsfacts.model import QuantityMention

#: Quantities on either side that are looked at; keeps long lists of numbers linear.
_NEIGHBOURS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A site read so far: the token that stands for the quantity, its verb, its change."""

    site: Site
    node: Token
    verb: Token | None
    finding: Finding | None


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A quantity and the others of its sentence, these in text order, without bracketed twins."""

    parsed: Parsed
    own: Site
    sites: tuple[Site, ...]

    def before(self, site: Site) -> list[Site]:
        """The sites left of this one, nearest first."""
        return [s for s in reversed(self.sites) if s.lo < site.lo]

    def after(self, site: Site) -> list[Site]:
        """The sites right of this one, nearest first."""
        return [s for s in self.sites if s.lo > site.lo]

    def at(self, token: Token) -> Site | None:
        """The site that a token is part of."""
        return next((s for s in self.sites if s.holds(token)), None)


def bracketed_noun(site: Site, scene: Scene) -> Token | None:
    """The noun before a bracket that opens right before the quantity; not the unit of another quantity."""
    noun = bracketed_after(site)
    return noun if noun is not None and scene.at(noun) is None else None


def partner_of(mention: QuantityMention, others: Sequence[QuantityMention]) -> QuantityMention | None:
    """The quantity that a bracketed twin restates: "15,000 yuan (about 2,180 dollars)"."""
    if mention.twin is None or mention.twin == mention.start:
        return None
    at = bisect_left(others, mention.twin, key=lambda o: o.start)
    found = others[at] if at < len(others) else None
    return found if found is not None and found.start == mention.twin and found.twin is None else None


def scene_of(parsed: Parsed, site: Site, others: Sequence[QuantityMention]) -> Scene:
    """The scene of a site; `others` are quantities by rising start, among them those of its sentence."""
    at = bisect_left(others, site.mention.start, key=lambda o: o.start)
    near = others[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
    sites = (locate(parsed, o) for o in near if o.twin is None and o.start != site.mention.start)
    same = [s for s in sites if s is not None and s.doc is site.doc and s.floor == site.floor]
    return Scene(parsed, site, tuple(sorted(same, key=lambda s: s.lo)))
