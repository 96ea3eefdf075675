"""The parsed view: offsets of sections, sentences and tokens are the document's."""

from __future__ import annotations

import pytest
from spacy.language import Language

from newsfacts.errors import ModelError
from newsfacts.language import Annotator, load_model, parse, parse_batch
from newsfacts.language.parsed import from_doc
from newsfacts.model import Document, Section

TEXT = "Title\nOSLO -- Exports rose.\nThey fell later. Nobody knew.\nPrint"
SECTIONS = (
    Section("title", 0, 5, 0),
    Section("dateline", 6, 13, 1),
    Section("body", 14, 27, 1),
    Section("body", 28, 57, 2),
    Section("navigation", 58, 63, 3),
)
DOCUMENT = Document(id="d", text=TEXT, sections=SECTIONS)


def test_sentences_carry_document_offsets(blank_nlp: Language) -> None:
    parsed = parse(blank_nlp, DOCUMENT)
    assert [TEXT[s.start : s.end] for s in parsed.sentences] == [
        "Title", "OSLO --", "Exports rose.", "They fell later.", "Nobody knew.",
    ]  # fmt: skip


def test_silent_sections_are_not_parsed(blank_nlp: Language) -> None:
    assert parse(blank_nlp, DOCUMENT).sentence_at(TEXT.index("Print")) is None


def test_tokens_are_found_by_document_offsets(blank_nlp: Language) -> None:
    parsed = parse(blank_nlp, DOCUMENT)
    start = TEXT.index("fell")
    assert [t.text for t in parsed.tokens_in(start, start + 10)] == ["fell", "later"]
    token = parsed.token_at(start)
    assert token is not None
    assert parsed.offset_of(token) == start
    assert parsed.token_at(5) is None


def reaching(*spans: tuple[str, str]) -> list[Section]:
    """A span from the one word to the other, each."""
    return [Section("body", TEXT.index(first), TEXT.index(last) + len(last)) for first, last in spans]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([("fell", "later.")], ["Title", "OSLO --", "Exports rose.", "They fell later.", "Nobody knew."]),
        ([("later", "Nobody")], ["Title", "OSLO --", "Exports rose.", "They fell later. Nobody knew."]),
        ([("rose", "They")], ["Title", "OSLO --", "Exports rose.", "They fell later.", "Nobody knew."]),
        ([("fell", "fell"), ("later", "knew"), ("They", "Nobody")], [
            "Title", "OSLO --", "Exports rose.", "They fell later. Nobody knew.",
        ]),
    ],
)  # fmt: skip
def test_sentences_go_as_far_as_a_span_that_reaches_over_their_end_but_not_over_a_section(
    blank_nlp: Language, spans: list[tuple[str, str]], expected: list[str]
) -> None:
    joined = parse(blank_nlp, DOCUMENT).joined(reaching(*spans))
    assert [TEXT[s.start : s.end] for s in joined.sentences] == expected
    assert [s.span.text for s in joined.sentences] == expected
    assert [s.index for s in joined.sentences] == list(range(len(expected)))
    last = joined.sentence_at(TEXT.index("knew"))
    assert last is not None
    assert last is joined.sentences[-1]


def test_nothing_is_joined_without_need(blank_nlp: Language) -> None:
    parsed = parse(blank_nlp, DOCUMENT)
    assert parsed.joined([]) is parsed
    assert parsed.joined(reaching(("fell", "later."))) is parsed


def test_batches_give_what_single_documents_give(blank_nlp: Language) -> None:
    other = Document(id="e", text="Another text. It is short.")
    both = list(parse_batch(Annotator.plain(blank_nlp), [DOCUMENT, other]))
    assert [p.document.id for p in both] == ["d", "e"]
    assert [s.start for s in both[0].sentences] == [s.start for s in parse(blank_nlp, DOCUMENT).sentences]
    assert len(both[1].sentences) == 2


def test_an_annotated_doc_becomes_a_parsed_view(blank_nlp: Language) -> None:
    parsed = from_doc(blank_nlp(TEXT), DOCUMENT)
    assert [TEXT[b.section.start : b.section.end] for b in parsed.blocks] == [
        "Title", "OSLO --", "Exports rose.", "They fell later. Nobody knew.",
    ]  # fmt: skip


def test_unknown_model_says_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"pip install .*--model"):
        load_model("no_such_pipeline")


def test_a_pipeline_without_a_parser_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    import spacy

    folder = tmp_path_factory.mktemp("pipelines") / "blank"
    spacy.blank("en").to_disk(folder)
    with pytest.raises(ModelError, match="has no tagger, parser, ner"):
        load_model(str(folder))
    spacy.blank("de").to_disk(folder)
    with pytest.raises(ModelError):
        load_model(str(folder))
