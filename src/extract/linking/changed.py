"""What rises or falls, by the word that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.counted import noun_after_of
from newsfacts.linking.item import NAMES
from newsfacts.linking.phrases import chunk_head, is_noun, is_time, item_bounds, phrase_head, precedes_date
from newsfacts.linking.subject import subject_of, unparsed_subject
from newsfacts.linking.syntax import child, climb, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.finding import Finding
    from newsfacts.linking.lexicon import ItemWords
    from newsfacts.linking.syntax import Site


#: "Firms such as Alpha up 9 percent": what follows is meant, not the whole.
_EXAMPLES = frozenset({"as", "like", "including"})


def changed_thing(site: Site, finding: Finding, words: ItemWords) -> Token | None:
    """What rises or falls, by the word that says so."""
    trigger = finding.trigger
    if finding.rule == "change-sign":
        return _changed_by_adverb(site, trigger, words)
    if finding.rule in {"change-noun-of", "change-noun-after", "change-named"}:
        return _changed_by_noun(site, trigger, words)
    if finding.change.role in {"from", "to"}:
        gapped = _before_from(site, trigger)
        if gapped is not None:
            return gapped
    if is_verb(trigger):
        held = child(trigger, "dobj")
        if (
            held is not None
            and not _numbered(held)
            and is_noun(held)
            and (held.i < site.lo or held.left_edge.i == site.hi or site.holds(trigger))
        ):
            return held
        return subject_of(trigger, words.subjects) or unparsed_subject(trigger, site.floor)
    if is_noun(trigger):
        return _changed_by_noun(site, trigger, words)
    return _changed_by_adverb(site, trigger, words)


def _numbered(noun: Token) -> bool:
    """ "Dipped 17 cents to ...": an amount, not a thing that changed."""
    return any(c.dep_ == "nummod" for c in noun.lefts)


def _before_from(site: Site, trigger: Token) -> Token | None:
    """ "Income taxes were cut from 40 to 30 percent and sales taxes from 20 to 15": the noun there."""
    for i in range(site.lo - 1, max(site.floor, site.lo - 8), -1):
        if site.doc[i].lower_ != "from" or not _number_follows(site, i):
            continue
        noun = site.doc[i - 1]
        named = is_noun(noun) and not is_time(noun) and noun.ent_type_ not in NAMES
        fits = named and noun.i > trigger.i and not _numbered(noun)
        if not fits or site.doc[item_bounds(noun, site.floor, i)[0] - 1].pos_ == "ADP":
            return None
        top = phrase_head(noun) if noun.dep_ == "pobj" else noun
        return top if top.i > trigger.i else None
    return None


def _number_follows(site: Site, i: int) -> bool:
    return any(t.like_num or t.pos_ == "SYM" for t in site.doc[i + 1 : i + 4]) and not is_time(
        site.doc[i + 1]
    )


def changed_of_noun(site: Site, noun: Token) -> Token | None:
    """ "An increase of 16.4 percent in output value", "sales growth of 5 percent": named beside the noun."""
    i = site.hi if site.hi > noun.i else noun.i + 1
    for at in (i, noun.i + 1):
        if at < site.ceiling and site.doc[at].lower_ in {"in", "of", "for"} and not site.holds(site.doc[at]):
            found = noun_after_of(site, at)
            if found is not None and not site.holds(found) and _can_change(found):
                return found
    if any(c.dep_ in {"compound", "amod"} and c.pos_ in {"NOUN", "ADJ"} and _names(c) for c in noun.lefts):
        return noun
    return None


def _can_change(noun: Token) -> bool:
    """No date ("growth for the whole of 2006") and no named place ("growth in France")."""
    return not is_time(noun) and not precedes_date(noun) and noun.ent_type_ not in NAMES


def _changed_by_noun(site: Site, noun: Token, words: ItemWords) -> Token | None:
    """What a noun of change says has changed: named beside it, else the subject that shows the change."""
    named = changed_of_noun(site, noun)
    if named is not None:
        return named
    verb = next((t for t in climb(noun) if is_verb(t)), None)
    caused = noun.dep_ == "pobj" and noun.head.lower_ == "by"
    if caused or verb is None or (noun.dep_ == "dobj" and verb.lemma_ not in words.showing):
        return noun
    subject = subject_of(verb, words.subjects)
    return subject if subject is not None and subject.i != noun.i else noun


def _names(modifier: Token) -> bool:
    if modifier.dep_ == "compound":
        return not is_time(modifier) and modifier.lower_ not in {
            "percent",
            "year",
            "percentage",
            "point",
        }
    return modifier.lower_ in {"economic", "industrial"}


def _apposed(comma: Token) -> bool:
    """ "Alpha Corp, down 68 pence at 11 pounds, Beta Plc, down 2": a name of a list before the comma."""
    if comma.i < 1 or comma.nbor(-1).pos_ != "PROPN" or is_time(comma.nbor(-1)):
        return False
    name = comma.nbor(-1)
    placed = name.ent_type_ in NAMES - {"PERSON"}  # a firm's name is often taken for a person's
    return not placed and name.dep_ in {"attr", "appos", "conj", "ROOT", "dep", "oprd"}


def _changed_by_adverb(site: Site, adverb: Token, words: ItemWords) -> Token | None:
    """ "With investment up 20 percent", "41 million tons less coal"; after a comma, the clause's subject."""
    if adverb.i >= site.hi and adverb.lower_ in {"more", "less", "fewer"}:
        noun = chunk_head(site.doc, adverb.i + 1, site.ceiling)
        if noun is not None and not is_time(noun):
            return noun
    left = min(adverb.i, site.lo)
    before = site.doc[left - 1] if left > site.floor else None
    if before is not None and before.text == "," and _apposed(before):
        return before.nbor(-1)
    if before is not None and is_noun(before) and not is_time(before):
        if before.pos_ == "PROPN" and before.dep_ == "pobj" and before.head.lower_ in _EXAMPLES:
            return before
        head = phrase_head(before)
        listed = _numbered(head) or any(t.like_num for t in site.doc[head.i : before.i])
        return before if listed and head.i < before.i else head
    above = adverb.head
    if is_noun(above) and above.i < left - 1 and not is_time(above) and not _numbered(above):
        return above
    verb = next((t for t in climb(adverb) if is_verb(t)), None) or next(
        (t for t in climb(site.head) if is_verb(t)), None
    )
    return subject_of(verb, words.subjects) if verb is not None else None
