"""No text raises, and no text takes more than linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from newsfacts.language import Parsed
from newsfacts.language.parsed import from_doc
from newsfacts.model import Document, QuantityMention
from newsfacts.quantities import QuantityFinder
from newsfacts.rules import RuleSet

FINDER = QuantityFinder.from_rules(RuleSet())
WORDS = st.sampled_from(
    [
        "one",
        "two",
        "half",
        "a",
        "dozen",
        "hundred",
        "million",
        "percent",
        "%",
        "$",
        "US$",
        "yuan",
        "(",
        ")",
        "-",
        "–",
        ",",
        ".",
        "/",
        ":",
        "'",
        "+",
        "about",
        "more",
        "than",
        "no",
        "of",
        "to",
        "from",
        "between",
        "and",
        "or",
        "per",
        "each",
        "3",
        "2,500",
        "1.5",
        "2006",
        "10",
        "x",
        "×",
        "^",
        "minus",
        "top",
        "No",
        "third",
        "largest",
        "times",
        "fold",
        "doubled",
        "km/h",
        "m2",
        "e",
        "0",
        "old",
        "year",
        "aged",
        "½",
        "°",
        "C",
        "p",
        "pence",
        "cents",
        "€",
    ]
)


VOCAB = Vocab()


def bare(text: str) -> Parsed:
    """A parsed view with one token: the finder reads the text itself."""
    doc = Doc(VOCAB, words=[text or "x"], spaces=[False])
    return from_doc(doc, Document(id="t", text=text or "x"))


def find(text: str) -> list[QuantityMention]:
    return FINDER.find(bare(text), ())


def assert_sane(text: str, found: list[QuantityMention]) -> None:
    last = 0
    for m in found:
        assert last <= m.start <= m.number_start < m.number_end <= m.end <= len(text)
        assert m.rule in FINDER.rules
        assert m.value is not None or (m.low is not None and m.high is not None and m.low < m.high)
        assert m.twin is None or m.twin in {o.start for o in found}
        last = m.end


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14), st.sampled_from([" ", "", "-"]))
def test_no_mixture_of_number_words_raises(words: list[str], joiner: str) -> None:
    text = joiner.join(words)
    assert_sane(text or "x", find(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    assert_sane(text or "x", find(text))


def _seconds(parsed: Parsed) -> float:
    start = time.process_time()
    FINDER.find(parsed, ())
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit",
    ["1", "(", ",", "-", "1,", "1 ", "1,11", "()", "$", "1-", "a ", "half ", "one ", "million ", "(1) ", "1/",
     "a hundred ", "1 to ", "5 percent ", "(5 yuan ", "no. ", "\u00a01", "5 m ", "aé1",
     "7 g m−3 ", "3 ± ", "(n = 4) ", "aged 3, 4 "],
)  # fmt: skip
def test_repetition_of_anything_takes_linear_time(unit: str) -> None:
    times = []
    for size in (20_000, 80_000):
        parsed = bare(unit * (size // len(unit)))
        # The least of three: a busy machine slows single runs down.
        times.append(min(_seconds(parsed) for _ in range(3)))
    assert times[1] < 4 * 2.5 * max(times[0], 0.02)


@pytest.mark.parametrize("unit", ["1", "(", ",", "[]", "1,", "12,345 "])
def test_a_megabyte_of_digits_brackets_or_commas_takes_under_a_second(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    parsed = bare(text)
    assert min(_seconds(parsed) for _ in range(2)) < 1


def test_nothing_starts_inside_a_blocked_span(blank_nlp: Language, blank) -> None:  # type: ignore[no-untyped-def]
    parsed = blank("In 5 years 30 plants opened.")
    block = QuantityMention(start=3, end=10, type="count", number_start=3, number_end=10, rule="x")
    assert [parsed.text[m.start : m.end] for m in FINDER.find(parsed, [block])] == ["30"]
