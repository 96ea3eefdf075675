"""The noun that is counted: behind its number, behind "of", or shared with the numbers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import NOUNS, chunk_head, is_noun

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.syntax import Site

HYPHENS = frozenset({"-", "–"})
#: What a hyphen can add to a number without naming what is counted: "6,000-strong".
TAILS = frozenset({"old", "long", "wide", "high", "tall", "deep", "thick", "strong", "plus", "odd"})
#: What follows a hyphen whose noun comes later.
_SUSPENDING = frozenset({",", "and", "or", "to"})
#: Tokens between a count and its noun where only the parse joins them.
_MAX_REACH = 6


def counted_noun(site: Site) -> Token | None:
    """The noun that a count or rank stands before: "30 towns", "30 of the towns"."""
    start = site.hi
    following = site.after()
    if following is not None and following.lower_ == "of":
        return noun_after_of(site, start)
    if (shared := _suspended(site)) is not None:
        return shared
    if following is not None and following.text in HYPHENS:
        named = site.after(1)
        return named if named is not None and named.text[0].isalpha() and named.lower_ not in TAILS else None
    if (idiom := _or_two(site)) is not None:
        return idiom
    found = chunk_head(site.doc, start, site.ceiling)
    if found is None and site.head.dep_ == "nummod" and is_noun(site.head.head):
        noun = site.head.head
        found = noun if start <= noun.i <= start + _MAX_REACH and not _crosses_sign(site, noun) else None
    return found


def _crosses_sign(site: Site, noun: Token) -> bool:
    """ "50 ± 2 cm": another number belongs to the noun."""
    return any(t.pos_ in NOUNS and not is_noun(t) for t in site.doc[site.hi : noun.i])


def _suspended(site: Site) -> Token | None:
    """ "Four-, five- and six-cylinder engines": the noun behind the last hyphen."""
    doc, i = site.doc, site.hi
    if i < site.ceiling and doc[i].text in HYPHENS:
        i += 1
    elif not doc[i - 1].text.endswith("-"):
        return None
    if i >= site.ceiling or doc[i].lower_ not in _SUSPENDING:
        return None
    for token in doc[i : min(site.ceiling - 1, i + _MAX_REACH)]:
        if token.text in HYPHENS and is_noun(token.nbor(1)):
            return token.nbor(1)
    return None


def _or_two(site: Site) -> Token | None:
    """ "Another shop or two": the noun before "or"."""
    word, noun = site.before(), site.before(2)
    if word is None or word.lower_ != "or" or noun is None or not is_noun(noun) or noun.tag_ != "NN":
        return None
    following = site.after()
    return noun if following is None or not is_noun(following) else None


def noun_after_of(site: Site, at: int) -> Token | None:
    """The noun after the "of" at token `at`."""
    doc = site.doc
    prep = doc[at]
    pobj = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if pobj is not None and is_noun(pobj):
        return pobj
    i = at + 1
    while i < site.ceiling and doc[i].pos_ in {"DET", "PRON", "NUM", "PART"}:
        if doc[i].lower_ in {"which", "whom", "that"} or doc[i].tag_ == "PRP":
            return None
        i += 1
    return chunk_head(doc, i, site.ceiling)
