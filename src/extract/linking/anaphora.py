"""Whom a subject stands for that only points back: "it", "the company", "the province", "these firms".

Resolution by salience: what was the subject last is what a pronoun goes on with (Lappin and Leass 1994, cut
down to recency, grammatical role and agreement). Where nothing compatible is near, nothing is said.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun, is_time, subject_bounds
from newsfacts.linking.pronouns import is_expletive, speaks_of
from newsfacts.linking.syntax import child, climb, is_verb, own_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from newsfacts.language import Parsed, Sentence
    from newsfacts.linking.lexicon import SubjectWords
    from newsfacts.linking.phrases import Phrase
    from newsfacts.linking.place_sites import PlaceSite

_PLURALS = frozenset({"NNS", "NNPS"})
_PERSONS = frozenset({"he", "she", "his", "her"})
_THINGS = frozenset({"it", "its"})
_MANY = frozenset({"they", "their"})
#: Subjects that stand for a part of what was the subject before.
_PARTS = frozenset({"most", "some", "many", "several", "few", "all", "both", "half", "none"})
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})
#: First words of a phrase that names nothing to go back to.
_UNFIT = frozenset({"this", "these", "those", "that", "no", "any", "each", "every", "another"})
_MAX_TOKENS = 400
#: Sentences back in which a name or a noun is still remembered.
_REACH = 6


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What was named: its words, the lemma of its head, number and kind, and the sentence it stood in."""

    text: str
    lemma: str
    plural: bool
    person: bool
    organisation: bool
    sentence: int


@dataclass(slots=True)
class Salience:
    """The last sentences of a document, read only where a subject points back."""

    words: SubjectWords
    _sentences: deque[Sentence] = field(default_factory=lambda: deque(maxlen=_REACH))

    def leave(self, sentence: Sentence) -> None:
        """End a sentence."""
        if sentence.block.section.kind != "dateline" and len(sentence.span) <= _MAX_TOKENS:
            self._sentences.append(sentence)

    def _last_subject(self, back: int = 1) -> Antecedent | None:
        """The subject of the sentence so many before; a pronoun there goes on with the one before it."""
        if back > len(self._sentences):
            return None
        sentence = self._sentences[-back]
        subject = own_subject(sentence.span.root)
        if subject is None or subject.i < sentence.span.start or is_time(subject):
            return None
        if is_noun(subject):
            return self._named(subject, sentence)
        before = self._last_subject(back + 1)
        return before if before is not None and _fits(subject.lower_, before) else None

    def _named(self, noun: Token, sentence: Sentence) -> Antecedent:
        """What a noun phrase names, itself or by pointing back."""
        lo, hi = subject_bounds(noun, sentence.span.start, sentence.span.end)
        found = self._of_noun(noun, list(noun.doc[lo:hi]), sentence)
        return found or _antecedent(noun, sentence.index, sentence.span)

    def resolve(
        self, parsed: Parsed, sentence: Sentence, subject: Phrase, places: Sequence[PlaceSite]
    ) -> str | None:
        """The words that a subject stands for; None where it stands for itself or nothing is sure."""
        tokens = parsed.tokens_in(subject.start, subject.end)
        if not tokens:
            return None
        head = tokens[0].doc[tokens[0].i : tokens[-1].i + 1].root
        if head.tag_ in {"PRP", "PRP$"}:
            return self._of_pronoun(head, sentence)
        if len(tokens) == 1 and head.lower_ in _PARTS:
            return self._of_part(head, sentence)
        place = next((p for p in places if p.inherited and p.head.i == head.i), None)
        if place is not None:
            return place.mention.name
        found = self._of_noun(head, tokens, sentence)
        return found.text if found is not None else None

    def _of_pronoun(self, pronoun: Token, sentence: Sentence) -> str | None:
        if is_expletive(pronoun, self.words) or speaks_of(pronoun, self.words):
            return None
        for token in _named_above(pronoun, sentence.span.start):
            itself = _antecedent(token, sentence.index, sentence.span)
            if _fits(pronoun.lower_, itself):
                named = self._named(token, sentence)
                return named.text if named.organisation else itself.text
        before = self._last_subject()
        return before.text if before is not None and _fits(pronoun.lower_, before) else None

    def _of_part(self, part: Token, sentence: Sentence) -> str | None:
        """ "The field was mapped, but most lies deep": what a word for a part is a part of."""
        earlier = part.doc[sentence.span.start : part.i]
        inside = [t for t in earlier if t.dep_ in {"nsubj", "nsubjpass"} and is_noun(t) and not is_time(t)]
        if inside:
            return self._named(inside[-1], sentence).text
        before = self._last_subject()
        return before.text if before is not None else None

    def _of_noun(self, head: Token, tokens: Sequence[Token], sentence: Sentence) -> Antecedent | None:
        """ "The company", "the bank", "these two plants": a bare definite noun."""
        if tokens[0].lower_ not in _DEFINITE or not is_noun(head) or head.pos_ == "PROPN":
            return None
        if any(t.pos_ not in {"DET", "NUM"} for t in tokens if t.i != head.i):
            return None
        known = [a for s in self._sentences if s.index < sentence.index for a in _named_in(s, s.span.end)]
        known += _named_in(sentence, tokens[0].i)
        lemma, plural = head.lemma_.lower(), head.tag_ in _PLURALS
        same = [a for a in known if a.plural == plural and _is_called(a, lemma)]
        names = [a for a in known if a.organisation and not plural and lemma == _kind_in(a.text)]
        found = max([*_named_first(same), *names], key=lambda a: a.sentence, default=None)
        if found is None and lemma in self.words.organisations and not plural:
            found = next((a for a in reversed(known) if a.organisation), None)
        return found


def _named_in(sentence: Sentence, end: int) -> list[Antecedent]:
    """The noun phrases of a sentence whose heads stand before token `end`."""
    heads = (t for t in sentence.span if t.i < end and _is_head(t))
    return [_antecedent(t, sentence.index, sentence.span) for t in heads]


def _named_first(antecedents: Sequence[Antecedent]) -> list[Antecedent]:
    """The phrases that say more than "the plant": longer than a determiner and a noun."""
    return [a for a in antecedents if len(a.text.split()) > 2 and not _points_back(a)]


def _kind_in(name: str) -> str:
    """The noun in an organisation's name that says what it is: "the Bank of Norway", "Oslo Hospital"."""
    return (name.lower().split(" of ")[0].split() or [""])[-1]


def _is_called(antecedent: Antecedent, lemma: str) -> bool:
    """Whether the noun is the phrase's head, or ends an organisation's name."""
    last = antecedent.text.lower().split()[-1:]
    return lemma == antecedent.lemma or (antecedent.organisation and last == [lemma])


def _points_back(antecedent: Antecedent) -> bool:
    first = antecedent.text.split()[0].lower()
    return first in _UNFIT or (first == "the" and len(antecedent.text.split()) <= 2)


def _fits(pronoun: str, antecedent: Antecedent) -> bool:
    if pronoun in _PERSONS:
        return antecedent.person and not antecedent.plural
    if pronoun in _THINGS:
        return not antecedent.person and not antecedent.plural
    return pronoun in _MANY and antecedent.plural


def _is_head(token: Token) -> bool:
    """The head of a noun phrase that is no date; not the parts of a name."""
    return (
        is_noun(token) and token.dep_ not in {"compound", "nmod", "amod", "npadvmod"} and not is_time(token)
    )


def _antecedent(head: Token, index: int, span: Span) -> Antecedent:
    lo, hi = subject_bounds(head, span.start, span.end)
    named = next((e for e in span.ents if e.start <= head.i < e.end), None)
    label = named.label_ if named is not None else ""
    text = named.text if named is not None and label in {"ORG", "PERSON"} else head.doc[lo:hi].text
    other = child(head, "conj")
    plural = head.tag_ in _PLURALS or (other is not None and is_noun(other))
    organisation = label == "ORG"
    many = plural and not organisation
    text = text.removesuffix("'s")
    return Antecedent(text, head.lemma_.lower(), many, label == "PERSON", organisation, index)


def _subject_above(pronoun: Token, floor: int) -> Token | None:
    """The subject of a clause that the pronoun's clause hangs on: "Daiwa said it lost 3 million"."""
    for token in climb(pronoun):
        subject = own_subject(token) if is_verb(token) else None
        if subject is not None and floor <= subject.i < pronoun.i and is_noun(subject):
            return subject if not is_time(subject) else None
    return None


def _named_above(pronoun: Token, floor: int) -> list[Token]:
    """The nouns of the pronoun's own sentence that it can stand for, best first."""
    rules = (_subject_above, _person_before, _noun_before)
    return [found for rule in rules if (found := rule(pronoun, floor)) is not None]


def _noun_before(pronoun: Token, floor: int) -> Token | None:
    """ "The pound can fall to 2 marks and it can rise to 3": the nearest subject, else predicate."""
    if pronoun.lower_ in _PERSONS:
        return None
    before = [t for t in pronoun.doc[floor : pronoun.i] if is_noun(t) and not is_time(t)]
    fitting = [t for t in before if _fits(pronoun.lower_, _antecedent(t, 0, pronoun.sent))]
    subjects = [t for t in fitting if t.dep_ in {"nsubj", "nsubjpass"}]
    return next(reversed(subjects or [t for t in fitting if t.dep_ in {"attr", "ROOT"}]), None)


def _person_before(pronoun: Token, floor: int) -> Token | None:
    """ "Berg's spell began well as he won 5 prizes": the person named last before "he"."""
    if pronoun.lower_ not in _PERSONS:
        return None
    named = (t for t in reversed(pronoun.doc[floor : pronoun.i]) if t.ent_type_ == "PERSON" and is_noun(t))
    return next(named, None)
