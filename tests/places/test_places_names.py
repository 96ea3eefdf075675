from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.places.names import fold


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("St. John's", "saint johns"),
        ("Fort St. John", "fort saint john"),
        ("Mt. Etna", "mount etna"),
        ("Côte d'Ivoire", "cote divoire"),
        ("U.S.", "us"),
        ("Baden-Württemberg", "baden wurttemberg"),
        ("Łódź", "lodz"),
        ("  New   York ", "new york"),
        ("...", ""),
    ],
)
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
