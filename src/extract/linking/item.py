"""Item: what a quantity counts or measures. Each rule is a small function that gives a head noun or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.beside import is_distance, noun_with
from newsfacts.linking.counted import HYPHENS, TAILS, counted_noun, noun_after_of
from newsfacts.linking.phrases import chunk_head, is_noun, is_time
from newsfacts.linking.subject import subject_of
from newsfacts.linking.syntax import (
    after_brackets,
    child,
    climb,
    is_passive,
    is_verb,
    noun_before,
    preceding,
    verb_of,
)
from newsfacts.linking.trade import traded_goods

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ItemWords
    from newsfacts.linking.syntax import Site

_COUNTED = frozenset({"count", "rank"})
#: What stands for several things named before.
_THEM = frozenset({"them", "these", "those", "which", "whom"})
_BOUNDS = frozenset({"by", "to", "from"})
_PLACES_ON_A_SCALE = frozenset({"at", "below", "above", "within", "under", "over"})
#: What a vague noun stays vague with: "a new low of 35 percent".
_EXTREME = frozenset(
    {"new", "record", "fresh", "historic", "time", "all-time", "recent", "estimated", "combined"}
)
_GOVERNED = frozenset({"pobj", "dobj", "iobj", "dative", "nsubj", "nsubjpass", "poss"})
#: Letters at most of a unit's symbol, which has no plural ("20 mph").
_MAX_SYMBOL = 3
NAMES = frozenset({"PERSON", "GPE", "LOC", "NORP"})


def of_them(site: Site, earlier: Sequence[Site], words: ItemWords) -> Token | None:
    """ "The fair showed 15 models, half of them new": what was counted or shared before, else a plural."""
    of, pronoun = site.after(), site.after(1)
    if of is None or of.lower_ != "of" or pronoun is None or pronoun.lower_ not in _THEM:
        return None
    for other in earlier:
        found = counted_noun(other) if other.mention.type == "count" else of_phrase(other, words)
        if found is not None:
            return found
    if pronoun.lower_ == "which":
        return None
    plurals = [t for t in site.doc[site.floor : site.lo] if t.tag_ in {"NNS", "NNPS"} and not is_time(t)]
    named = [t for t in plurals if not any(s.holds(t) for s in earlier)]
    return next(reversed([t for t in named if t.dep_ in {"nsubj", "nsubjpass"}] or named), None)


def is_of_which(site: Site) -> bool:
    """ "Exports were 5 million dollars, half of which": a part of the quantity before."""
    of, pronoun = site.after(), site.after(1)
    return of is not None and of.lower_ == "of" and pronoun is not None and pronoun.lower_ == "which"


def _past_rate(site: Site) -> int:
    """The token index after the mention and its rate: "15,000 yuan a month" -> after "month"."""
    i = after_brackets(site, site.hi)
    if site.mention.per is None or i + 1 >= site.ceiling:
        return i
    if site.doc[i].lower_ in {"a", "an", "per", "each", "every", "/"} and is_noun(site.doc[i + 1]):
        return i + 2
    return i + 1 if site.doc[i].lower_ in {"each", "annually", "daily", "monthly", "yearly"} else i


def of_phrase(site: Site, words: ItemWords) -> Token | None:
    """ "20 percent of the economy", "20 billion yuan worth of white liquor"; not "Berg, 44, of Oslo"."""
    if site.mention.rule == "age":
        return None
    i = _past_rate(site)
    if i < site.ceiling and site.doc[i].lower_ in {"worth", "'s", "’s"}:
        i += 1
    if i < site.ceiling and site.doc[i].lower_ == "worth":
        i += 1
    if i + 1 < site.ceiling and site.doc[i].text == "," and site.doc[i + 1].lower_ == "of":
        i += 1
    if i < site.ceiling and site.mention.type == "ratio" and site.doc[i].pos_ in {"DET", "PRON"}:
        return chunk_head(site.doc, i + 1, site.ceiling)
    if i >= site.ceiling or site.doc[i].lower_ != "of":
        return None
    noun = noun_after_of(site, i)
    return noun if noun is not None and not is_time(noun) else None


def worth_before(site: Site, words: ItemWords) -> Token | None:
    """ "Goods worth 5 million yuan", "fines totaling 5 million yuan", "investment estimated at"."""
    before = preceding(site, words.fillers)
    if before is None or before.lower_ != "worth":
        return None
    head = before.head
    if is_noun(head) and head.i < before.i:
        return head
    left = before.nbor(-1) if before.i > site.floor else before
    if is_noun(left) and not is_time(left):
        return left
    verb = next((t for t in climb(before) if is_verb(t)), None)
    return child(verb, "dobj") if verb is not None else None


def in_phrase(site: Site, words: ItemWords) -> Token | None:
    """ "Over 150 billion yuan in tax revenues": a bare common noun."""
    if site.mention.type not in {"money", "measure"}:
        return None
    i = _past_rate(site)
    if i + 1 >= site.ceiling or site.doc[i].lower_ != "in":
        return None
    noun = chunk_head(site.doc, i + 1, site.ceiling)
    if noun is None or noun.pos_ != "NOUN" or is_time(noun) or noun.ent_type_ in NAMES:
        return None
    return noun if noun.lemma_ not in words.adverbial and not noun.text[0].isdigit() else None


def spent_on(site: Site, words: ItemWords) -> Token | None:
    """ "Paid 9,400 dollars for a boiler", "spent 12 million yuan on a new bridge": what it buys."""
    i = _past_rate(site)
    if site.mention.type != "money" or i + 1 >= site.ceiling or site.doc[i].lower_ not in {"for", "on"}:
        return None
    verb = next((t for t in climb(site.head) if is_verb(t)), None)
    if verb is None or verb.i > site.lo or verb.lemma_ not in words.spending:
        return None
    j = i + 1
    while j < site.ceiling and site.doc[j].pos_ in {"DET", "PRON"}:
        j += 1
    noun = chunk_head(site.doc, j, site.ceiling)
    return noun if noun is not None and noun.pos_ == "NOUN" and not is_time(noun) else None


def naming_noun(site: Site, words: ItemWords) -> Token | None:
    """ "Fines of up to 50,000 yuan", "the central parity rate at 7.8 yuan", "a radius of three km"."""
    prep = preceding(site, words.fillers)
    if prep is not None and prep.lower_ == "of" and prep.i > site.floor:
        prep = _past_vague(site, prep, words)
    if prep is None or prep.lower_ not in words.naming or prep.i == site.floor:
        return None
    head, left = prep.head, noun_before(site.doc, prep.i, site.floor) or prep.nbor(-1)
    if prep.lower_ == "of":
        return _named_by_of(head, left, words)
    if is_noun(head) and head.i < prep.i and not is_time(head):
        return head
    return left if is_noun(left) and left.dep_ == "pobj" and left.head.lower_ == "with" else None


def _named_by_of(head: Token, left: Token, words: ItemWords) -> Token | None:
    noun = head if is_noun(head) and head.i <= left.i and not is_time(head) else left
    if not is_noun(noun):
        return None
    bare = not any(c.dep_ in {"compound", "amod"} and c.lower_ not in _EXTREME for c in noun.lefts)
    return None if bare and noun.lemma_ in words.vague else noun


def _past_vague(site: Site, prep: Token, words: ItemWords) -> Token:
    """ "Fines of a maximum of 5 yuan": the preposition before the vague noun."""
    noun = prep.nbor(-1)
    if noun.lemma_ not in words.vague or noun.i - 1 <= site.floor:
        return prep
    i = noun.i - 1
    while i > site.floor and site.doc[i].pos_ in {"DET", "ADJ"}:
        i -= 1
    return site.doc[i] if site.doc[i].pos_ == "ADP" else prep


def noun_apart(site: Site, words: ItemWords) -> Token | None:
    """ "With shares 5 percent below their peak": the noun after "with", if it is no name."""
    noun = noun_with(site)
    return noun if noun is not None and noun.pos_ == "NOUN" else None


def participle_noun(site: Site, words: ItemWords) -> Token | None:
    """ "Funds totaling 61 billion yuan", "investment estimated at 5 billion", "fines ranging from"."""
    verb = next((t for t in climb(site.head) if is_verb(t)), None)
    if (
        verb is None
        or verb.dep_ != "acl"
        or not is_noun(verb.head)
        or verb.lemma_ not in words.measuring | words.assessing
    ):
        return None
    return verb.head


def compound_head(site: Site, words: ItemWords) -> Token | None:
    """ "A 5-million-yuan loan", "a 10 percent stake", "a three-week isolation"."""
    if site.mention.type == "measure":
        return _dimension(site, words)
    return premodified(site)


def _dimension(site: Site, words: ItemWords) -> Token | None:
    """ "A three kilometers radius": the noun behind a measure that names what is measured."""
    after, further = site.after(), site.after(1)
    if after is not None and after.pos_ == "ADJ" and further is not None:
        after = further  # "0.9mm inner diameter"
    return after if after is not None and after.lemma_ in words.dimensions else None


def glued_head(site: Site, words: ItemWords) -> Token | None:
    """The same where a hyphen leaves no doubt."""
    return compound_head(site, words) if is_hyphenated(site) else None


def is_hyphenated(site: Site) -> bool:
    """Whether the mention is a modifier held together by hyphens ("three-week", "5-million-yuan")."""
    following = site.after()
    if following is not None and following.text in HYPHENS and following.i == site.hi:
        return True
    last = site.doc[site.hi - 1]
    if not last.is_alpha:
        return "-" in last.text[1:-1] and last.text[-1].isalpha()
    return site.hi - 2 >= site.lo and site.doc[site.hi - 2].text in HYPHENS


def is_age(site: Site) -> bool:
    """ "A 41-year-old woman": the noun behind is who is that old."""
    return after_tail(site) > site.hi and site.doc[after_tail(site) - 1].lower_ == "old"


def after_tail(site: Site) -> int:
    """The token index after the mention, its bracket and what a hyphen adds: "-old", "-long"."""
    i = after_brackets(site, site.hi)
    if i < site.ceiling and site.doc[i].text in HYPHENS:
        tail = i + 1 < site.ceiling and site.doc[i + 1].lower_ in TAILS
        return i + 1 + tail
    return i


def premodified(site: Site) -> Token | None:
    """The noun that the mention directly premodifies, if any."""
    i = after_tail(site)
    glued = is_hyphenated(site) or site.head.dep_ in {"compound", "nmod", "amod", "nummod"}
    singular = site.doc[site.hi - 1].tag_ not in {"NNS", "NNPS"}
    spelled = singular and (site.mention.type in {"percent", "money", "duration"} or _is_spelled(site))
    if not glued and not spelled:
        return None
    noun = chunk_head(site.doc, i, site.ceiling)
    after = noun.nbor(1).lower_ if noun is not None and noun.i + 1 < len(noun.doc) else ""
    if noun is not None and noun.i == i and noun.tag_ == "NNS" and is_age(site) and after in {"to", "that"}:
        return None  # "the 43-year-old plans to retire": a verb
    return noun


def _is_spelled(site: Site) -> bool:
    """ "A 2,800 kilometer (1,700 mile) railway": a unit in the singular though there are many of it."""
    last = site.doc[site.hi - 1]
    many = site.mention.value is None or site.mention.value > 1
    named = last.tag_ == "NN" and len(last) > _MAX_SYMBOL
    return site.mention.type == "measure" and many and named


def prepositional_object(site: Site, words: ItemWords) -> Token | None:
    """ "Raising efficiency by 30 percent", "restricting loans to three trillion yuan"."""
    prep = preceding(site, words.fillers)
    allowed = _BOUNDS if site.mention.type == "duration" else _BOUNDS | _PLACES_ON_A_SCALE
    if prep is None or prep.lower_ not in allowed:
        return None
    verb = next((t for t in climb(prep) if is_verb(t)), None)
    if verb is None:
        return None
    held = child(verb, "dobj")
    return held if held is not None and held.i < site.lo and is_noun(held) else None


def _complemented(site: Site, words: ItemWords) -> Token | None:
    """The verb that the mention completes, directly or by "at", "to" and the like; not "for", "in"."""
    near = verb_of(site, site.head, words.fillers)
    if near is not None and near.i == site.lo - 1:
        return near
    for token in climb(site.head):
        if is_verb(token):
            return token
        if token.pos_ in {"ADP", "SCONJ"} and token.lower_ not in words.naming and token.i < site.lo:
            return None
    return None


def measured_subject(site: Site, words: ItemWords) -> Token | None:
    """ "The output value surpasses 200 billion yuan": the subject of a measuring verb."""
    verb = _complemented(site, words)
    if verb is None or verb.lemma_ not in (words.assessing if is_passive(verb) else words.measuring):
        return None
    if verb.i > site.lo or (site.mention.type == "duration" and verb.lemma_ not in words.lasting):
        return None
    if is_distance(site, words.subjects):
        return None
    held = child(verb, "dobj")
    if verb.lemma_ in words.assessing and held is not None and is_noun(held) and held.i < site.lo:
        return None if site.mention.type == "duration" else held
    subject = subject_of(verb, words.subjects)
    if subject is None or site.holds(subject):
        return None
    if subject.ent_type_ in NAMES and subject.pos_ == "PROPN":
        return None
    return subject


def parallel_noun(site: Site, earlier: Sequence[Site], words: ItemWords) -> Token | None:
    """A name that was given the first time and is left out the second.

    "Within a radius of three km ..., and markets within ten km"; "six tracks, two for the north".
    """
    before = preceding(site, words.fillers)
    share = site.mention.type in {"percent", "ratio"} and site.head.dep_ in {"nsubj", "nsubjpass"}
    for other in earlier:
        start = other.before(2 if (first := other.before()) is not None and first.pos_ == "DET" else 1)
        if share and start is not None and start.lower_ == "of" and other.mention.type == "count":
            return counted_noun(other)
        if other.mention.type != site.mention.type:
            continue
        if site.mention.type in _COUNTED and not is_hyphenated(other) and (counted := counted_noun(other)):
            return counted
        if share and (shared := of_phrase(other, words)) is not None:
            return shared
        noun = naming_noun(other, words)
        if (
            noun is not None
            and before is not None
            and noun.head.lower_ == before.lower_
            and before.pos_ == "ADP"
        ):
            return noun
    return None


def noun_before_number(site: Site, words: ItemWords) -> Token | None:
    """ "The city, population 1.3 million", "Floor area: 32 square meters": the noun right before."""
    i = site.lo - 1
    if i > site.floor and site.doc[i].text == ":":
        i -= 1
    if (likened := _likened(site, i)) is not None:
        return likened
    if i < site.floor or not _names(site.doc[i], site.floor) or is_time(site.doc[i]):
        return None
    if is_distance(site, words.subjects):
        return None
    noun = site.doc[i]
    if noun.pos_ == "PROPN" and site.mention.type == "money":
        return None
    if noun.dep_ in _GOVERNED or noun.ent_type_ in NAMES or site.mention.type in {"duration", "ratio"}:
        return None
    return noun


def _names(token: Token, floor: int) -> bool:
    """Whether the token is a noun; a sentence that begins with a verb in -s begins with a plural."""
    return is_noun(token) or (token.i == floor and token.tag_ == "VBZ" and token.pos_ == "VERB")


def _likened(site: Site, i: int) -> Token | None:
    """ "Losses as high as 2 billion yuan": the noun before the comparison whose last word is token `i`."""
    doc = site.doc
    if (
        i - 3 < site.floor
        or doc[i].lower_ != "as"
        or doc[i - 2].lower_ != "as"
        or site.mention.type == "measure"
    ):
        return None
    return doc[i - 3] if is_noun(doc[i - 3]) and not is_time(doc[i - 3]) else None


#: In this order; the first that finds a noun wins.
ITEM_RULES: tuple[tuple[str, Callable[[Site, ItemWords], Token | None]], ...] = (
    ("item-worth", worth_before),
    ("item-hyphenated", glued_head),
    ("item-naming", naming_noun),
    ("item-in", in_phrase),
    ("item-spent", spent_on),
    ("item-apart", noun_apart),
    ("item-traded", traded_goods),
    ("item-premodified", compound_head),
    ("item-participle", participle_noun),
    ("item-object", prepositional_object),
    ("item-before-number", noun_before_number),
    ("item-measured-subject", measured_subject),
)
