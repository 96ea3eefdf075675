from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsfacts.batch.rulecheck import FamilyReport, check_rules, copy_rules, list_rules, rules_schema, shapes
from newsfacts.errors import ConfigurationError
from newsfacts.rules import ExampleFile, RuleSet

EXAMPLE = '  - {rule: count, text: "The team won 3 prizes.", finds: [{text: "%s", type: count}]}\n'


def problems(reports: list[FamilyReport]) -> dict[str, tuple[str, ...]]:
    return {report.family: report.problems for report in reports if report.problems}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "quantities").mkdir()
    shutil.copy(RuleSet().path("quantities/ranks.yaml"), tmp_path / "quantities")
    return tmp_path


@pytest.mark.model
def test_the_shipped_rules_are_right() -> None:
    reports = check_rules()
    assert problems(reports) == {}
    families = [
        "sections",
        "asides",
        "quantities",
        "dates",
        "places",
        "linking",
        "tabular",
        "consolidate",
        "check",
    ]
    families += ["table", "calibration"]  # their files have no examples
    assert [report.family for report in reports] == families
    assert sum(report.examples for report in reports) > 100


def test_an_example_that_comes_out_otherwise_is_named_with_its_line(mine: Path) -> None:
    path = mine / "quantities/examples.yaml"
    path.write_text("# mine\nexamples:\n" + EXAMPLE % "3" + EXAMPLE % "4")
    found = problems(check_rules(mine))
    assert list(found) == ["quantities"]
    (problem,) = found["quantities"]
    assert problem.startswith(
        f"{path}:4 (examples): count: in 'The team won 3 prizes.' found ['3'], expected ['4']"
    )


def test_a_file_of_the_wrong_shape_is_named_with_line_and_field(mine: Path) -> None:
    path = mine / "quantities/modifiers.yaml"
    path.write_text("\ncolour: red\n")
    (problem,) = problems(check_rules(mine))["quantities"]
    assert problem.startswith(f"{path}:")


def test_a_file_that_nobody_reads_is_named(mine: Path) -> None:
    (mine / "quantities/modifier.yaml").write_text("{}")
    (problem,) = problems(check_rules(mine))["(unknown)"]
    assert problem.startswith(f"{mine / 'quantities/modifier.yaml'}: no rules file has this name")


def test_rules_are_listed_with_their_examples(mine: Path) -> None:
    (mine / "quantities/examples.yaml").write_text(
        "examples:\n" + EXAMPLE % "3" + '  - {rule: count, text: "One of them.", finds: []}\n'
    )
    entries = {(entry.family, entry.rule): entry for entry in list_rules(mine)}
    entry = entries["quantities", "count"]
    assert (entry.positive, entry.negative) == (1, 1)


def test_copied_rules_are_the_shipped_ones(tmp_path: Path) -> None:
    count = copy_rules(tmp_path / "rules")
    assert RuleSet(tmp_path / "rules").fingerprint() == RuleSet().fingerprint()
    assert count >= len(RuleSet().names())
    with pytest.raises(ConfigurationError, match="is not empty"):
        copy_rules(tmp_path / "rules")


def test_every_yaml_file_has_a_schema() -> None:
    # The curated places are built into the gazetteer and not read when facts are extracted.
    names = [n for n in RuleSet().names() if n.endswith(".yaml") and not n.startswith("places/curated/")]
    assert set(names) <= set(shapes())
    assert shapes()["quantities/examples.yaml"] is ExampleFile
    assert rules_schema("quantities/examples.yaml")["$ref"] == "#/$defs/ExampleFile"
    with pytest.raises(ConfigurationError, match="no schema for rules file"):
        rules_schema("quantities/nothing.yaml")
