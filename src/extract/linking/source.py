"""Source: the noun phrase of the same sentence that a fact is attributed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from newsfacts.linking.phrases import Phrase, without_blanks
from newsfacts.linking.syntax import Site, child, climb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CONTENT = frozenset({"ccomp", "parataxis", "xcomp", "conj", "pcomp", "advcl", "dep"})
_OBJECTS = frozenset({"dobj", "npadvmod", "dative", "oprd"})
_SIDE_BY_SIDE = frozenset({"while", "whereas"})
_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_BREAKS = frozenset({",", "--", "—", ";", ":", "(", "-"}) | _QUOTES
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"})
_MAX_PHRASE = 30
#: What the phrase of a speaker before a closing "said" is made of, and how much may follow that.
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "ADP", "PART", "CCONJ"})
_MAX_REST = 8
_TIMES = frozenset({"DATE", "TIME"})
#: Words at most after the colon of a headline.
_MAX_TAIL = 4


@dataclass(frozen=True, slots=True)
class Source:
    """The phrase of whoever says so, and its token range [lo, reach) with what is said of the speaker."""

    phrase: Phrase
    lo: int
    reach: int


class SourceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/source.yaml; the file says what each list means."""

    say_verbs: frozenset[str]
    show_verbs: frozenset[str]
    documents: frozenset[str]
    predictions: frozenset[str]
    predict_verbs: frozenset[str]
    citing: frozenset[str]
    hearer_verbs: frozenset[str]
    speakers: frozenset[str]


class SourceFinder:
    """Finds the source of quantities by rules/linking/source.yaml."""

    def __init__(self, rules: SourceRules) -> None:
        self.rules = rules
        self._speaking = rules.say_verbs | rules.show_verbs

    def find(self, site: Site) -> Source | None:
        """The phrase of whoever says so: the governing verb's subject first, then "according to"."""
        head = self._governing(site) or self._according(site) or self._parenthetical(site) or self._that(site)
        if head is None:
            return self._closing(site) or self._headline(site)
        if site.lo <= head.i < site.hi:
            return None
        lo, hi = source_bounds(head, site.floor, site.ceiling)
        if lo <= site.lo < hi:
            return None
        reach = min(head.right_edge.i + 1, site.ceiling)
        reach = hi if lo <= site.lo < reach else max(hi, reach)
        return Source(phrase_of(site.doc, lo, hi, site.offset), lo, reach)

    def _governing(self, site: Site) -> Token | None:
        """The subject of a verb of saying that governs the quantity's clause."""
        below = site.head
        for above in climb(site.head):
            if (speaker := self._speaker(above, below)) is not None:
                return speaker
            below = above
        return None

    def _speaker(self, verb: Token, below: Token) -> Token | None:
        subject = self._subject(verb)
        if subject is None or below.i == subject.i:
            return None
        lemma = verb.lemma_.lower()
        if lemma == "be" and subject.lemma_.lower() in self.rules.predictions:
            return subject
        if lemma in self.rules.predict_verbs and below.dep_ in _OBJECTS:
            return subject
        beside = below.i < verb.i or below.dep_ in {"advcl", "conj"}
        hears = lemma in self.rules.hearer_verbs and below.i < verb.i
        if beside and not hears and any(c.dep_ == "dobj" for c in verb.rights):
            return None  # "X fell 4 cents, Y added 6 cents" tells of Y's own rise
        if below.dep_ not in _CONTENT or (below.dep_ == "conj" and not _content_conjunct(below)):
            return None
        if below.dep_ == "conj" and below.lemma_.lower() in self.rules.say_verbs and child(below, "ccomp"):
            return None  # "60 percent said A, and 40 percent said B"
        mark = child(below, "mark") if below.dep_ == "advcl" else None
        if mark is not None and mark.lower_ not in _SIDE_BY_SIDE:
            return None
        if below.dep_ in {"xcomp", "advcl", "pcomp"} and not _is_speech(below):
            return None
        return subject if self._says(verb, subject) else None

    def _says(self, verb: Token, subject: Token) -> bool:
        lemma = verb.lemma_.lower()
        if lemma in self.rules.say_verbs:
            return True
        return lemma in self.rules.show_verbs and subject.lemma_.lower() in self.rules.documents

    def _subject(self, verb: Token) -> Token | None:
        """The verb's own subject, or the one that it shares as conjunct, participle or "as saying"."""
        for _ in range(6):
            own = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.dep_ != "expl"), None)
            if own is not None:
                hears = own.dep_ == "nsubjpass" and verb.lemma_.lower() in self.rules.hearer_verbs
                return None if hears else _antecedent(own, verb)
            if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
                quoting = verb.head.head
                return child(quoting, "dobj", "nsubjpass")
            if verb.dep_ not in {"conj", "advcl", "xcomp"} or verb.head.i == verb.i:
                return None
            verb = verb.head
        return None

    def _according(self, site: Site) -> Token | None:
        """What stands after "according to", "citing" or "quoting" anywhere in the sentence."""
        for token in site.doc[site.floor : site.ceiling]:
            if token.lower_ == "according" and token.i + 1 < site.ceiling and token.nbor(1).lower_ == "to":
                return child(token.nbor(1), "pobj") or _next_noun(site, token.i + 2)
            if token.tag_ == "VBG" and token.lemma_.lower() in self.rules.citing:
                return self._cited(child(token, "dobj"))
        return None

    def _cited(self, noun: Token | None) -> Token | None:
        """Somebody or something that can be cited for a fact, not the "strong demand" of a reason."""
        if noun is None or noun.ent_type_ in {"PERSON", "ORG"}:
            return noun
        lemma = noun.lemma_.lower()
        return noun if lemma in self.rules.documents or lemma in self.rules.speakers else None

    def _parenthetical(self, site: Site) -> Token | None:
        """The speaker of a clause set off by a comma or quotation mark: "..., X said", "..., said X"."""
        for verb in site.doc[site.floor : site.ceiling]:
            if verb.lemma_.lower() not in self._speaking or verb.i < site.hi:
                continue
            subject = self._speaker_beside(verb)
            if subject is None:
                continue
            first = min(subject.left_edge.i, verb.i)
            if first > site.hi - 1 and first > 0 and site.doc[first - 1].text in _BREAKS:
                return subject
        return None

    def _speaker_beside(self, verb: Token) -> Token | None:
        """The speaker of a finite verb of saying without content of its own; "X was quoted as saying"."""
        if verb.tag_ == "VBN" and verb.lemma_.lower() in self.rules.citing:
            return child(verb, "nsubjpass") if child(verb, "auxpass") is not None else None
        if verb.tag_ not in _FINITE:
            return None
        subject = child(verb, "nsubj")
        if subject is None:
            return self._inverted(verb)
        return subject if self._says(verb, subject) and not self._has_content(verb) else None

    def _has_content(self, verb: Token) -> bool:
        return _has_later_content(verb, self.rules.hearer_verbs)

    def _inverted(self, verb: Token) -> Token | None:
        """ "..., reported the newspaper": at the end the parser takes the speaker for an object."""
        held = child(verb, "dobj")
        closes = held is not None and all(t.is_punct for t in verb.doc[held.right_edge.i + 1 : verb.sent.end])
        opens = verb.i > verb.sent.start and verb.nbor(-1).text in _BREAKS
        speaks = verb.lemma_.lower() in self.rules.say_verbs
        return self._cited(held) if opens and closes and speaks else None

    def _closing(self, site: Site) -> Source | None:
        """ "..., the governor of the province said Sunday": by the order of words where the parse fails."""
        verb = next((t for t in reversed(site.doc[site.hi : site.ceiling]) if self._closes(t, site)), None)
        if verb is None:
            return None
        lo = verb.i
        while lo > site.hi and (site.doc[lo - 1].pos_ in _PHRASE or site.doc[lo - 1].tag_ == "HYPH"):
            lo -= 1
        named = site.hi < lo < verb.i and site.doc[lo - 1].pos_ == "PUNCT" and verb.nbor(-1).pos_ in _NOMINAL
        if not named or not self._may_say(verb, site.doc[lo : verb.i]):
            return None
        return Source(phrase_of(site.doc, lo, verb.i, site.offset), lo, verb.i)

    def _closes(self, verb: Token, site: Site) -> bool:
        """Whether a verb of saying or showing ends the sentence, but for a time or place."""
        if verb.tag_ not in _FINITE or verb.lemma_.lower() not in self._speaking:
            return False
        rest = site.doc[verb.i + 1 : site.ceiling]
        plain = all(t.pos_ not in {"VERB", "AUX"} and (not t.like_num or t.ent_type_ in _TIMES) for t in rest)
        return len(rest) <= _MAX_REST and plain

    def _may_say(self, verb: Token, phrase: Span) -> bool:
        if verb.lemma_.lower() in self.rules.say_verbs:
            return any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in phrase)
        return any(t.lemma_.lower() in self.rules.documents for t in phrase)

    def _headline(self, site: Site) -> Source | None:
        """ "Exports to grow 9 percent: think tank": the last words of a headline."""
        for colon in site.doc[max(site.hi, site.ceiling - _MAX_TAIL - 1) : site.ceiling]:
            lo, hi = colon.i + 1, site.ceiling
            last = site.doc[hi - 1]
            if colon.text != ":" or lo >= hi or any(t.like_num or t.tag_ in _FINITE for t in site.doc[lo:hi]):
                continue
            who = last.lemma_.lower() in self.rules.speakers | self.rules.documents
            return Source(phrase_of(site.doc, lo, hi, site.offset), lo, hi) if who else None
        return None

    def _that(self, site: Site) -> Token | None:
        """ "X claimed that ...", where the parser lost the clause: what follows is said by X."""
        for i in range(site.lo - 1, site.floor, -1):
            verb = site.doc[i - 1]
            if site.doc[i].text in _QUOTES or site.doc[i].text == ";":
                return None
            if site.doc[i].lower_ == "that" and verb.tag_ in _FINITE:
                subject = child(verb, "nsubj")
                says = subject is not None and verb.lemma_.lower() in self.rules.say_verbs
                return _antecedent(subject, verb) if subject is not None and says else None
        return None


def _has_later_content(verb: Token, hearers: frozenset[str]) -> bool:
    told = verb.lemma_.lower() in hearers  # "..., he told reporters": the object only hears
    return any(c.dep_ == "ccomp" or (c.dep_ == "dobj" and not told) for c in verb.rights)


def _content_conjunct(conjunct: Token) -> bool:
    # "Li said A will rise and B will fall": a second clause with its own subject is said as well
    return conjunct.i > conjunct.head.i and child(conjunct, "nsubj", "nsubjpass") is not None


def _is_speech(clause: Token) -> bool:
    return child(clause, "nsubj", "nsubjpass", "mark") is not None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    if subject.tag_ in {"WDT", "WP"}:
        return verb.head if verb.dep_ == "relcl" else None
    if subject.lower_ == "it" and any(c.dep_ == "auxpass" for c in verb.children):
        return None
    return subject if subject.pos_ in _NOMINAL or subject.pos_ == "DET" else None


def _next_noun(site: Site, start: int) -> Token | None:
    noun = None
    for token in site.doc[start : site.ceiling]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            noun = token
        elif noun is not None:
            break
    return noun


def source_bounds(head: Token, floor: int, ceiling: int) -> tuple[int, int]:
    """Token bounds of a speaker's noun phrase: with determiner and "of" phrases, up to the next comma.

    A common noun keeps the name in apposition that follows it ("Economist at the bank, Adam Cole").
    """
    doc = head.doc
    lo = max(floor, head.left_edge.i)
    hi = head.i + 1
    end = min(head.right_edge.i + 1, ceiling, head.i + _MAX_PHRASE)
    name = next((c for c in head.children if c.dep_ == "appos" and c.ent_type_ in {"PERSON", "ORG"}), None)
    keep = name.right_edge.i + 1 if name is not None and _is_named(head, name) else 0
    for token in doc[head.i + 1 : end]:
        if token.i >= keep and (token.text in _BREAKS - {"(", "-"} or token.dep_ in {"relcl", "appos"}):
            break
        if (
            token.dep_ == "prep"
            and token.head.i == head.i
            and any(c.ent_type_ in {"DATE", "TIME"} for c in token.children)
        ):
            break
        hi = token.i + 1
    while hi > head.i + 1 and _hangs(doc[hi - 1]):
        hi -= 1
    while lo < head.i and (doc[lo].text in _BREAKS or doc[lo].dep_ in {"cc", "advmod", "mark"}):
        lo += 1
    return _after_comma(doc, lo, head.i), max(hi, head.i + 1)


def _after_comma(doc: Doc, lo: int, head: int) -> int:
    """Where the speaker's own phrase starts, if the parser has hung a list before it on the speaker."""
    starts = (i + 1 for i in range(head - 2, lo, -1) if doc[i].text == "," and doc[i + 1].pos_ == "DET")
    return next(starts, lo)


def _hangs(token: Token) -> bool:
    """Whether a phrase cannot end with this token."""
    return token.text in _BREAKS or token.pos_ == "ADP" or token.tag_ in {"WP", "WDT"}


def _is_named(head: Token, name: Token) -> bool:
    """ "Economist at the bank, Adam Cole", "newspaper The Daily Post": the name goes with its noun."""
    between = head.doc[head.i + 1 : name.left_edge.i]
    beside = not any(t.text in _BREAKS for t in between)
    return beside or (head.pos_ == "NOUN" and name.ent_type_ == "PERSON")


def phrase_of(doc: Doc, lo: int, hi: int, offset: int) -> Phrase:
    """The tokens [lo, hi) as a phrase of the document."""
    lo, hi = without_blanks(doc, lo, hi)
    span = doc[lo:hi]
    return Phrase(span.text, span.start_char + offset, span.end_char + offset)
