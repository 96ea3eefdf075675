"""Changes that a preposition joins to their number: "rose by", "cut to", "fell from", "shot up to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.finding import Finding, Role, direction_of, found_change, is_change_verb
from newsfacts.linking.phrases import is_noun
from newsfacts.linking.syntax import is_verb, preceding

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ChangeWords, Direction
    from newsfacts.linking.syntax import Site

#: What the number after a preposition is of the change: "grow at 9 percent" gives its size.
_ROLES: dict[str, Role] = {"by": "by", "at": "by", "to": "to", "from": "from"}
#: Tokens between a change word and its preposition.
_MAX_SCAN = 48
#: Tokens between a noun of change and its "to" or "from" ("the increase in consumption taxes from").
_MAX_NOUN_REACH = 6
#: Tokens at most between "up" and the level after it, and what its size is counted in.
_MAX_SIZE = 6
_SIZES = frozenset({
    "percent", "%", "per", "point", "points", "percentage", "cent", "cents", "dollars", "$", "p", "pence",
    "yen", "yuan", "euros", "pounds",
})  # fmt: skip
_STOPS = frozenset({";", ":", ","})
#: Tokens at most between "to" or "from" and the level's noun, and what they are.
_MAX_PHRASE = 8
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"})
#: "12 points higher at 2,345": comparatives before a level.
_COMPARED = frozenset({"higher", "lower", "firmer", "weaker", "stronger"})


def up_to(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "Shot up to 93 percent": where a verb of motion stands before, "up to" is no bound."""
    verb, first, second = site.before(), site.doc[site.lo], site.doc[min(site.lo + 1, site.hi - 1)]
    if verb is None or not is_verb(verb) or second.lower_ != "to" or first.lower_ not in {"up", "down"}:
        return None
    if verb.lemma_ not in words.particle_verbs and not is_change_verb(verb, words):
        return None
    return found_change(site, verb, words.adverbs[first.lower_], "to", "change-up-to", words)


def by_preposition(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "Rose by 5 percent", "was cut to 3", "down from 7"."""
    prep = _governing(site, words)
    if prep is None or prep.lower_ not in _ROLES:
        return None
    role = _ROLES[prep.lower_]
    direction: Direction | None
    sized = _adverb_of_size(site, prep, words)
    role = "to" if sized is not None else role
    adverb = sized or _level_adverb(site, prep, words)
    if adverb is not None:
        role = "to" if role == "by" else role
        direction = words.adverbs.get(adverb.lower_) or words.comparatives[adverb.lower_]
        return found_change(site, adverb, direction, role, "change-adverb-level", words)
    carried = _carried_total(site, prep, words)
    if carried is not None:
        return found_change(site, carried, "up", "to", "change-carried", words)
    trigger = _trigger_left(site, prep, words)
    direction = direction_of(trigger, words) if trigger is not None else None
    if trigger is None or direction is None or (prep.lower_ == "at" and site.mention.type != "percent"):
        return None
    if role == "to" and trigger.lemma_ == "add" and not any(_is_amount(c) for c in trigger.rights):
        return None  # "added to its three golds"
    if trigger.lemma_ in words.of_only or (
        site.mention.type == "duration" and not _of_length(site, trigger, words)
    ):
        return None
    if role != "by" and node is not site.head and not _of_number(node, trigger, words):
        return None
    return found_change(site, trigger, direction, role, f"change-{prep.lower_}", words)


def _governing(site: Site, words: ChangeWords) -> Token | None:
    """The preposition of the number, over "this year's" or "a record high of" before it."""
    prep = preceding(site, words.fillers)
    if prep is None or prep.i == site.floor:
        return prep
    mark = prep.nbor(-1)
    held = prep.lower_ == "of" and is_noun(mark) and mark.lemma_.lower() in words.marks
    timed = prep.tag_ == "POS" and mark.ent_type_ == "DATE"
    if not held and not timed:
        return prep
    for i in range(mark.i, max(site.floor, mark.i - _MAX_PHRASE) - 1, -1):
        token = site.doc[i]
        if token.pos_ == "ADP":
            return token if token.lower_ in {"to", "from"} else prep
        if token.pos_ not in _NOMINAL and token.dep_ != "amod":
            return prep
    return prep


def closing(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "Fell 45 cents to close at 55.81 dollars": the level that the change ends at."""
    prep = preceding(site, words.fillers)
    if prep is None or prep.lower_ != "at" or prep.i - 2 < site.floor:
        return None
    verb = _infinitive_before(site, prep)
    if verb is None or verb.lemma_ not in words.adverb_verbs or verb.nbor(-1).lower_ != "to":
        return None
    changed = verb.head
    direction = direction_of(changed, words) if is_verb(changed) and changed.i < verb.i else None
    return found_change(site, changed, direction, "to", "change-closing", words) if direction else None


def _is_amount(held: Token) -> bool:
    """ "Added 10 cents to 31.20 dollars": an object with a number."""
    numbered = held.like_num or any(c.like_num for c in held.lefts)
    return held.dep_ in {"dobj", "npadvmod", "advmod"} and numbered


def _infinitive_before(site: Site, prep: Token) -> Token | None:
    """The verb of "to close at", "to close the morning session at"."""
    for i in range(prep.i - 1, max(site.floor, prep.i - _MAX_PHRASE), -1):
        token = site.doc[i]
        if token.tag_ == "VB":
            return token
        if token.pos_ not in _NOMINAL:
            return None
    return None


def _adverb_of_size(site: Site, prep: Token, words: ChangeWords) -> Token | None:
    """ "Up 2 percent to 88 dollars", "down 12 points at 4,300": the adverb before the size of the change."""
    if prep.lower_ not in {"to", "at"}:
        return None
    i = prep.i - 1
    while i > max(site.floor, prep.i - _MAX_SIZE) and (site.doc[i].like_num or site.doc[i].lower_ in _SIZES):
        i -= 1
    token = site.doc[i]
    sized = i < prep.i - 1 and token.lower_ in words.adverbs
    return token if sized and not (i > site.floor and direction_of(token.nbor(-1), words)) else None


def _carried_total(site: Site, prep: Token, words: ChangeWords) -> Token | None:
    """ "Taking the number of cases to 45": the verb, where its object is a running total."""
    if prep.lower_ not in {"to", "at"}:
        return None
    for i in range(prep.i - 1, max(site.floor, prep.i - _MAX_SCAN) - 1, -1):
        token = site.doc[i]
        if token.lemma_ in words.carrying and is_verb(token):
            held = next((c for c in token.children if c.dep_ == "dobj"), None)
            total = held is not None and held.i < prep.i and held.lemma_.lower() in words.numbers
            return token if total else None
        if token.text in _STOPS or token.tag_ in {"VBD", "VBZ", "VBP"}:
            return None
    return None


def _of_length(site: Site, trigger: Token, words: ChangeWords) -> bool:
    """ "Extended by two years", not "rose to a two-year high" or "rose from 12 months earlier"."""
    after = site.after()
    apart = after is None or after.is_punct or after.pos_ in {"ADP", "CCONJ", "SCONJ"}
    return apart and (after is None or after.text != "-") and trigger.lemma_ in words.lengths


def _of_number(node: Token, trigger: Token, words: ChangeWords) -> bool:
    """ "Raise the number of towns to 30 towns", but not "raise sales to 30 countries"."""
    held = next((c for c in trigger.children if c.dep_ == "dobj"), None) if is_verb(trigger) else trigger
    return held is None or held.lemma_ == node.lemma_ or held.lemma_ in words.numbers


def _level_adverb(site: Site, prep: Token, words: ChangeWords) -> Token | None:
    """ "Down from 42 percent", "down to 5"; "up to 5" is a bound and no change."""
    adverb = prep.nbor(-1) if prep.i > site.floor else prep
    if adverb.lower_ not in words.adverbs.keys() | _COMPARED:
        return None
    if prep.lower_ not in {"from", "to"} and not (prep.lower_ == "at" and adverb.lower_ in _COMPARED):
        return None
    if prep.lower_ == "to" and adverb.lower_ == "up":
        return None
    return adverb if adverb.dep_ != "prt" else None


def _trigger_left(site: Site, prep: Token, words: ChangeWords) -> Token | None:
    """The change word that "by", "to" or "from" goes with: what it hangs on, else the nearest to the left."""
    head = prep.head
    if head.i != prep.i and (is_verb(head) or is_noun(head)) and direction_of(head, words) is not None:
        return head if head.dep_ not in {"amod", "compound"} else None
    for i in range(prep.i - 1, max(site.floor, prep.i - _MAX_SCAN) - 1, -1):
        token = site.doc[i]
        if token.dep_ in {"amod", "compound", "aux", "auxpass"} or (
            token.tag_ == "VBN" and token.dep_ == "acl"
        ):
            continue
        if (is_verb(token) or is_noun(token)) and direction_of(token, words) is not None:
            near = prep.i - i <= _MAX_NOUN_REACH or is_verb(token) or _to_after_from(site, prep)
            return token if near else None
        if is_verb(token) or token.text in {";", ":"}:
            return None
    return None


def _to_after_from(site: Site, prep: Token) -> bool:
    return any(t.lower_ == "from" for t in site.doc[max(site.floor, prep.i - 8) : prep.i])
