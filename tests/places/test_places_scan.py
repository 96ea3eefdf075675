from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from newsfacts.places.scan import words


def test_a_possessive_is_cut_off() -> None:
    found = words("China's growth and the workers' pay", 0, 35)
    assert (found[0].text, found[0].possessive) == ("China", True)
    assert found[0].end == 5
    assert next(w for w in found if w.text == "workers").possessive


def test_abbreviations_are_words() -> None:
    text = "U.S-based and W.Va. in St. Louis"
    assert [w.text for w in words(text, 0, len(text))] == [
        "U.S",
        "based",
        "and",
        "W",
        "Va",
        "in",
        "St",
        "Louis",
    ]


def test_a_full_stop_counts_where_there_is_one() -> None:
    assert [w.dotted for w in words("Calif. or Man's. in Calif", 0, 25)] == [True, False, False, False, False]
    assert [w.dotted for w in words("Calif.", 0, 5)] == [False]


def test_offsets_are_the_documents() -> None:
    text = "xxxx Xi'an, China"
    assert [text[w.start : w.end] for w in words(text, 5, len(text))] == ["Xi'an", "China"]


@given(st.text(max_size=200))
def test_words_are_ordered_and_cover_what_they_say(text: str) -> None:
    last = 0
    for word in words(text, 0, len(text)):
        assert last <= word.start < word.end
        assert text[word.start : word.end] == word.text
        last = word.end


def test_long_odd_input_is_quick() -> None:
    for piece in ("1", "(", "A.", "A ", "’s"):
        text = piece * (100_000 // len(piece))
        started = time.process_time()
        words(text, 0, len(text))
        assert time.process_time() - started < 1.5
