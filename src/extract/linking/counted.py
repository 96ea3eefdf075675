"""The noun that is counted: behind its number, behind "of", or shared with the numbers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import NOUNS, chunk_head, is_noun, is_time

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
#: What may stand between a noun that describes and the one it describes.
_DESCRIBING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "CCONJ"})


def counted_noun(site: Site) -> Token | None:
    """The noun that a count or rank stands before: "30 towns", "30 of the towns"."""
    start = site.hi
    if (sampled := _sample(site)) is not None:
        return sampled
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
    if (bounded := _far_bound(site)) is not None:
        return bounded
    if _is_open(site):
        return None
    if (described := _past_measure(site)) is not None:
        return described
    if (attribute := _attribute(site)) is not None:
        return attribute
    found = chunk_head(site.doc, start, site.ceiling)
    if found is None and site.head.dep_ == "nummod" and is_noun(site.head.head):
        noun = site.head.head
        found = noun if start <= noun.i <= start + _MAX_REACH and not _crosses_sign(site, noun) else None
    return _described(site, found) if found is not None else None


def _described(site: Site, noun: Token) -> Token:
    """The noun that the first one only describes: "120 Apple and Samsung phones", "12 Leopard 2 tanks"."""
    head = noun.head
    describes = noun.dep_ in {"nmod", "compound", "amod"} and is_noun(head) and noun.i < head.i < site.ceiling
    if not describes or head.i > noun.i + _MAX_REACH or is_time(head):
        return noun
    plain = all(t.pos_ in _DESCRIBING or t.text in {"and", "or", ","} for t in noun.doc[noun.i + 1 : head.i])
    return head if plain else noun


def _sample(site: Site) -> Token | None:
    """ "We surveyed households (n = 412)": the noun before the bracket."""
    doc, lo = site.doc, site.lo
    if lo - 4 < site.floor or doc[lo - 1].text != "=" or doc[lo - 2].text not in {"n", "N"}:
        return None
    noun = doc[lo - 4]
    return noun if doc[lo - 3].text == "(" and is_noun(noun) else None


def _far_bound(site: Site) -> Token | None:
    """ "From 1200 to 1900 employees": the noun behind the other bound."""
    before, to = site.before(), site.after()
    opened = before is not None and before.lower_ == "from" and to is not None and to.lower_ == "to"
    i = site.hi + 1
    if not opened or i + 1 >= site.ceiling or site.doc[i].pos_ != "NUM" or not is_noun(site.doc[i + 1]):
        return None
    noun = chunk_head(site.doc, i + 1, site.ceiling)
    return noun if noun is not None and noun.tag_ == "NNS" else None


def _is_open(site: Site) -> bool:
    """ "Towns of 10,000 or over qualify": behind "or over" only a plural is what is counted."""
    doc, i = site.doc, site.hi
    bounded = i - 2 >= site.lo and doc[i - 2].lower_ == "or" and doc[i - 1].pos_ != "NUM"
    head = chunk_head(doc, i, site.ceiling) if bounded else None
    return bounded and (head is None or head.tag_ not in {"NNS", "NNPS"})


def _past_measure(site: Site) -> Token | None:
    """ "40,000 2 litre bottles": the noun behind the measure of each."""
    doc, i = site.doc, site.hi
    if i + 2 >= site.ceiling or doc[i].pos_ != "NUM" or doc[i + 1].tag_ not in {"NN", "NNP"}:
        return None
    return chunk_head(doc, i + 2, site.ceiling)


def _attribute(site: Site) -> Token | None:
    """ "A 24 page memo", "a 3 game ban": a noun in the singular describes the next one."""
    doc, i = site.doc, site.hi
    many = site.mention.value is None or site.mention.value > 1
    if site.mention.type != "count" or not many or i + 1 >= site.ceiling or not _has_article(site):
        return None
    head = chunk_head(doc, i, site.ceiling)
    described = doc[i].tag_ == "NN" and doc[i].is_lower and doc[i + 1].tag_ in {"NN", "NNS"}
    return doc[i] if described and head is not None and head.i > i and head.tag_ == "NN" else None


def _has_article(site: Site) -> bool:
    """Whether "a", "an" or a number with its unit stands before: "a 1.5l 4 cylinder engine"."""
    before = site.before()
    return before is not None and (
        before.lower_ in {"a", "an", "the"} or before.pos_ in {"NUM", "NOUN", "ADJ"}
    )


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
