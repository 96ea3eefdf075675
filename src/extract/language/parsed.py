"""The parsed view of a document: one spaCy Doc per section that yields facts, with document offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsfacts.language.annotate import Annotator
from newsfacts.language.pieces import stretches
from newsfacts.model import Document, Section
from newsfacts.model.mention import Span as TextSpan

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One section's spaCy Doc. `offset` turns a Doc's character index into the document's."""

    section: Section
    doc: Doc
    index: int

    @property
    def offset(self) -> int:
        """Where the section starts in the document."""
        return self.section.start


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence with offsets in the document."""

    index: int
    start: int
    end: int
    block: Block
    span: Span = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A document with its blocks and sentences in text order.

    Token offsets inside a block are the block's: use `token_start`, `token_end`, `tokens_in` and `token_at`.
    """

    document: Document
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _offsets: dict[int, int] = field(repr=False)  # id of a block's Doc -> the block's offset

    @property
    def text(self) -> str:
        """The document's text; all offsets refer to it."""
        return self.document.text

    def sentence_at(self, char: int) -> Sentence | None:
        """The sentence that holds this character, if any."""
        i = bisect_right(self._starts, char) - 1
        return self.sentences[i] if i >= 0 and char < self.sentences[i].end else None

    def joined(self, spans: Iterable[TextSpan]) -> Parsed:
        """The same with one sentence where a span goes over the end of one; itself where none does.

        "rose to 27. 60 dollars": the parser takes the full stop for an end, what was found tells that it is
        none.
        """
        reach: dict[int, int] = {}  # sentence -> the last sentence that a span from it reaches into
        for span in spans:
            first, last = self.sentence_at(span.start), self.sentence_at(span.end - 1)
            if first is not None and last is not None and _goes_on(first, last):
                reach[first.index] = max(last.index, reach.get(first.index, 0))
        if not reach:
            return self
        sentences = tuple(_join(self.sentences, reach))
        return replace(self, sentences=sentences, _starts=tuple(s.start for s in sentences))

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap [start, end) of the document, in order (of one block)."""
        sentence = self.sentence_at(start)
        if sentence is None:
            return []
        doc, section = sentence.block.doc, sentence.block.section
        offset = section.start
        span = doc.char_span(start - offset, min(end, section.end) - offset, alignment_mode="expand")
        return list(span) if span is not None else []

    def token_at(self, char: int) -> Token | None:
        """The token that holds this character, if any."""
        found = self.tokens_in(char, char + 1)
        return found[0] if found else None

    def offset_of(self, token: Token) -> int:
        """The document offset of a token's first character."""
        return self._offsets[id(token.doc)] + int(token.idx)


def _flat(text: str) -> str:
    # Same length, so that offsets hold; a line break inside a paragraph is only a blank to the parser.
    return text.replace("\n", " ").replace("\t", " ").replace("\u00a0", " ")


def _readable(document: Document) -> str:
    """The text with blanks in place of what a reader passes over (citations, markup): same length."""
    parts, at = [], 0
    for aside in (a for a in document.asides if a.skip):
        parts += [document.text[at : aside.start], " " * (aside.end - aside.start)]
        at = aside.end
    return "".join([*parts, document.text[at:]]) if parts else document.text


def _speaking(document: Document) -> list[Section]:
    sections = document.sections or (Section("body", 0, len(document.text)),)
    return [s for s in sections if not s.silent and s.end > s.start]


def _stretches(document: Document) -> list[Section]:
    """The sections to parse; a very long one is several."""
    return [
        Section(s.kind, s.start + start, s.start + end, s.paragraph)
        for s in _speaking(document)
        for start, end in stretches(document.text[s.start : s.end])
    ]


def _assemble(document: Document, docs: Iterable[tuple[Section, Doc]]) -> Parsed:
    blocks = tuple(Block(section, doc, i) for i, (section, doc) in enumerate(docs))
    spans = [(block, span) for block in blocks for span in _sentences(block.doc)]
    sentences = tuple(
        Sentence(i, block.offset + span.start_char, block.offset + span.end_char, block, span)
        for i, (block, span) in enumerate(spans)
    )
    offsets = {id(block.doc): block.offset for block in blocks}
    return Parsed(document, blocks, sentences, tuple(s.start for s in sentences), offsets)


def _goes_on(first: Sentence, last: Sentence) -> bool:
    return first.index < last.index and first.block is last.block


def _join(sentences: Sequence[Sentence], reach: Mapping[int, int]) -> Iterator[Sentence]:
    i = count = 0
    while i < len(sentences):
        first = last = i
        while i <= last:
            last = max(last, reach.get(i, i))
            i += 1
        block, span = sentences[first].block, sentences[first].span
        if last > first:
            span = block.doc[span.start : sentences[last].span.end]
        yield Sentence(count, sentences[first].start, block.offset + span.end_char, block, span)
        count += 1


def _sentences(doc: Doc) -> list[Span]:
    return list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]


def parse_batch(annotator: Annotator, documents: Sequence[Document]) -> Iterator[Parsed]:
    """Parse documents in order; the sections of all of them are annotated together."""
    jobs = [_stretches(d) for d in documents]
    texts = [
        _flat(text[s.start : s.end])
        for text, sections in zip(map(_readable, documents), jobs, strict=True)
        for s in sections
    ]
    docs = annotator.annotate(texts)
    position = 0
    for document, sections in zip(documents, jobs, strict=True):
        yield _assemble(document, zip(sections, docs[position : position + len(sections)], strict=True))
        position += len(sections)


def parse(nlp: Language, document: Document) -> Parsed:
    """Parse one document with spaCy's own components."""
    return next(parse_batch(Annotator.plain(nlp), [document]))


def from_doc(doc: Doc, document: Document) -> Parsed:
    """The parsed view of a spaCy Doc that is already annotated (for use as a spaCy component)."""
    spans = [(s, doc.char_span(s.start, s.end, alignment_mode="contract")) for s in _speaking(document)]
    moved = [
        (Section(s.kind, span.start_char, span.end_char, s.paragraph), span.as_doc())
        for s, span in spans
        if span is not None and len(span)
    ]
    return _assemble(document, moved)
