from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from newsfacts.language import parse
from newsfacts.language.pieces import prepared, stretches
from newsfacts.model import Document, Section

ADDRESS = "https://news.example.org/" + "a-long-path/" * 20


@given(st.text(alphabet="ab .!\n", max_size=300), st.integers(2, 40))
def test_stretches_make_up_the_text(text: str, longest: int) -> None:
    found = list(stretches(text, longest))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= longest for start, end in found)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One is here. Two is there.", ["One is here. ", "Two is there."]),
        ("one two three four five six", ["one two three four ", "five six"]),
        ("a" * 25, ["a" * 20, "a" * 5]),
        ("short", ["short"]),
    ],
)
def test_long_text_is_cut_behind_sentences_or_blanks(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in stretches(text, 20)] == parts


@pytest.mark.parametrize("text", ["Prices rose 5 percent.", f"See {ADDRESS} for more."])
def test_usual_text_and_addresses_are_left_to_spacy(blank_nlp: Language, text: str) -> None:
    assert prepared(blank_nlp, text) == text


@given(
    st.lists(st.sampled_from(["(" * 400, "word", "5%", " ", "  ", ")" * 160 + ",", "é" * 200]), max_size=12)
)
def test_the_tokens_of_odd_text_make_up_the_text(blank_nlp: Language, parts: list[str]) -> None:
    found = prepared(blank_nlp, "".join(parts))
    assert (found if isinstance(found, str) else found.text) == "".join(parts)


def test_words_at_the_ends_of_a_giant_run_are_tokens(blank_nlp: Language) -> None:
    found = prepared(blank_nlp, "It rose " + "(" * 500 + "5 percent" + ")" * 500 + " this year.")
    assert not isinstance(found, str)
    words = [token.text for token in found]
    assert {"It", "rose", "5", "percent", "this", "year", "."} <= set(words)
    assert " " not in words
    assert len(words) < 400


@pytest.mark.parametrize("piece", ["(", "'", "7", ",0", "🚗"])
def test_a_megabyte_of_odd_text_takes_little_time(blank_nlp: Language, piece: str) -> None:
    text = piece * (1_100_000 // len(piece))
    began = time.process_time()
    parsed = parse(blank_nlp, Document(id="t", text=text, sections=(Section("body", 0, len(text)),)))
    assert time.process_time() - began < 10
    assert parsed.blocks[0].section.start == 0
    assert parsed.blocks[-1].section.end == len(text)
    middle = len(text) // 2
    token = parsed.token_at(middle)
    assert token is not None
    assert parsed.offset_of(token) <= middle < parsed.offset_of(token) + len(token)
