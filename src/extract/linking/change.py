"""Change: that the text says a quantity rises, falls or is added to, and what the number is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.finding import (
    Finding,
    Role,
    direction_of,
    found_change,
    is_change_verb,
    is_relative,
    particle_of,
)
from newsfacts.linking.lexicon import Direction
from newsfacts.linking.phrases import chunk_head, is_noun
from newsfacts.linking.prepositions import by_preposition, closing, up_to
from newsfacts.linking.status import is_attributive
from newsfacts.linking.syntax import governing_verb, is_verb, noun_before, preceding

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ChangeWords
    from newsfacts.linking.syntax import Site

_SIGNS: dict[str, Direction] = {"+": "up", "-": "down", "−": "down", "–": "down"}
_AREAS = frozenset(
    {"ha", "[acr_us]", "m2", "km2", "{mu}", "[ft_i]2", "[mi_i]2", "km", "m", "[mi_i]", "[ft_i]"}
)
_LENGTHS = frozenset({"km", "m", "cm", "mm", "[mi_i]", "[ft_i]", "[yd_i]", "[in_i]", "[nmi_i]"})
#: Most tokens of the size of a change before its level.
_SIZE_REACH = 7
_DIRECT = frozenset({"dobj", "npadvmod", "attr", "oprd", "advmod", "acomp", "dative", "obj", "prt"})


def find_change(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """What the text says of the mention's own change; `node` is its counted noun, else its head."""
    if site.mention.type == "rank" or _is_property(site):
        return None
    for rule in (
        _signed,
        _multiple,
        _adverb_before,
        up_to,
        _sized_noun,
        by_preposition,
        closing,
        _level_of_noun,
        _noun_of,
        _comparative_after,
        _noun_after,
        _direct,
        _taken,
        _named,
    ):
        found = rule(site, node, words)
        if found is not None:
            return found
    return None


def _is_property(site: Site) -> bool:
    """ "Brought sacks to the 12-acre site": the size of a place, to which nothing rises."""
    article, prep = site.before(), site.before(2)
    if site.mention.type != "measure" or article is None or prep is None or not is_attributive(site):
        return False
    return article.pos_ in {"DET", "PRON"} and prep.lower_ == "to" and site.mention.unit in _AREAS


def _multiple(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    lemma = site.head.lemma_.lower()
    if site.mention.type == "ratio" and is_verb(site.head) and lemma in words.guarded:
        return found_change(site, site.head, words.guarded[lemma], "by", "change-multiple-verb", words)
    return None


def _adverb_before(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    token = preceding(site, words.fillers)
    if token is not None and token.lower_ == "by" and token.i > site.floor:
        token = token.nbor(-1)
    if token is None or token.lower_ not in words.adverbs or site.mention.type == "duration":
        return None
    if is_attributive(site) and not is_relative(site):
        return None  # "fell off a six-meter-high bridge"
    if token.i > site.floor and _is_particle(token, counted=node is not site.head, words=words):
        return None
    return found_change(site, token, words.adverbs[token.lower_], "by", "change-adverb", words)


def _is_particle(token: Token, *, counted: bool, words: ChangeWords) -> bool:
    """ "Set up 24 stations", "took up 30 percent of the space": the adverb belongs to the verb."""
    verb = token.nbor(-1)
    if not is_verb(verb) or token.lower_.startswith(("upward", "downward")):
        return False
    if counted:
        return verb.lemma_ != "be" and not is_change_verb(verb, words)
    return verb.lemma_ not in words.adverb_verbs | words.particle_verbs and not is_change_verb(verb, words)


def _noun_of(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    prep = preceding(site, words.fillers)
    if prep is None or prep.lower_ != "of" or prep.i == site.floor:
        return None
    for noun in dict.fromkeys((prep.head, noun_before(site.doc, prep.i, site.floor) or prep.head)):
        direction = _noun_direction(site, noun, words)
        if direction is not None:
            return found_change(site, noun, direction, "by", "change-noun-of", words)
        verb = _verb_of_rate(noun, words) if is_relative(site) else None
        if verb is not None and (direction := direction_of(verb, words)) is not None:
            return found_change(site, verb, direction, "by", "change-rate-of", words)
    return None


def _level_of_noun(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "An increase of 22,000 cars to 1.05 million": the level behind the size of a change."""
    to = preceding(site, words.fillers)
    if to is None or to.lower_ != "to" or site.mention.type == "duration":
        return None
    i = to.i - 1
    while i > max(site.floor, to.i - _SIZE_REACH) and (is_noun(site.doc[i]) or _is_amount(site.doc[i])):
        i -= 1
    sized = i + 1 < to.i and site.doc[i].lower_ == "of" and i > site.floor
    noun = site.doc[i - 1] if sized else None
    if noun is None or not any(_is_amount(t) for t in site.doc[i + 1 : to.i]) or not is_noun(noun):
        return None
    direction = words.nouns.get(noun.lemma_.lower())
    return found_change(site, noun, direction, "to", "change-level-of-noun", words) if direction else None


def _is_amount(token: Token) -> bool:
    return token.like_num or token.tag_ in {"CD", "$"} or token.text == "%"


def _verb_of_rate(noun: Token, words: ChangeWords) -> Token | None:
    """ "Grew at an annual rate of 8 percent": the verb that the rate is said of."""
    if noun.lemma_.lower() not in words.rates or noun.dep_ != "pobj" or noun.head.lower_ not in {"at", "by"}:
        return None
    return noun.head.head if is_verb(noun.head.head) else None


def _noun_direction(site: Site, noun: Token, words: ChangeWords) -> Direction | None:
    lemma = noun.lemma_.lower()
    if not is_noun(noun):
        return None
    if lemma in words.rates and noun.i > site.floor:
        return words.nouns.get(noun.nbor(-1).lemma_.lower()) if is_relative(site) else None
    found = words.nouns.get(lemma)
    return found or (words.guarded_nouns.get(lemma) if is_relative(site) else None)


def _comparative_after(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    token = site.after()
    if token is None or token.lower_ not in words.comparatives or site.mention.type == "duration":
        return None
    following = site.after(1)
    direction = words.comparatives[token.lower_]
    finding = found_change(site, token, direction, "by", "change-comparative", words)
    if following is not None and following.lower_ in {"than", "from", "on", "over"}:
        return finding if _on_baseline(site, following, words) else None
    if site.mention.type in {"count", "ratio"}:
        return None
    if token.lower_ in words.plain_comparatives or _closes(site, words):
        return finding
    return None


def _closes(site: Site, words: ChangeWords) -> bool:
    """ "Shares closed 2 percent up in Taipei"."""
    before = preceding(site, words.fillers)
    return before is not None and is_verb(before) and before.lemma_ in words.adverb_verbs


def _on_baseline(site: Site, than: Token, words: ChangeWords) -> bool:
    window = site.doc[than.i + 1 : min(than.i + 9, site.ceiling)]
    for token in window:
        if token.text in {",", ";"}:
            break
        if (
            token.lemma_.lower() in words.baselines
            or token.ent_type_ == "DATE"
            or token.lower_ in words.baselines
        ):
            return True
    return False


def _noun_after(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    if site.mention.type in {"count", "duration"}:
        return None
    start = site.hi
    while start < site.ceiling and site.doc[start].text in {"-", "–"}:
        start += 1
    start = _past_hyphened(site, start)
    noun = chunk_head(site.doc, start, min(site.ceiling, start + 8))
    if noun is None:
        return None
    direction = _noun_direction(site, noun, words)
    if direction is None:
        return None
    return found_change(site, noun, direction, "by", "change-noun-after", words)


def _sized_noun(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "Slowed from a 5 percent rise": with an article, the percentage is the size of that rise."""
    before = site.before()
    article = before is not None and before.lower_ in {"a", "an"}
    return _noun_after(site, node, words) if article and is_relative(site) else None


def _past_hyphened(site: Site, start: int) -> int:
    """The token after "year-on-year" in "a 5 percent year-on-year rise"."""
    i = start
    while i + 2 < site.ceiling and site.doc[i + 1].text == "-":
        i += 2
    return i + 1 if i > start else start


def _direct(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    if site.mention.type == "duration" or (is_attributive(site) and not is_relative(site)):
        return None
    counted = node is not site.head or _attributive(site)
    for verb in (_verb_above(node), None if counted else _verb_before(site, words)):
        if verb is None:
            continue
        lemma = verb.lemma_.lower()
        if lemma in words.motions and site.mention.unit in _LENGTHS:
            continue  # "I can jump 80 centimetres"
        if node.dep_ == "dobj" and not is_relative(site) and (lemma in words.causative or _definite(site)):
            continue
        guarded = words.guarded.get(lemma) if _is_size(site, lemma, words) else None
        particle = particle_of(verb) if lemma in words.particle_verbs and is_relative(site) else None
        direction = words.verbs.get(lemma) or guarded or particle
        if direction is not None:
            role: Role = "to" if site.doc[site.lo].lower_ in {"below", "above"} else "by"
            return found_change(site, verb, direction, role, "change-verb", words)
    return None


def _attributive(site: Site) -> bool:
    """ "Added a 30 degree turn": the mention only describes the noun behind it."""
    before, after = site.before(), site.after()
    article = before is not None and before.lower_ in {"a", "an", "the", "its", "their", "his", "this"}
    return article and after is not None and (is_noun(after) or after.pos_ == "ADJ" or after.text == "-")


def _signed(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "The index: +0.2 percent"."""
    if site.mention.type != "percent":
        return None
    window = site.doc[max(site.floor, site.lo - 1) : site.hi]
    text, at = window.text, site.mention.start - site.offset - window.start_char
    at -= text[at : at + 1] not in _SIGNS
    sign = text[at] if at >= 0 else ""
    if sign not in _SIGNS or not text[at + 1 : at + 2].isdigit():
        return None
    if at and not (text[at - 1].isspace() or text[at - 1] in "(:"):
        return None
    left = site.before()
    trigger = left if left is not None and left.text == sign else site.doc[site.lo]
    return found_change(site, trigger, _SIGNS[sign], "by", "change-sign", words)


def _is_size(site: Site, lemma: str, words: ChangeWords) -> bool:
    """Whether the object of a guarded verb is the size of a change: a percentage, an amount with a level."""
    after = site.after()
    if after is not None and after.lower_ == "of" and lemma not in words.partitive:
        return False
    return is_relative(site) or _to_level(site)


def _to_level(site: Site) -> bool:
    """ "Gained 10 cents to 31.20 dollars": a level follows the amount."""
    after, number = site.after(), site.after(1)
    if after is not None and number is not None and number.tag_ == "VB" and after.lower_ == "to":
        after, number = site.after(2), site.after(3)  # "gained 45 cents to settle at 58.99 dollars"
    if after is None or number is None or after.lower_ not in {"to", "at"}:
        return False
    return number.like_num or number.pos_ in {"NUM", "SYM"}


def _definite(site: Site) -> bool:
    """ "Cut the two loans": given things are acted on, they are no amount of change."""
    before = site.before()
    return before is not None and before.lower_ in {
        "the",
        "these",
        "those",
        "its",
        "their",
        "his",
        "our",
        "both",
    }


def _taken(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "850,000 tons will be eliminated": what is taken away or added is the subject of a passive."""
    if site.mention.type not in {"count", "money", "measure"} or _definite(site):
        return None
    top = node
    while top.dep_ == "conj" and is_noun(top.head):
        top = top.head
    verb = top.head
    lemma = verb.lemma_.lower()
    if top.dep_ != "nsubjpass" or lemma not in words.removing:
        return None
    direction = words.verbs.get(lemma) or words.guarded.get(lemma)
    return found_change(site, verb, direction, "by", "change-taken", words) if direction else None


def _verb_before(site: Site, words: ChangeWords) -> Token | None:
    i = site.lo - 1
    while i >= site.floor and (site.doc[i].lower_ in words.fillers or site.doc[i].pos_ == "ADV"):
        i -= 1
    if i < site.floor:
        return None
    token = site.doc[i]
    if token.tag_ == "VBG":
        return token
    return token if token.pos_ in {"VERB", "NOUN"} and token.dep_ not in {"amod", "compound"} else None


def _verb_above(node: Token) -> Token | None:
    verb = node.head
    return verb if node.dep_ in _DIRECT and verb.i < node.i and is_verb(verb) else None


def _named(site: Site, node: Token, words: ChangeWords) -> Finding | None:
    """ "Economic growth reached 9.5 percent": the subject is the change."""
    if site.mention.type in {"count", "duration"} or site.head.dep_ not in {
        "dobj",
        "attr",
        "pobj",
        "npadvmod",
    }:
        return None
    verb = governing_verb(site.head)
    if verb is None or verb.lemma_ not in words.levels:
        return None
    while verb.dep_ in {"xcomp", "advcl", "conj"} and not _subjects(verb):
        verb = verb.head
    subject = next(iter(_subjects(verb)), None)
    direction = _noun_direction(site, subject, words) if subject is not None else None
    if subject is None or direction is None:
        return None
    return found_change(site, subject, direction, "by", "change-named", words)


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}]
