"""The word lists of rules/linking."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsfacts.errors import RulesError
from newsfacts.linking.lexicon import ChangeWords, ItemWords
from newsfacts.rules import RuleSet


def test_no_word_rises_and_falls(rules: RuleSet) -> None:
    words = ChangeWords.from_rules(rules)
    for kind in (words.verbs, words.guarded, words.nouns, words.adverbs, words.comparatives):
        assert set(kind.values()) == {"up", "down"}
    both = [w for w in words.verbs if w in words.guarded and words.verbs[w] != words.guarded[w]]
    assert both == []


def test_verbs_are_not_guarded_twice(rules: RuleSet) -> None:
    words = ChangeWords.from_rules(rules)
    assert sorted(set(words.verbs) & set(words.guarded)) == []


def test_rates_are_ucum_codes(rules: RuleSet) -> None:
    words = ItemWords.from_rules(rules)
    codes = {"a", "mo", "wk", "d", "h", "min", "s", "{person}"}
    assert set(words.rates.values()) | set(words.periods.values()) <= codes


def test_a_mistake_names_file_and_field(tmp_path: Path) -> None:
    folder = tmp_path / "linking"
    folder.mkdir()
    (folder / "subject.yaml").write_text("object_control: [allow]\nattaching: 3\n", encoding="utf-8")
    with pytest.raises(RulesError, match=r"subject\.yaml") as error:
        ItemWords.from_rules(RuleSet(tmp_path))
    assert error.value.field == "attaching"


def test_a_users_words_replace_shipped_ones(tmp_path: Path) -> None:
    shipped = RuleSet().path("linking/change.yaml").read_text(encoding="utf-8")
    (tmp_path / "linking").mkdir()
    (tmp_path / "linking" / "change.yaml").write_text(shipped.replace("soar,", "moon,"), encoding="utf-8")
    words = ChangeWords.from_rules(RuleSet(tmp_path))
    assert words.verbs["moon"] == "up"
    assert "soar" not in words.verbs
