"""Nouns that stand right beside a quantity and are what it is said of, whatever the clause says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun, is_time
from newsfacts.linking.syntax import after_brackets, child

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import SubjectWords
    from newsfacts.linking.syntax import Site

_SIZES = frozenset({"long", "wide", "high", "tall", "deep", "thick"})
#: How one thing stands to another.
_APART = frozenset(
    {"off", "behind", "ahead", "below", "above", "away", "short", "adrift", "clear", "under", "up", "down"}
)
#: Words between people and their age.
_AGE_WORDS = frozenset({"over", "under", "above", "below", "between", "from", "the", "age", "ages", "of"})


def noun_beside(site: Site, words: SubjectWords) -> tuple[Token | None, str]:
    """The noun that a distance, a size or an age follows, and the rule that found it."""
    if (located := _located(site, words)) is not None:
        return located, "subject-located"
    for find, rule in _FINDERS:
        if (noun := find(site)) is not None:
            return noun, rule
    return None, ""


def is_distance(site: Site, words: SubjectWords) -> bool:
    """Whether the mention says how far something is from something: "50 km north of"."""
    i = after_brackets(site, site.hi)
    return site.mention.type == "measure" and i < site.ceiling and site.doc[i].lower_ in words.directions


def _located(site: Site, words: SubjectWords) -> Token | None:
    """ "The town, 50 km north of the capital, ...": the place that the distance follows."""
    if not is_distance(site, words):
        return None
    skip = (
        1 if (first := site.before()) is not None and first.lower_ in {"located", "situated", "lying"} else 0
    )
    comma, noun = site.before(1 + skip), site.before(2 + skip)
    if comma is None or comma.text != "," or noun is None or not is_noun(noun):
        return None
    return noun


def noun_with(site: Site) -> Token | None:
    """ "With shares 5 percent below their peak", "with Oslo now six points behind": the noun after "with"."""
    after = site.after()
    if site.mention.type == "count" or after is None or not _places(after):
        return None
    i = site.lo - 1
    while i > site.floor and site.doc[i].pos_ == "ADV":
        i -= 1
    noun = site.doc[max(i, site.floor)]
    absolute = noun.dep_ == "pobj" and noun.head.lower_ == "with" and is_noun(noun) and not is_time(noun)
    return noun if absolute else None


def _places(word: Token) -> bool:
    return word.lower_ in _APART or word.tag_ in {"JJR", "RBR"}


def _sized(site: Site) -> Token | None:
    """ "The ship, 400 meters long, ...": the noun before the comma."""
    comma, noun, after = site.before(), site.before(2), site.after()
    if site.mention.type != "measure" or comma is None or comma.text != "," or noun is None:
        return None
    sized = after is not None and after.lower_ in _SIZES
    return noun if sized and is_noun(noun) and not is_time(noun) else None


def _shared_out(site: Site) -> Token | None:
    """ "60,000 cars, a tenth of all cars in the city": the numbered noun that a share is put beside."""
    of, comma, noun = site.after(), site.before(), site.before(2)
    if comma is not None and comma.pos_ == "DET":
        comma, noun = noun, site.before(3)
    if site.mention.type not in {"ratio", "percent"} or of is None or of.lower_ != "of":
        return None
    if comma is None or comma.text != "," or noun is None or not is_noun(noun) or is_time(noun):
        return None
    return noun if child(noun, "nummod") is not None else None


def _aged(site: Site) -> Token | None:
    """ "Players over the age of 21", "children under 5": the noun before the preposition."""
    if site.mention.rule != "age" or site.lo == site.floor:
        return None
    i = site.lo - 1
    while i > site.floor and site.doc[i].lower_ in _AGE_WORDS:
        i -= 1
    noun = site.doc[i]
    after = site.doc[i + 1].pos_ == "ADP" and site.doc[i + 1].lower_ != "of"
    return noun if after and is_noun(noun) and not is_time(noun) else None


#: In the order in which they are asked, with the rule that each is.
_FINDERS = (
    (noun_with, "subject-with"),
    (_sized, "subject-sized"),
    (_shared_out, "subject-shared-out"),
    (_aged, "subject-aged"),
)


def bracketed_after(site: Site) -> Token | None:
    """ "The Oslo mill (5 million tons)", "Anna Berg, 44, said": the noun before the bracket or the comma."""
    bracket, noun = site.before(), site.before(2)
    opening = {"(", "[", ","} if site.mention.rule == "age" else {"(", "["}
    if bracket is None or bracket.text not in opening or noun is None or not is_noun(noun):
        return None
    if site.mention.type == "money" and child(noun, "nummod") is not None:
        return None  # an amount in a currency that is not known, converted
    return noun if not is_time(noun) else None
