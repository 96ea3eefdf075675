"""The finder as a whole: offsets, order, sections, unknown publication, odd input."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from newsfacts.dates import DateFinder, facts_dates
from newsfacts.dates.notation import edtf_bounds
from newsfacts.language import parse
from newsfacts.language.parsed import _assemble
from newsfacts.model import DateMention, Document, Section
from newsfacts.rules import RuleSet

PUBLISHED = dt.date(2023, 7, 28)
#: Relative to publication, so that nothing may be guessed without it.
DEPENDENT = (
    "Friday",
    "this year",
    "last December",
    "Sept 14",
    "the past 10 months",
    "yesterday",
    "two years ago",
)


@pytest.fixture(scope="module")
def finder(rules: RuleSet) -> DateFinder:
    return DateFinder.from_rules(rules)


def _texts(text: str, mentions: list[DateMention]) -> list[str]:
    return [text[m.start : m.end] for m in mentions]


def test_facts_are_points_spans_and_references(finder: DateFinder, blank: Any) -> None:
    text = "In 2006 a three-day fair is held every year; it is now rich."
    mentions = finder.find(blank(text, PUBLISHED))
    assert [m.timex_type for m in mentions] == ["DATE", "DURATION", "SET", "DATE"]
    assert _texts(text, facts_dates(mentions)) == ["2006", "now"]


@pytest.mark.parametrize("words", DEPENDENT)
def test_nothing_is_guessed_without_publication(finder: DateFinder, blank: Any, words: str) -> None:
    (mention,) = finder.find(blank(f"It happened in {words}.", None))
    assert (mention.edtf, mention.date_start, mention.date_end) == (None, None, None)


def test_the_clock_of_the_machine_plays_no_part(finder: DateFinder, blank: Any) -> None:
    text = "He was held on Friday and freed yesterday; the 80s were over."
    found = [[m.edtf for m in finder.find(blank(text, dt.date(year, 3, 3)))] for year in (1905, 2095)]
    assert found == [["1905-03-03", "1905-03-02", "188X"], ["2095-02-25", "2095-03-02", "208X"]]


def test_the_time_spoken_of_runs_through_the_document(finder: DateFinder, blank: Any) -> None:
    text = "The mine closed in May 2004. The following month it was sold. A year later it burned."
    mentions = finder.find(blank(text, PUBLISHED))
    assert [m.edtf for m in mentions] == ["2004-05", "2004-06", "2005-06"]


def test_documents_do_not_share_the_time_spoken_of(finder: DateFinder, blank: Any) -> None:
    finder.find(blank("The mine closed in May 2004.", PUBLISHED))
    (mention,) = finder.find(blank("The following month it was sold.", PUBLISHED))
    assert mention.edtf == "2023-08"


def test_a_dateline_does_not_set_the_time_spoken_of(finder: DateFinder, blank_nlp: Any) -> None:
    text = "LIMA, May 3, 2001 -- The mine closed. The next day it burned."
    sections = (Section("dateline", 0, 20), Section("body", 20, len(text)))
    document = Document(id="d", text=text, published=PUBLISHED, sections=sections)
    mentions = finder.find(parse(blank_nlp, document))
    assert [m.edtf for m in mentions] == ["2001-05-03", "2023-07-29"]


def test_silent_sections_yield_nothing(finder: DateFinder, blank_nlp: Any) -> None:
    text = "Updated 2023-07-28\nSales rose in 2006."
    sections = (Section("navigation", 0, 18), Section("body", 19, len(text)))
    mentions = finder.find(parse(blank_nlp, Document(id="d", text=text, sections=sections)))
    assert _texts(text, mentions) == ["2006"]


def test_paragraphs_are_not_joined(finder: DateFinder, blank: Any) -> None:
    text = "Sales rose in May\n\n2006 was a good year"
    assert "May\n\n2006" not in _texts(text, finder.find(blank(text, PUBLISHED)))


WORDS = """
    May 2006 the of last year 31 Friday , . - ' 's months ago between and first quarter 10:30 a.m. 99999
    90s 2006-11-04 half to hundred twenty -five 1/2 ½ É ( ) next after two until Q3 $
"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])
PUBLICATIONS = st.sampled_from(
    [None, PUBLISHED, dt.date(2000, 2, 29), dt.date(1, 1, 2), dt.date(9999, 12, 30)]
)


@given(st.lists(PIECES, max_size=40), PUBLICATIONS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gives_ordered_disjoint_mentions_with_fitting_bounds(
    finder: DateFinder, blank: Any, pieces: list[str], published: dt.date | None
) -> None:
    text = " ".join(pieces)
    mentions = finder.find(blank(text, published))
    for one, other in pairwise(mentions):
        assert one.end <= other.start
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        if mention.edtf is not None:
            assert edtf_bounds(mention.edtf) == (mention.date_start, mention.date_end)


def _seconds(finder: DateFinder, nlp: Any, text: str) -> float:
    """Time of the finder alone: the block's Doc is one word, as spaCy's tokenizer has limits of its own."""
    document = Document(id="t", text=text, published=PUBLISHED)
    parsed = _assemble(document, [(Section("body", 0, len(text)), Doc(nlp.vocab, words=["x"]))])
    begin = time.process_time()
    finder.find(parsed)
    return time.process_time() - begin


ODD = ("2006-", "the past ", "May ", "1/2 ", "twenty-", "and 3, ", "a. ", "years ", "between 2006 and ")


@pytest.mark.parametrize("piece", ODD)
def test_odd_input_takes_linear_time(finder: DateFinder, blank_nlp: Any, piece: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (10_000, 40_000))
    _seconds(finder, blank_nlp, small)
    # The least of three: a busy machine slows single runs down. Quadratic time would be 16 times as long.
    times = [min(_seconds(finder, blank_nlp, text) for _ in range(3)) for text in (small, large)]
    assert times[1] < 12 * max(times[0], 0.05)


@pytest.mark.parametrize("piece", ["9", "(", ",", "1,", "12:", "\n", "-", "."])
def test_a_megabyte_of_digits_or_signs_takes_under_a_second(
    finder: DateFinder, blank_nlp: Any, piece: str
) -> None:
    assert _seconds(finder, blank_nlp, piece * (1_000_000 // len(piece))) < 1


def test_a_malformed_rule_is_named(tmp_path: Any) -> None:
    from newsfacts.errors import RulesError

    folder = tmp_path / "dates"
    folder.mkdir()
    broken = "macros: {}\nrules:\n  - {name: bad, match: d=nosuchclass, resolve: iso}\n"
    (folder / "grammar.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(RulesError, match="nosuchclass"):
        DateFinder.from_rules(RuleSet(tmp_path))
