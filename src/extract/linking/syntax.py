"""Where a quantity stands in the parse: its tokens, its head, the clause and the subject of a verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun, is_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from newsfacts.language import Parsed
    from newsfacts.model import QuantityMention

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSAL = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl"})
_MAX_CLIMB = 12
_QUOTES = frozenset({'"', "“", "``"})
#: "An average of 5 percent": passed over with its determiner.
_SUMS = frozenset({"average", "total", "maximum", "minimum"})


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A mention in its Doc: token range [lo, hi), its sentence's range [floor, ceiling), its head token."""

    mention: QuantityMention
    doc: Doc
    offset: int
    lo: int
    hi: int
    floor: int
    ceiling: int
    head: Token

    def holds(self, token: Token) -> bool:
        """Whether the token is part of the mention."""
        return self.lo <= token.i < self.hi

    def before(self, steps: int = 1) -> Token | None:
        """The token `steps` before the mention in its sentence."""
        i = self.lo - steps
        return self.doc[i] if i >= self.floor else None

    def after(self, steps: int = 0) -> Token | None:
        """The token `steps` after the mention's last one in its sentence."""
        i = self.hi + steps
        return self.doc[i] if i < self.ceiling else None


def after_brackets(site: Site, start: int) -> int:
    """The token index after a bracket that opens at `start`, else `start` itself."""
    if start >= site.ceiling or site.doc[start].text not in {"(", "["}:
        return start
    for i in range(start, min(site.ceiling, start + 20)):
        if site.doc[i].text in {")", "]"}:
            return i + 1
    return start


def locate(parsed: Parsed, mention: QuantityMention) -> Site | None:
    """The mention's site, or None where no token carries it."""
    sentence = parsed.sentence_at(mention.start)
    if sentence is None:
        return None
    doc, offset = sentence.block.doc, sentence.block.offset
    last = doc[-1]
    end = min(mention.end - offset, last.idx + len(last))
    span = doc.char_span(mention.start - offset, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    floor, ceiling = sentence.span.start, max(sentence.span.end, span.end)
    return Site(mention, doc, offset, span.start, span.end, floor, ceiling, _head_of(span))


def _head_of(span: Span) -> Token:
    outside = [t for t in span if not span.start <= t.head.i < span.end or t.head.i == t.i]
    nouns = [t for t in outside if is_noun(t) or t.pos_ in {"NUM", "SYM"}]
    chosen: Token = (nouns or outside or list(span))[-1]
    return chosen


def climb(token: Token) -> Iterator[Token]:
    """The token's ancestors, nearest first."""
    for _ in range(_MAX_CLIMB):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def is_verb(token: Token) -> bool:
    """Whether the token can be a clause's predicate."""
    if token.tag_ == "NNS":
        return _acts(token)
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod", "compound"}


def _acts(noun: Token) -> bool:
    """ "The start-up employs 600 people": a verb in -s taken for a plural, but parsed with its arguments."""
    if noun.dep_ not in _CLAUSAL:
        return False
    deps = {c.dep_ for c in noun.children}
    return "dobj" in deps and "nsubj" in deps


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token."""
    return next((t for t in climb(token) if is_verb(t)), None)


def verb_of(site: Site, node: Token, fillers: frozenset[str]) -> Token | None:
    """The verb that the mention stands right behind, else the nearest verb above `node`.

    The parser often loses the object of a verb to a later clause; between neighbours, word order tells.
    """
    before = preceding(site, fillers)
    if before is not None and _takes_number(before) and not _opens_clause(node, before):
        return before
    return governing_verb(node)


def _opens_clause(node: Token, verb: Token) -> bool:
    """ "Police confirmed three people died": whether `node` is the subject of what the verb says."""
    clause = node.head
    return node.dep_ in {"nsubj", "nsubjpass"} and clause.dep_ == "ccomp" and clause.head.i == verb.i


def _takes_number(token: Token) -> bool:
    if token.tag_ in {"VBD", "VBZ", "VBP", "VB"}:
        return token.dep_ not in {"aux", "auxpass"}
    return (
        token.tag_ == "VBG"
        and token.pos_ == "VERB"
        and token.i > 0
        and token.nbor(-1).pos_ not in {"DET", "ADJ"}
    )


def preceding(site: Site, fillers: frozenset[str]) -> Token | None:
    """The first token left of the mention that is no determiner or focus word ("a further", "only")."""
    i = site.lo - 1
    if i > site.floor and site.doc[i].lower_ == "of" and site.doc[i - 1].lower_ in _SUMS:
        i -= 1
    while i >= site.floor and (
        site.doc[i].lower_ in fillers or site.doc[i].text in _QUOTES or _is_adjective(site.doc[i])
    ):
        i -= 1
    return site.doc[i] if i >= site.floor else None


def _is_adjective(token: Token) -> bool:
    """ "To a poor 22 percent"; comparatives are left, because they can say that something changed."""
    return token.tag_ == "JJ" and token.dep_ == "amod" and token.lower_ not in {"worth", "up", "down"}


def noun_before(doc: Doc, i: int, floor: int) -> Token | None:
    """The noun that ends before token `i`, over a date between them: "growth in 2006 of 2.3 percent"."""
    j = i - 1
    while j > floor and (is_time(doc[j]) or (doc[j].pos_ == "ADP" and is_time(doc[j + 1]))):
        j -= 1
    if j < floor or not is_noun(doc[j]):
        return None
    noun = doc[j]
    located = j < i - 1 and noun.dep_ == "pobj" and noun.head.lower_ == "in" and is_noun(noun.head.head)
    return noun.head.head if located and noun.head.head.i >= floor else noun


def own_subject(verb: Token) -> Token | None:
    """The subject that the verb itself has in the parse."""
    left = [c for c in verb.lefts if c.dep_ in _SUBJECTS and c.tag_ not in _FINITE]
    if left:
        return left[-1]
    return next((c for c in verb.rights if c.dep_ in {"nsubj", "nsubjpass"}), None)


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, or a participle that follows its noun."""
    if verb.tag_ != "VBN":
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    return verb.dep_ == "acl" or not any(c.dep_ == "aux" for c in verb.children)


def clause_range(verb: Token | None, floor: int, ceiling: int) -> tuple[int, int]:
    """Token range of the verb's clause: its subtree without clauses that are hung on its far side."""
    if verb is None:
        return floor, ceiling
    lo, hi = max(floor, verb.left_edge.i), min(ceiling, verb.right_edge.i + 1)
    for other in verb.children:
        if other.dep_ == "conj" and other.i > verb.i and is_verb(other):
            hi = min(hi, max(verb.i + 1, other.left_edge.i))
    return lo, hi
