"""Places of a sentence that are not where its quantity holds, and quantities that hold at no one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.linking.status import is_verbal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from extract.linking.paths import Path
    from extract.linking.syntax import Site

_LENGTHS = frozenset({"km", "m", "[mi_i]", "[ft_i]", "[yd_i]", "[nmi_i]"})
_EARLIER_OR_LATER = frozenset({"after", "before", "since", "until"})
_ORDERED = frozenset({"after", "behind", "before", "ahead"})
_ASIDE = 3
_CLIMB = 8


def belongs_to_person(place: Token) -> bool:
    """ "Japan's Kota Sato", "Anna Berg of Norway": where somebody comes from."""
    if place.dep_ == "poss":
        return place.head.pos_ == "PROPN" and place.head.ent_type_ == "PERSON"
    of = place.head
    home = place.dep_ == "pobj" and of.lower_ in {"of", "from"} and of.dep_ == "prep"
    person = of.head
    named = person.pos_ == "PROPN" and person.ent_type_ == "PERSON"
    return home and named and not any(c.dep_ in {"det", "poss"} for c in person.lefts)  # "the High Court of"


def is_bearing(site: Site, place: Token) -> bool:
    """ "500 km southeast of Oslo", "5 miles off Leeds": the place that a distance is measured from."""
    if site.mention.unit not in _LENGTHS or not site.hi <= place.i:
        return False
    for token in site.doc[site.hi : min(site.ceiling, site.hi + _ASIDE + 6)]:
        if token.i >= place.i or token.text in {",", ";"}:
            return False
        if token.lower_.endswith(("north", "south", "east", "west")) or token.lower_ in {"away", "off"}:
            return place.i - token.i <= _ASIDE + 1
    return False


def is_of_other_event(site: Site, path: Path) -> bool:
    """ "Five days after a court in Bonn ruled": the length of time holds outside of that clause."""
    after = site.doc[site.hi] if site.hi < site.ceiling else None
    if site.mention.type != "duration" or after is None or after.lower_ not in _EARLIER_OR_LATER:
        return False
    target = path.downs[0] if path.downs else path.top
    return target.i > after.i


def only_precedes(path: Path) -> bool:
    """ "The second largest city after Oslo": who else stands in the order."""
    return any(t.dep_ == "prep" and t.lower_ in _ORDERED and not is_verbal(t.head) for t in path.downs)


def is_exchange(site: Site, about: Sequence[tuple[int, int]], currencies: frozenset[str]) -> bool:
    """ "The dollar rose to 41.4 baht": a rate of exchange holds on all markets."""
    if site.mention.type not in {"money", "measure"}:
        return False
    names = (site.doc[lo:hi][-1] for lo, hi in about if hi > lo)
    return any(t.lower_ in currencies and t.tag_ in {"NN", "NNP"} for t in names)


def setting(site: Site) -> str | None:
    """ "In the European market, sales rose ...": the adjective of people that the clause is set among."""
    token = site.head
    for _ in range(_CLIMB):
        for prep in token.lefts:
            noun = next((c for c in prep.rights if c.dep_ == "pobj"), None) if prep.lower_ == "in" else None
            people = (
                next((c for c in noun.lefts if c.ent_type_ == "NORP"), None) if noun is not None else None
            )
            if people is not None and prep.dep_ == "prep" and is_verbal(token):
                return str(people.lower_)
        if token.head.i == token.i:
            break
        token = token.head
    return None


__all__ = ["belongs_to_person", "is_bearing", "is_exchange", "is_of_other_event", "only_precedes", "setting"]
