"""Subject: whom or what a quantity is said of, found through control, relatives and participles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.apart import stands_apart
from newsfacts.linking.beside import noun_beside
from newsfacts.linking.phrases import chunk_head, is_noun, is_time, phrase_head
from newsfacts.linking.relatives import RELATIVES, noun_of_relative
from newsfacts.linking.syntax import child, climb, governing_verb, is_verb, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import SubjectWords
    from newsfacts.linking.syntax import Site

_WITH = frozenset({"with", "having", "within"})
#: Prepositions of a relative clause that say what a quantity is taken from or given to.
_SOURCES = frozenset({"from", "of", "to", "for", "through", "with"})
#: "In cooperation with the two sides": given things describe nothing.
_GIVEN = frozenset({"the", "these", "those", "both", "all"})
#: "Together with 11 others": no description of the noun before.
_BESIDES = frozenset(
    {"together", "along", "compared", "coupled", "combined", "starting", "beginning", "up", "down"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: Verbs in these roles share nobody's subject.
_UNSHARED = frozenset({"ROOT", "ccomp", "advcl", "dep", "parataxis"})
#: Prepositions that are conjunctions before a clause.
_CONJUNCTIVE = frozenset({"after", "before", "since", "until", "as"})
_COORDINATORS = frozenset({"and", "but", "while", "whereas"})
#: Tokens at most between a conjunction and the verb of its clause.
_MAX_STRANDED = 12
_MAX_DEPTH = 8


def find_subject(
    site: Site, node: Token, verb: Token | None, words: SubjectWords
) -> tuple[Token | None, str]:
    """The head of the subject phrase and the rule that found it; `node` stands for the quantity."""
    near, rule = noun_beside(site, words)
    if near is not None:
        return near, rule
    if stands_apart(site, node):
        return None, "subject-none"
    noun, rule = _noun_above(site, node)
    if noun is not None:
        return noun, rule
    if verb is None:
        return None, "subject-none"
    subject = _subject_around(node, verb) or subject_of(verb, words) or unparsed_subject(verb, site.floor)
    first = _first_of(node)
    if subject is None or site.holds(subject) or subject.i == first.i or _is_subject(first):
        found = _source_of_relative(verb) or _subject_of_result(verb, words)
        return found, "subject-relative" if found is not None else "subject-none"
    if _names_its_range(verb, subject, words):
        return _owner(site, subject, words)
    if subject.is_ancestor(node):
        said = _verb_between(node, subject) or (node is site.head and subject.i < site.lo)
        return (subject, "subject-participle") if said else (None, "subject-itself")
    return subject, "subject-of-verb"


def _subject_around(node: Token, verb: Token) -> Token | None:
    """Of several subjects that a parse gives a verb, the one that the quantity is part of."""
    subjects = [c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}]
    return next((c for c in subjects if c.is_ancestor(node)), None) if len(subjects) > 1 else None


def _verb_between(node: Token, subject: Token) -> bool:
    """Whether the quantity is said of the subject by a verb: "employees earning ...", not "trade of ..."."""
    for token in climb(node):
        if token.i == subject.i:
            return False
        if is_verb(token):
            return True
    return False


def _first_of(node: Token) -> Token:
    """The first member of the coordination that the token belongs to."""
    while node.dep_ == "conj" and is_noun(node.head):
        node = node.head
    return node


def _is_subject(noun: Token) -> bool:
    """ "In Oslo, 30 schools were closed": a subject that the parser gave to the auxiliary."""
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.dep_ in {"aux", "auxpass"}


def _names_its_range(verb: Token, subject: Token, words: SubjectWords) -> bool:
    """ "Fines ranging from ...": the noun before the participle is the item, not whom it is said of."""
    return verb.dep_ == "acl" and subject.i == verb.head.i and verb.lemma_ in words.measuring


def _owner(site: Site, noun: Token, words: SubjectWords) -> tuple[Token | None, str]:
    above, _ = _noun_above(site, noun)
    if above is not None:
        return above, "subject-owner"
    verb = governing_verb(noun)
    found = subject_of(verb, words) if verb is not None else None
    return (found, "subject-owner") if found is not None else (noun, "subject-participle")


def _source_of_relative(verb: Token) -> Token | None:
    """ "A fund, from which 5 million yuan will be allocated": the fund; not "after which 12 people left"."""
    sources = (c for c in verb.lefts if c.dep_ == "prep" and c.lower_ in _SOURCES)
    pronouns = (c for c in sources if any(g.lower_ in RELATIVES for g in c.children))
    if verb.dep_ == "relcl" and next(pronouns, None) is not None:
        return verb.head
    return None


def _subject_of_result(verb: Token, words: SubjectWords) -> Token | None:
    """ "The quake left 10 people dead and 30 injured": who left them so; `verb` is the participle."""
    top = verb
    while top.dep_ == "conj" and top.head.i != top.i:
        top = top.head
    plain = (
        verb.tag_ == "VBN" and child(verb, "aux", "auxpass") is None and child(top, "aux", "auxpass") is None
    )
    if not plain or top.dep_ not in {"ccomp", "xcomp"} or not is_verb(top.head):
        return None
    return subject_of(top.head, words)


def _noun_above(site: Site, node: Token) -> tuple[Token | None, str]:
    """ "A data centre with 15,000 servers": the noun that a with-phrase describes."""
    current = node
    for _ in range(_MAX_DEPTH):
        above = current.head
        if above.i == current.i or is_verb(above):
            break
        if current.dep_ == "pobj" and above.lower_ in _WITH:
            return _described_by(site, above)
        current = above
    if current.dep_ == "pobj" and current.head.lower_ in _WITH:
        return _described_by(site, current.head)
    if current.lower_ in _WITH:
        return _described_by(site, current)
    return None, ""


def _described_by(site: Site, prep: Token) -> tuple[Token | None, str]:
    before = prep.nbor(-1) if prep.i > site.floor else None
    if before is not None and before.lower_ == "each":
        return _many_before(site, before), "subject-each"
    if before is not None and before.lower_ in _BESIDES:
        return None, ""
    if any(t is not None and t.lower_ in _GIVEN for t in (site.doc[min(prep.i + 1, site.lo)], site.before())):
        return None, ""
    named = prep.head.ent_type_ in _PLACES and governing_verb(prep.head) is not None
    if is_noun(prep.head) and not site.holds(prep.head) and not is_time(prep.head) and not named:
        return prep.head, "subject-with"
    return None, ""


def _many_before(site: Site, each: Token) -> Token | None:
    """ "Ten large stations on the river, each with ...": the nearest numbered plural."""
    for i in range(each.i - 1, site.floor - 1, -1):
        token = site.doc[i]
        if is_noun(token) and any(c.dep_ == "nummod" for c in token.lefts):
            return token
    return None


def subject_of(verb: Token, words: SubjectWords, depth: int = 0) -> Token | None:
    """The head of the verb's subject: its own, or the one that it shares by structure."""
    if depth > _MAX_DEPTH:
        return None
    own = own_subject(verb) or _misread_subject(verb) or _stranded_subject(verb) or _mistagged_subject(verb)
    dated = own is not None and is_time(own) and verb.dep_ == "advcl"  # "was found on May 8 buried ..."
    if own is not None and not dated:
        return _antecedent(own, verb, words, depth)
    if child(verb, "expl") is not None:
        return None
    return _shared_subject(verb, words, depth)


def _misread_subject(verb: Token) -> Token | None:
    """ "After a clash left 20 hurt", "In 2021 exports rose": what the parser hung on the preposition.

    The phrase ends right before a finite verb; its preposition opens a clause, or a date stands between.
    """
    if verb.tag_ not in _FINITE or verb.dep_ not in _UNSHARED or verb.i == 0 or not is_noun(verb.nbor(-1)):
        return None
    for token in (verb.nbor(-1), *climb(verb.nbor(-1))):
        if token.dep_ == "pobj" and _opens_clause(token.head, token) and not is_time(token):
            return token
        if is_verb(token) or token.i > verb.i:
            return None
    return None


def _stranded_subject(verb: Token) -> Token | None:
    """ "The charge was 2 C and the voltage across it was 5 V": the parser gave the noun to the clause before.

    Between "and" and a finite verb stands a noun phrase, perhaps with what belongs to it.
    """
    if verb.tag_ not in _FINITE or verb.dep_ != "conj":
        return None
    start = _after_conjunction(verb)
    if start is None:
        return None
    first = verb.doc[start]
    noun = chunk_head(verb.doc, start + (first.pos_ in {"DET", "PRON"}), verb.i)
    return noun if noun is not None and not any(t.like_num for t in verb.doc[start : noun.i]) else None


def _after_conjunction(verb: Token) -> int | None:
    """The token after the conjunction before the verb, where no other verb stands between them."""
    for i in range(verb.i - 1, max(0, verb.i - _MAX_STRANDED), -1):
        token = verb.doc[i]
        if token.lower_ in _COORDINATORS:
            return i + 1 if i + 1 < verb.i else None
        if token.tag_ in _FINITE or token.pos_ == "AUX" or token.text in {";", ":"} or token.is_sent_start:
            return None
    return None


def _mistagged_subject(verb: Token) -> Token | None:
    """ "The list price is 5 dollars": a noun before a finite verb that was taken for a verb itself."""
    if verb.tag_ not in _FINITE or verb.i == 0:
        return None
    before = verb.nbor(-1)
    taken = before.pos_ == "VERB" and before.tag_ != "VBN" and verb.head.i == before.i
    return before if taken and own_subject(before) is None else None


def _opens_clause(prep: Token, noun: Token) -> bool:
    return prep.lower_ in _CONJUNCTIVE or (prep.i + 1 < noun.i and is_time(prep.nbor(1)))


def _antecedent(subject: Token, verb: Token, words: SubjectWords, depth: int) -> Token | None:
    """A relative pronoun stands for the noun of its clause; for a date, for the clause's subject."""
    if subject.lower_ not in RELATIVES or subject.tag_ == "DT":
        return subject
    top = verb
    while top.dep_ in {"conj", "aux"} and top.head.i != top.i:
        top = top.head
    head = top.head
    if head.i == top.i:
        return subject
    noun = noun_of_relative(subject, verb, head, words)
    if noun is not None:
        return noun
    outer = head if is_verb(head) else governing_verb(head)
    return subject_of(outer, words, depth + 1) if outer is not None else subject


def _shared_subject(verb: Token, words: SubjectWords, depth: int) -> Token | None:
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ == "prep" and verb.lemma_ in words.detached:
        return None
    if verb.dep_ in {"acl", "relcl"} and is_noun(head):
        return _of_participle(verb, head, words, depth)
    if verb.tag_ == "VBG" and verb.lemma_ in words.attaching and _after_comma(verb):
        near = _noun_at(verb, verb.i - 2)
        if near is not None:
            return near
    behind = verb.tag_ == "VBG" and verb.i > 0 and is_noun(verb.nbor(-1))
    if behind and verb.dep_ in {"amod", "compound", "pcomp", "advcl", "pobj"}:
        near = phrase_head(verb.nbor(-1))
        if near.ent_type_ not in _PLACES or near.dep_ != "pobj":
            return near
    held = _accused(verb, words)
    if held is not None:
        return held
    if verb.dep_ == "xcomp" and is_verb(head):
        held = child(head, "dobj")
        if held is not None and head.lemma_ in words.object_control:
            return held
    outer = head if is_verb(head) else governing_verb(verb)
    return subject_of(outer, words, depth + 1) if outer is not None else None


def _accused(verb: Token, words: SubjectWords) -> Token | None:
    """ "They accused the firm of hiding 5 million dollars": the object, which does what follows.

    A participle after a comma goes on with it: "of attacking the camp, sending 500 men".
    """
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        blamed = verb.head if verb.head.lemma_ in words.blaming else None
    elif verb.dep_ == "pcomp":
        prep = verb.head
        blamed = next((t for t in climb(prep) if is_verb(t)), None)
        if blamed is None or not (prep.lower_ == "into" or blamed.lemma_ in words.blaming):
            return None
    else:
        return None
    held = child(blamed, "dobj") if blamed is not None else None
    if held is None or held.i > verb.i:
        return None
    deeds = (t for t in verb.doc[held.i + 1 : verb.i] if t.tag_ == "VBG" and t.nbor(-1).tag_ == "IN")
    goes_on = verb.dep_ == "pcomp" or next(deeds, None) is not None
    return held if goes_on else None  # but "sued the firm, seeking 5 million dollars"


def _after_comma(verb: Token) -> bool:
    return verb.i > 1 and verb.nbor(-1).text == ","


def _noun_at(verb: Token, i: int) -> Token | None:
    """The head of the noun phrase that ends at token `i`."""
    token = verb.doc[i]
    return token if is_noun(token) and not is_time(token) else None


def _of_participle(verb: Token, noun: Token, words: SubjectWords, depth: int) -> Token | None:
    """ "Funds totaling ..." -> funds; "a plan to spend ..." -> whoever has the plan."""
    infinitive = any(c.tag_ == "TO" for c in verb.lefts)
    if not infinitive and not is_time(noun):
        return noun
    if not infinitive and phrase_head(noun, over_times=True).i != noun.i:
        return phrase_head(noun, over_times=True)
    outer = governing_verb(noun)
    held = child(outer, "dobj") if outer is not None and not infinitive else None
    if held is not None and held.i < verb.i:
        return held
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    return subject_of(outer, words, depth + 1) if outer is not None else noun


def unparsed_subject(verb: Token, floor: int) -> Token | None:
    """A main verb that the parser left without subject: the first noun phrase of its stretch of text.

    The stretch begins at the verb before; a phrase counts where it opens the stretch or follows a comma.
    """
    if verb.dep_ != "ROOT" or verb.tag_ not in {"VBD", "VBZ", "VBP", "VB", "VBN"}:
        return None
    start = verb.i
    while start > floor and not is_verb(verb.doc[start - 1]):
        start -= 1
    for token in verb.doc[start : verb.i]:
        edge = token.left_edge.i
        opens = edge == floor or verb.doc[edge - 1].text == ","
        if is_noun(token) and opens and token.dep_ not in {"pobj", "compound", "poss", "npadvmod", "amod"}:
            return token if not is_time(token) else None
    return None
