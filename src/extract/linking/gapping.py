"""Sentences that leave words out: restated amounts and clauses without their verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.counted import counted_noun
from newsfacts.linking.phrases import is_noun, is_time, item_bounds
from newsfacts.linking.syntax import preceding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from newsfacts.linking.syntax import Site

_COUNTED = frozenset({"count", "rank"})
_OR = frozenset({", or", "or", ", or about", ", equivalent to", ", equal to", ", that is"})
_LINKS = frozenset({",", ";", "and", "but", "while"})
_UP_AND_DOWN = frozenset({"up", "down"})
_COMMAS = frozenset({",", "and"})
_MAX_LINK = 2
_MAX_BETWEEN = 10
_PREPOSITIONS = frozenset({"by", "between", "to", "at"})


def restates(site: Site, other: Site) -> bool:
    """ "Fell 207 points, or 2 percent": whether `site` says the quantity before it again after "or"."""
    if site.mention.type == "percent" and other.mention.type == "count":
        noun = counted_noun(other)
        if (after := site.after()) is not None and after.lower_ == "of":
            return False  # "6,650 employees, or 5 percent of its workforce"
        return noun is not None and site.doc[noun.i + 1 : site.lo].text.strip().lower() in _OR
    if {site.mention.type, other.mention.type} & _COUNTED:
        return False
    return site.doc[other.hi : site.lo].text.strip().lower() in _OR


def bracketed_share(site: Site, other: Site) -> bool:
    """ "Climbed 28 points (0.2 percent) to": whether `site` is the change before it again, as a share."""
    if site.mention.type != "percent" or site.hi >= site.ceiling or site.doc[site.hi].text != ")":
        return False
    return site.doc[other.hi : site.lo].text.strip() in {"(", ", (", "(or"}


def gapped_noun(site: Site, other: Site) -> Token | None:
    """ "Shares of one firm were down 2 percent, its rival by 3 percent": the noun of the clause without verb.

    `other` is the quantity before, whose verb and change the clause shares.
    """
    if site.mention.type != other.mention.type or site.mention.type in _COUNTED:
        return None
    doc, i = site.doc, site.lo - 1
    if doc[i].lower_ in _PREPOSITIONS:
        i -= 1
    noun = doc[i]
    if i <= other.hi or not is_noun(noun) or is_time(noun):
        return None
    lo, _ = item_bounds(noun, other.hi, site.lo)
    while lo > other.hi and doc[lo - 1].pos_ in {"DET", "PRON", "PART", "PROPN"}:
        lo -= 1
    between = doc[other.hi : lo]
    opens = len(between) > 0 and between[-1].lower_ in _LINKS
    plain = not any(t.pos_ in {"VERB", "AUX"} for t in doc[other.hi : site.lo])
    return noun if opens and plain else None


def listed_with(site: Site, earlier: Sequence[Site]) -> tuple[Token, Site] | None:
    """ "Egypt with 6 million dollars, Morocco 5 million and Kenya 4 million": a name right before its number.

    With it comes the quantity that opens the list, whose item and verb the others share.
    """
    owner = None
    for other in earlier:
        name = gapped_owner(site, other) or gapped_noun(site, other)
        adjoins = name is not None and name.pos_ == "PROPN" and name.i == site.lo - 1
        if name is None or not (adjoins or site.mention.type == "count"):
            break
        owner, site = owner or name, other
    return (owner, site) if owner is not None else None


def gapped_owner(site: Site, other: Site) -> Token | None:
    """ "Greece sent 700 troops; Turkey, 500": the noun of a clause that leaves out verb and counted noun."""
    if site.mention.type != "count" or other.mention.type != "count" or not _ends_clause(site):
        return None
    doc = site.doc
    i = site.lo - 2 if doc[site.lo - 1].text == "," else site.lo - 1
    noun = doc[i]
    if i <= other.hi or not is_noun(noun) or is_time(noun):
        return None
    lo, _ = item_bounds(noun, other.hi, site.lo)
    while lo > other.hi and doc[lo - 1].pos_ in {"DET", "PROPN"}:
        lo -= 1
    opens = lo > other.hi and doc[lo - 1].lower_ in _LINKS
    plain = not any(t.pos_ in {"VERB", "AUX"} for t in doc[other.hi : site.lo])
    return noun if opens and plain else None


def told_with(site: Site, earlier: Sequence[Site]) -> Site | None:
    """ "With 84 shares up, 57 down and 3 unchanged": the count whose noun and place the bare ones share."""
    if not _is_told(site, site.hi):
        return None
    right = site
    for other in earlier:
        between = site.doc[other.hi : right.lo]
        plain = not any(t.pos_ in {"VERB", "AUX"} and t.tag_ != "VBN" for t in between)
        joined = other.hi < right.lo and plain
        if other.mention.type != "count" or not joined or between[-1].lower_ not in {",", "and"}:
            return None
        noun = counted_noun(other)
        if noun is not None:
            return other if _is_told(other, noun.i + 1) else None
        right = other
    return None


def opens_list(site: Site, earlier: Sequence[Site]) -> Site | None:
    """ "With 19 points, seven assists and three steals": the quantity that opens the list of nouns."""
    noun = counted_noun(site)
    if site.mention.type != "count" or noun is None or noun.i < site.hi or not _is_item(site, noun.i + 1):
        return None
    first = None
    right = site
    for other in earlier:
        counted = counted_noun(other) if other.mention.type == "count" else None
        end = counted.i + 1 if counted is not None and counted.i >= other.hi else other.hi
        between = site.doc[end : right.lo]
        if not 0 < len(between) <= _MAX_LINK or any(t.lower_ not in _COMMAS for t in between):
            break
        first = right = other
    return first


def _is_item(site: Site, at: int) -> bool:
    """Whether nothing but the next member of the list follows."""
    return at >= site.ceiling or site.doc[at].lower_ in _COMMAS or site.doc[at].is_punct


def _is_told(site: Site, at: int) -> bool:
    """Whether a count ends with a word that is said of it, at token `at`: "up", "unchanged", "injured"."""
    if site.mention.type != "count" or at >= site.ceiling:
        return False
    word = site.doc[at]
    ends = at + 1 >= site.ceiling or word.nbor(1).is_punct or word.nbor(1).pos_ in {"CCONJ", "ADP"}
    return ends and (word.lower_ in _UP_AND_DOWN or word.tag_ in {"VBN", "JJ", "RB"})


def _ends_clause(site: Site) -> bool:
    after = site.after()
    return after is None or after.is_punct or after.pos_ == "CCONJ"


def coordinates(site: Site, other: Site) -> bool:
    """ "5 percent in Asia and 3 percent in Europe": whether "and" joins the mention to the one before."""
    if site.mention.type != other.mention.type or site.mention.type in _COUNTED | {"duration"}:
        return False
    between = site.doc[other.hi : site.lo]
    if not 0 < len(between) <= _MAX_BETWEEN or any(t.pos_ in {"VERB", "AUX"} for t in between):
        return False
    last = between[-1]
    if last.lower_ in _PREPOSITIONS and len(between) > 1:
        last = between[-2]
    return last.lower_ in {"and", "but", "or", ","}


def compared_with(site: Site, earlier: Sequence[Site], fillers: frozenset[str]) -> Site | None:
    """ "Revenue totaled 48 million dollars, compared with 47 million a year ago": the quantity compared."""
    before = preceding(site, fillers)
    while before is not None and is_time(before) and before.i > site.floor:
        before = before.nbor(-1)
    if before is None or before.i == site.floor:
        return None
    if before.lower_ in {"whom", "which"} and before.nbor(-1).lower_ == "of":
        return next(iter(earlier), None)
    compared = before.lower_ in {"with", "to"} and before.nbor(-1).lower_ in {"compared", "up", "down"}
    if not compared and before.lower_ not in {"against", "versus", "vs"}:
        return None
    return next((s for s in earlier if s.mention.type == site.mention.type), None)
