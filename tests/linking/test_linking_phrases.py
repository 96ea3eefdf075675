"""Noun phrases cut from hand-made parses."""

from __future__ import annotations

import pytest
from describing import doc_of
from spacy.lang.en import English
from spacy.tokens import Doc, Token

from newsfacts.linking.phrases import (
    chunk_head,
    is_time,
    item_bounds,
    phrase_head,
    subject_bounds,
    without_blanks,
)


def text(doc: Doc, bounds: tuple[int, int]) -> str:
    return doc[bounds[0] : bounds[1]].text


PIECES = doc_of(
    "The DET DT det 3", "new ADJ JJ amod 3", "glass NOUN NN compound 3", "cups NOUN NNS nsubj 8",
    "of ADP IN prep 3", "thin ADJ JJ amod 6", "sheets NOUN NNS pobj 4", "here ADV RB advmod 3",
    "break VERB VBP ROOT 8",
)  # fmt: skip
TOWNS = doc_of(
    "ten NUM CD nummod 1", "towns NOUN NNS dobj 4", "and CCONJ CC cc 1", "counties NOUN NNS conj 1",
    "grew VERB VBD ROOT 4", "fast ADV RB advmod 4",
)  # fmt: skip
OWNED = doc_of(
    "Chile PROPN NNP poss 3", "'s PART POS case 0", "fixed VERB VBN amod 3", "investment NOUN NN nsubj 4",
    "rose VERB VBD ROOT 4",
)  # fmt: skip


def test_item_keeps_modifiers_and_of_but_no_determiner() -> None:
    assert text(PIECES, item_bounds(PIECES[3], 0, len(PIECES))) == "new glass cups of thin sheets"


def test_a_phrase_has_no_blank_tokens_at_its_edges() -> None:
    doc = Doc(English().vocab, words=["\n", "state", "television", "\n\n"])
    assert without_blanks(doc, 0, 4) == (1, 3)
    assert without_blanks(doc, 3, 4) == (3, 4)


def test_item_stops_at_a_possessor() -> None:
    assert text(OWNED, item_bounds(OWNED[3], 0, 4)) == "fixed investment"


def test_item_takes_coordinated_nouns() -> None:
    assert text(TOWNS, item_bounds(TOWNS[1], 1, len(TOWNS))) == "towns and counties"


def test_item_stays_within_its_bounds() -> None:
    assert text(PIECES, item_bounds(PIECES[3], 2, 5)) == "glass cups"


def test_of_phrase_with_a_number_stays_outside() -> None:
    doc = doc_of(
        "output NOUN NN nsubj 4", "of ADP IN prep 0", "3 NUM CD nummod 3", "tons NOUN NNS pobj 1",
        "fell VERB VBD ROOT 4",
    )  # fmt: skip
    assert text(doc, item_bounds(doc[0], 0, len(doc))) == "output"


def test_subject_keeps_determiner_and_prepositions_but_no_clause() -> None:
    doc = doc_of(
        "The DET DT det 1", "mills NOUN NNS nsubj 8", "of ADP IN prep 1", "Ruhr PROPN NNP pobj 2",
        ", PUNCT , punct 1", "which PRON WDT nsubj 6", "hired VERB VBD relcl 1", "men NOUN NNS dobj 6",
        "closed VERB VBD ROOT 8",
    )  # fmt: skip
    assert text(doc, subject_bounds(doc[1], 0, len(doc))) == "The mills of Ruhr"


def test_subject_ends_where_a_phrase_is_set_off() -> None:
    doc = doc_of(
        "The DET DT det 1", "plant NOUN NN nsubj 7", ", PUNCT , punct 1", "with ADP IN prep 1",
        "two NUM CD nummod 5", "mills NOUN NNS pobj 3", ", PUNCT , punct 1", "closed VERB VBD ROOT 7",
    )  # fmt: skip
    assert text(doc, subject_bounds(doc[1], 0, len(doc))) == "The plant"


def test_subject_keeps_a_list() -> None:
    doc = doc_of(
        "exports NOUN NNS nsubj 5", ", PUNCT , punct 0", "rents NOUN NNS conj 0", "and CCONJ CC cc 2",
        "wages NOUN NNS conj 2", "fell VERB VBD ROOT 5",
    )  # fmt: skip
    assert text(doc, subject_bounds(doc[0], 0, len(doc))) == "exports , rents and wages"


@pytest.mark.parametrize(
    ("start", "head"), [(1, "cups"), (2, "cups"), (3, "cups"), (5, "sheets"), (0, None), (4, None), (8, None)]
)
def test_chunk_head(start: int, head: str | None) -> None:
    found = chunk_head(PIECES, start, len(PIECES))
    assert (found.text if found is not None else None) == head


def test_chunk_ends_before_a_date() -> None:
    doc = doc_of(
        "3 NUM CD nummod 1", "guests NOUN NNS dobj 3", "Friday PROPN NNP npadvmod 3", "came VERB VBD ROOT 3",
        ents="Friday",
    )  # fmt: skip
    found = chunk_head(doc, 1, len(doc))
    assert found is not None
    assert found.text == "guests"


@pytest.mark.parametrize(
    ("word", "pos", "expected"), [("year", "NOUN", True), ("dust", "NOUN", False), ("May", "PROPN", True)]
)
def test_recognised_dates_need_a_calendar_noun(word: str, pos: str, *, expected: bool) -> None:
    doc = doc_of(f"{word} {pos} NN ROOT 0", ents=word)
    assert is_time(doc[0]) is expected


def test_phrase_head_climbs_prepositions() -> None:
    doc = doc_of(
        "barometer NOUN NN ROOT 0", "of ADP IN prep 0", "shares NOUN NNS pobj 1", "in ADP IN prep 2",
        "May PROPN NNP pobj 3", ents="May",
    )  # fmt: skip
    heads: list[Token] = [phrase_head(doc[2]), phrase_head(doc[4]), phrase_head(doc[4], over_times=True)]
    assert [t.text for t in heads] == ["barometer", "barometer", "shares"]
