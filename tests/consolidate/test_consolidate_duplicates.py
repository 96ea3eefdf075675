"""Near-duplicates: the index against comparing all pairs."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.consolidate.duplicates import find_copies, jaccard, shingles
from newsfacts.consolidate.minhash import PLACES, BandIndex, rows_per_band, signature

WORDS = [f"w{i}" for i in range(400)]


def article(rng: random.Random, words: int = 200) -> list[str]:
    return rng.choices(WORDS, k=words)


def changed(rng: random.Random, words: list[str], places: int) -> list[str]:
    other = list(words)
    for i in rng.sample(range(len(other)), places):
        other[i] = "other"
    return other


def corpus() -> list[tuple[str, str]]:
    """40 articles, each with copies in which 0 to 28 words were changed."""
    rng = random.Random(7)
    texts = []
    for n in range(40):
        words = article(rng)
        texts.append((f"a{n:02d}", " ".join(words)))
        texts += [(f"a{n:02d}-{k}", " ".join(changed(rng, words, k))) for k in (0, 2, 6, 14, 28)]
    return texts


def all_pairs(texts: list[tuple[str, str]], threshold: float) -> dict[str, str]:
    """What find_copies promises, by comparing every document with every original."""
    originals: dict[str, frozenset[str]] = {}
    copies: dict[str, str] = {}
    for name, text in texts:
        parts = shingles(text)
        scored = [(jaccard(parts, originals[o]), o) for o in sorted(originals)]
        best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
        if best[0] >= threshold:
            copies[name] = best[1]
        else:
            originals[name] = parts
    return copies


@pytest.mark.parametrize("threshold", [0.3, 0.6, 0.9, 1.0])
def test_the_index_finds_the_copies_that_comparing_all_pairs_finds(threshold: float) -> None:
    texts = corpus()
    expected = all_pairs(texts, threshold)
    assert 40 <= len(expected) < len(texts)
    assert find_copies(texts, threshold) == expected


def test_agreeing_places_estimate_the_similarity() -> None:
    # The standard deviation of one estimate is at most 0.5 / sqrt(PLACES) = 0.044.
    texts = [shingles(text) for _, text in corpus()[:36]]
    errors = [float(np.mean(signature(a) == signature(b))) - jaccard(a, b) for a, b in combinations(texts, 2)]
    assert abs(np.mean(errors)) < 0.01
    assert max(map(abs, errors)) < 0.2


def test_signatures_are_the_same_on_every_machine() -> None:
    assert signature({"one", "two"}).tolist()[:3] == [1993183142, 2733391262, 286961650]


@given(st.sets(st.text(max_size=8), max_size=20))
def test_a_signature_knows_no_order(parts: set[str]) -> None:
    ordered = sorted(parts)
    assert signature(ordered).tolist() == signature(ordered[::-1]).tolist()


def test_a_long_text_is_taken_in_pieces() -> None:
    parts = [str(i) for i in range(10_000)]
    whole = np.minimum(signature(parts[:5000]), signature(parts[5000:]))
    assert signature(parts).tolist() == whole.tolist()


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.6, 0.8, 0.95])
def test_bands_miss_at_most_one_pair_in_ten_thousand_at_the_threshold(threshold: float) -> None:
    rows = rows_per_band(threshold)
    assert (1 - threshold**rows) ** (PLACES // rows) <= 0.0001
    more = rows + 1
    assert (1 - threshold**more) ** (PLACES // more) > 0.0001


def test_empty_texts_are_nobodys_copies() -> None:
    assert find_copies([("a", ""), ("b", " ... "), ("c", "one two")], 0.6) == {}


def test_an_index_names_each_set_once() -> None:
    index = BandIndex(0.6)
    index.add("b", signature({"x"}))
    index.add("a", signature({"x"}))
    assert index.candidates(signature({"x"})) == ["a", "b"]
