"""Descriptions of odd input: nothing raises, and long lists of numbers take linear time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from newsfacts.language import Parsed
from newsfacts.linking.clause import Describer
from newsfacts.model import QUANTITY_TYPES, QuantityMention
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

ODD = st.text(alphabet="ab 1,.%$()-–'\"\n;:/ofby to", max_size=80)
TYPES = st.sampled_from(QUANTITY_TYPES)


@pytest.fixture(scope="module")
def describer(rules: RuleSet) -> Describer:
    return Describer.from_rules(rules)


def mention(start: int, end: int, kind: str = "count", twin: int | None = None) -> QuantityMention:
    return QuantityMention(
        start=start, end=end, type=kind, number_start=start, number_end=end, twin=twin, rule="odd"
    )


@settings(max_examples=150, deadline=None)
@given(left=ODD, number=st.integers(0, 10**6), right=ODD, kind=TYPES)
def test_any_text_is_described(
    blank: Callable[[str], Parsed], describer: Describer, left: str, number: int, right: str, kind: str
) -> None:
    text = f"{left}{number}{right}"
    one = mention(len(left), len(left) + len(str(number)), kind)
    found = describer.describe(blank(text), one, [one])
    for phrase in (found.item, found.subject):
        assert phrase is None or text[phrase.start : phrase.end] == phrase.text


def test_a_mention_that_is_its_own_twin_ends(blank: Callable[[str], Parsed], describer: Describer) -> None:
    one = mention(0, 2, twin=0)
    assert describer.describe(blank("30 towns"), one, [one]).rules


def test_a_mention_outside_the_text_has_no_description(
    blank: Callable[[str], Parsed], describer: Describer
) -> None:
    one = mention(900, 902)
    assert describer.describe(blank("30 towns"), one, [one]).rules == ("no-site",)


def test_long_lists_take_linear_time(blank: Callable[[str], Parsed], describer: Describer) -> None:
    def seconds(n: int) -> float:
        text = "12 percent, or " * n
        parsed = blank(text)
        mentions = [mention(m.start(), m.end(), "percent") for m in re.finditer("12 percent", text)]
        start = time.perf_counter()
        for one in mentions:
            describer.describe(parsed, one, mentions)
        return time.perf_counter() - start

    seconds(50)
    assert seconds(1200) < 12 * max(seconds(300), 0.02)


@pytest.mark.model
def test_a_quantity_over_the_end_of_a_sentence_breaks_nothing(nlp: Language, rules: RuleSet) -> None:
    text = "The Oslo Mill advanced 8 cents to 27. 60 dollars, Rio Mill improved 9 cents to 79.20 dollars."
    facts = Pipeline(nlp, rules).facts(text)
    assert "27. 60 dollars" in [text[fact.start : fact.end] for fact in facts]
