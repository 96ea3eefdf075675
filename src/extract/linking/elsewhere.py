"""Places of a sentence that are not where its quantity holds, and quantities that hold at no one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.status import is_verbal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from newsfacts.linking.paths import Path
    from newsfacts.linking.place_sites import PlaceSite
    from newsfacts.linking.syntax import Site

_LENGTHS = frozenset({"km", "m", "[mi_i]", "[ft_i]", "[yd_i]", "[nmi_i]"})
_EARLIER_OR_LATER = frozenset({"after", "before", "since", "until"})
_ORDERED = frozenset({"after", "behind", "before", "ahead"})
_ASIDE = 3
_CLIMB = 8
_RELATIVE = 12
#: Kinds of places that clubs are called after; a nation's team stands for the nation.
_CLUB_HOMES = frozenset({"city", "admin2", "admin3", "admin4"})


def belongs_to_person(place: Token) -> bool:
    """ "Japan's Kota Sato", "Mary Smith of Norway", "Ireland captain John Smith": somebody's home."""
    if place.dep_ == "poss":
        return _is_person(place.head)
    of = place.head
    if place.dep_ == "pobj" and of.lower_ in {"of", "from"} and of.dep_ == "prep":
        # "the High Court of Leeds" is no person, whatever the parser thinks
        return _is_person(of.head) and not any(c.dep_ in {"det", "poss"} for c in of.head.lefts)
    title = place.head if place.dep_ in {"compound", "nmod"} else None
    return title is not None and title.pos_ == "NOUN" and title.dep_ == "compound" and _is_person(title.head)


def _is_person(noun: Token) -> bool:
    return noun.pos_ == "PROPN" and noun.ent_type_ == "PERSON"


def is_team(place: PlaceSite, contests: frozenset[str]) -> bool:
    """ "Newcastle beat Leeds 2-1": clubs, whatever they are called after."""
    if place.mention.kind not in _CLUB_HOMES:
        return False
    verb = place.head.head
    rival = place.head.dep_ == "dobj" or (place.head.dep_ == "nsubj" and place.head.i == place.hi - 1)
    return rival and verb.lemma_.lower() in contests


def is_of_sibling(path: Path) -> bool:
    """ "The 12 banks of the union and the banks of Norway": the place of what stands beside it."""
    downs = list(path.downs)
    while downs and downs[0].dep_ == "conj" and downs[0].pos_ == "PROPN":
        downs.pop(0)  # "of Norway and Sweden"
    of = len(downs) > 2 and downs[1].lower_ == "of" and downs[0].dep_ == "pobj"
    sibling = downs[2] if of else (downs[1] if len(downs) > 1 else None)
    owned = of or (bool(downs) and downs[0].dep_ == "poss")
    return owned and sibling is not None and sibling.dep_ == "conj" and sibling.pos_ == "NOUN"


def is_relative_to(site: Site, end: int, places: Sequence[PlaceSite]) -> bool:
    """ "Malaysia, where a third is made": the quantity stands in a clause that tells of the place before it.

    `end` is the token behind the place.
    """
    start = end + (end < site.lo and site.doc[end].text == ",")
    if not start < site.lo <= start + _RELATIVE or site.doc[start].lower_ != "where":
        return False
    between = site.doc[start : site.lo]
    return not any(t.text in {";", ","} for t in between) and not any(start < p.lo < site.lo for p in places)


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
