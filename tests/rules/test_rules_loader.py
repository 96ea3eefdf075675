"""Rules files: what is accepted, and how a mistake is reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
import yaml

from newsfacts.dates.shapes import Grammar
from newsfacts.errors import RulesError
from newsfacts.rules import RuleSet
from newsfacts.rules.loader import compile_pattern, default_rules_dir


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    weight: int = 1


class Dictionary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entries: dict[str, Word]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[Word, ...]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder, with one of the shipped files so that it is one of rules."""
    (tmp_path / "sections").mkdir()
    shutil.copy(RuleSet().path("sections/limits.yaml"), tmp_path / "sections")
    return tmp_path


def read(folder: Path, text: str) -> Words:
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    return RuleSet(folder).read("words.yaml", Words)


def test_definitions_become_frozen_structs(folder: Path) -> None:
    assert read(folder, "words:\n  - {name: yuan, weight: 2}\n") == Words((Word("yuan", 2),))


def test_word_lists_keep_words_that_yaml_would_turn_into_truth_values_or_days(folder: Path) -> None:
    found = read(folder, "words:\n  - name: no\n  - name: on\n  - name: 2024-01-02\n")
    assert [w.name for w in found.words] == ["no", "on", "2024-01-02"]


def test_unknown_key_is_refused_with_file_line_and_field(folder: Path) -> None:
    with pytest.raises(RulesError) as caught:
        read(folder, "words:\n  - name: yuan\n  - name: mu\n    wieght: 3\n")
    assert caught.value.line == 4
    assert caught.value.field == "words[1].wieght"
    assert str(folder / "words.yaml") in str(caught.value)


def test_unknown_key_in_an_entry_of_a_mapping_has_its_line(folder: Path) -> None:
    (folder / "d.yaml").write_text("entries:\n  a: {name: x}\n  b:\n    hue: 1\n", "utf-8")
    with pytest.raises(RulesError) as caught:
        RuleSet(folder).read("d.yaml", Dictionary)
    assert caught.value.line == 4


def test_unknown_key_in_the_grammar_of_dates_has_its_line_and_field(folder: Path) -> None:
    text = (default_rules_dir() / "dates/grammar.yaml").read_text("utf-8")
    (folder / "dates").mkdir()
    (folder / "dates/grammar.yaml").write_text(text.replace('match: "d=iso"', 'mtach: "d=iso"'), "utf-8")
    with pytest.raises(RulesError) as caught:
        RuleSet(folder).read("dates/grammar.yaml", Grammar)
    assert caught.value.field == "rules[0].mtach"
    assert caught.value.line == 1 + text[: text.index("d=iso")].count("\n")


@pytest.mark.parametrize("name", [n for n in RuleSet().names() if n.endswith(".yaml")])
def test_every_shipped_file_is_read_without_libyaml(name: str) -> None:
    """Where PyYAML has no C extension its own loader must read the rules."""
    yaml.compose(RuleSet().path(name).read_text("utf-8"), Loader=yaml.SafeLoader)


def test_wrong_type_is_refused_with_its_line(folder: Path) -> None:
    with pytest.raises(RulesError) as caught:
        read(folder, "words:\n  - name: yuan\n    weight: heavy\n")
    assert (caught.value.line, caught.value.field) == (3, "words[0].weight")


def test_broken_yaml_is_refused_with_its_line(folder: Path) -> None:
    with pytest.raises(RulesError) as caught:
        read(folder, "words:\n  - name: [yuan\n")
    assert caught.value.line is not None


def test_bad_regular_expression_names_file_and_field() -> None:
    with pytest.raises(RulesError, match=r"a\.yaml \(skip\): bad regular expression"):
        compile_pattern("(", file="a.yaml", field="skip")


def test_missing_file_and_missing_folder_are_named(folder: Path) -> None:
    with pytest.raises(RulesError, match=r"nothing\.yaml"):
        RuleSet(folder).path("nothing.yaml")
    with pytest.raises(RulesError, match="no such folder"):
        RuleSet(folder / "gone")


@pytest.mark.parametrize("inside", [None, "notes.txt", "units.yaml", "sections/limits.yml"])
def test_a_folder_without_rules_is_refused_and_says_what_is_missing(
    tmp_path: Path, inside: str | None
) -> None:
    if inside is not None:
        (tmp_path / inside).parent.mkdir(exist_ok=True)
        (tmp_path / inside).write_text("", encoding="utf-8")
    with pytest.raises(
        RulesError, match=r"no rules in this folder.*such as quantities/units\.yaml"
    ) as caught:
        RuleSet(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert "dates, linking, places, quantities, sections" in caught.value.remedy


def test_a_users_folder_replaces_file_by_file(folder: Path) -> None:
    shipped = RuleSet()
    name = shipped.names()[0]
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("changed: true\n", encoding="utf-8")
    mine = RuleSet(folder)
    assert mine.path(name) == folder / name
    assert mine.names() == shipped.names()
    assert mine.fingerprint() != shipped.fingerprint()


def test_fingerprint_depends_on_content_only() -> None:
    assert RuleSet().fingerprint() == RuleSet().fingerprint()
    assert default_rules_dir().is_dir()
