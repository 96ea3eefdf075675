"""`newsfacts gate`: exit codes, reports, pinning."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.diff import fact_builders
from tests.diff.fact_builders import TEXT, facts, gold, loads, quantity, write_lines, write_run
from typer.testing import CliRunner, Result

from newsfacts.cli.app import app
from newsfacts.model import Fact

Gate = Callable[..., Result]
#: Of several documents, so that a floor lies below a score of less than 1.
DOCUMENTS = ("a", "b", "c", "d", "e", "f")
RIGHT = [fact for name in DOCUMENTS for fact in facts(name)]


def spoilt(name: str, found: Sequence[Fact] = RIGHT) -> list[Fact]:
    """The same, but one document's count is exact and its percentage is missing."""
    kept = [f for f in found if not (f.doc_id == name and f.type == "percent")]
    return [replace(f, modifier="=", low=None) if f.doc_id == name and f.type == "count" else f for f in kept]


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    write_lines(tmp_path / "gold.jsonl", gold(RIGHT))

    def run(found: Sequence[Fact], *options: object, text: str = TEXT) -> Result:
        folder = write_run(tmp_path / "out", found, text=text)
        files = ("--gold", tmp_path / "gold.jsonl", "--baseline", tmp_path / "baseline.json")
        return CliRunner().invoke(app, ["gate", str(folder), *map(str, (*files, *options))])

    return run


def test_the_pinned_run_passes(gate: Gate) -> None:
    assert gate(RIGHT, "--pin").exit_code == 0
    result = gate(RIGHT)
    assert result.exit_code == 0
    assert "gate: passed" in result.stderr


def test_an_incomplete_document_is_a_regression_that_is_named_and_not_pinned(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate(RIGHT, "--pin")
    complete = fact_builders._document
    monkeypatch.setattr(
        fact_builders, "_document", lambda *told: replace(complete(*told), incomplete=("dates", "linking"))
    )
    result = gate(RIGHT[:], "--junit", tmp_path / "gate.xml", "--markdown", tmp_path / "gate.md")
    assert result.exit_code == 5
    assert "incomplete: a lacks dates, linking" in result.stderr
    assert "gate: regression" in result.stderr
    assert "- f lacks dates, linking" in (tmp_path / "gate.md").read_text(encoding="utf-8")
    suites = {s.get("name"): s.get("failures") for s in ET.parse(tmp_path / "gate.xml").getroot()}
    assert suites["complete documents"] == str(len(DOCUMENTS))
    assert json.loads(gate(RIGHT, "--json").stdout)["incomplete"]["a"] == ["dates", "linking"]
    before = (tmp_path / "baseline.json").read_bytes()
    assert gate(RIGHT, "--pin").exit_code == 5
    assert (tmp_path / "baseline.json").read_bytes() == before
    assert gate(RIGHT, "--pin", "--allow-lower").exit_code == 0


def test_below_a_floor_is_exit_1_and_names_the_facts(gate: Gate) -> None:
    gate(RIGHT, "--pin")
    result = gate(spoilt("c"))
    assert result.exit_code == 1
    assert "strict_f1.percent" in result.stderr
    assert "changed (right -> wrong): count 'more than 20' at 12-24 of c: low 20 -> -, modifier > -> =" in (
        result.stderr
    )
    assert "lost (was right): percent '5 percent' at 69-78 of c: 5 %" in result.stderr


def test_lower_than_pinned_but_above_the_floors_is_exit_5(gate: Gate) -> None:
    gate(spoilt("a"), "--pin")
    worse = [replace(f, item="crates") if (f.doc_id, f.text) == ("a", "300") else f for f in spoilt("a")]
    result = gate(worse)
    assert result.exit_code == 5
    assert re.search(r"strict_f1: \d+\.\d -> \d+\.\d", result.stderr)
    assert "gate: regression" in result.stderr


def test_a_right_fact_swapped_for_another_is_a_regression_though_no_score_fell(gate: Gate) -> None:
    gate(spoilt("a"), "--pin")
    result = gate(spoilt("b"))
    assert result.exit_code == 5
    assert "of b: low 20 -> -" in result.stderr
    assert "of a" not in result.stderr


def test_better_passes(gate: Gate) -> None:
    gate(spoilt("a"), "--pin")
    assert gate(RIGHT).exit_code == 0


def test_a_floor_of_the_command_line(gate: Gate) -> None:
    gate(spoilt("a"), "--pin")
    assert gate(spoilt("a"), "--min", "attribute.modifier=0.5").exit_code == 0
    assert gate(spoilt("a"), "--min", "attribute.modifier=1").exit_code == 1


def test_new_wrong_facts_are_named(gate: Gate) -> None:
    gate(RIGHT, "--pin")
    result = gate([*RIGHT, quantity("2021", 2021, doc="d")])
    assert "gained (wrong): count '2021' at 7-11 of d: 2021" in result.stderr


@pytest.mark.parametrize("option", [("--allow-lower",), ("--min", "strict_f2=1"), ("--min", "recall=95")])
def test_wrong_options_are_exit_4(gate: Gate, option: tuple[str, ...]) -> None:
    gate(RIGHT, "--pin")
    assert gate(RIGHT, *option).exit_code == 4


def test_no_baseline_is_exit_4(gate: Gate) -> None:
    assert gate(RIGHT).exit_code == 4


def test_other_texts_are_exit_4(gate: Gate) -> None:
    gate(RIGHT, "--pin")
    result = gate(RIGHT, text=TEXT + " And more.")
    assert result.exit_code == 4
    assert "these texts are not those of the pinned run: a, b, c, d, e and 1 more" in result.stderr


def test_another_gold_is_exit_4(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    write_lines(tmp_path / "gold.jsonl", gold(RIGHT[1:3]))
    assert gate(RIGHT).exit_code == 4


def test_a_document_that_could_not_be_read_is_no_configuration_error(gate: Gate) -> None:
    gate(RIGHT, "--pin")
    assert gate([fact for fact in RIGHT if fact.doc_id != "c"]).exit_code == 1


@pytest.mark.parametrize("damage", ["gone", "other"])
def test_pinned_facts_must_be_those_of_the_baseline(gate: Gate, tmp_path: Path, damage: str) -> None:
    gate(RIGHT, "--pin")
    file = tmp_path / "baseline.facts.jsonl"
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b"\n")
    assert gate(RIGHT).exit_code == 4
    mended = gate(RIGHT, "--pin")
    assert (mended.exit_code, "not compared" in mended.stderr) == (0, True)
    assert gate(RIGHT).exit_code == 0


def test_a_pin_never_lowers_silently(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    files = [tmp_path / "baseline.json", tmp_path / "baseline.facts.jsonl"]
    before = [file.read_bytes() for file in files]
    refused = gate(spoilt("b"), "--pin")
    assert refused.exit_code == 5
    assert "is unchanged" in refused.stderr
    assert [file.read_bytes() for file in files] == before
    allowed = gate(spoilt("b"), "--pin", "--allow-lower")
    assert allowed.exit_code == 0
    assert "pinned lower: strict_f1.percent: 100.0 ->" in allowed.stderr
    assert "pinned lower: floor of strict_f1.percent: 100.0 ->" in allowed.stderr
    assert "lost (was right): percent '5 percent' at 69-78 of b" in allowed.stderr
    assert gate(spoilt("b")).exit_code == 0


def test_a_floor_set_by_hand_stays(gate: Gate, tmp_path: Path) -> None:
    gate(spoilt("a"), "--pin")
    path = tmp_path / "baseline.json"
    baseline = loads(path)
    floors = baseline["floors"] | {"strict_f1": baseline["scores"]["strict_f1"], "attribute.item": 0.9}
    path.write_text(json.dumps(baseline | {"floors": floors}))
    assert gate(RIGHT, "--pin").exit_code == 0
    assert loads(path)["floors"]["attribute.item"] == 0.9
    assert loads(path)["floors"]["strict_f1"] == 1


def test_pins_are_stable_and_pinned_facts_read_back(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    files = [tmp_path / "baseline.json", tmp_path / "baseline.facts.jsonl"]
    before = [file.read_bytes() for file in files]
    assert b"null" not in before[1]
    gate(RIGHT, "--pin")
    assert [file.read_bytes() for file in files] == before
    command = ["diff", str(files[1]), str(tmp_path / "out"), "--exit-code"]
    assert CliRunner().invoke(app, command).exit_code == 0


def test_only_the_gate_writes_a_baseline_with_facts(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    files = ["--gold", str(tmp_path / "gold.jsonl"), "--baseline", str(tmp_path / "baseline.json")]
    assert CliRunner().invoke(app, ["evaluate", str(tmp_path / "out"), *files]).exit_code == 0
    assert CliRunner().invoke(app, ["evaluate", str(tmp_path / "out"), *files, "--pin"]).exit_code == 4


def test_a_baseline_of_scores_alone_guards_scores(gate: Gate, tmp_path: Path) -> None:
    write_run(tmp_path / "out", RIGHT)
    files = ["--gold", str(tmp_path / "gold.jsonl"), "--baseline", str(tmp_path / "baseline.json")]
    CliRunner().invoke(app, ["evaluate", str(tmp_path / "out"), *files, "--pin"])
    assert gate(RIGHT).exit_code == 0
    worse = gate(spoilt("a"), "--markdown", tmp_path / "summary.md")
    assert worse.exit_code == 1
    assert "no facts are pinned" in worse.stderr
    assert "No facts are pinned" in (tmp_path / "summary.md").read_text()


def test_junit_has_a_failure_for_every_figure_and_document(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    gate(spoilt("c"), "--junit", tmp_path / "gate.xml")
    root = ET.parse(tmp_path / "gate.xml").getroot()
    failed = {case.get("name"): case.find("failure") for case in root.iter("testcase")}
    assert failed["a"] is None
    assert failed["c"] is not None
    assert "'5 percent'" in str(failed["c"].text)
    assert failed["strict_f1.percent"] is not None
    assert root.get("tests") == str(len(list(root.iter("testcase"))))
    assert root.get("failures") == str(len(list(root.iter("failure"))))


def test_junit_of_a_passed_gate_has_no_failure(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    gate(RIGHT, "--junit", tmp_path / "gate.xml")
    root = ET.parse(tmp_path / "gate.xml").getroot()
    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    assert int(root.get("tests", "0")) > len(DOCUMENTS)


def test_junit_of_a_gate_that_cannot_run_holds_an_error(gate: Gate, tmp_path: Path) -> None:
    assert gate(RIGHT, "--junit", tmp_path / "gate.xml").exit_code == 4
    error = ET.parse(tmp_path / "gate.xml").getroot().find(".//error")
    assert error is not None
    assert "cannot read the baseline" in str(error.get("message"))


def test_junit_survives_characters_that_xml_cannot_hold(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    odd = replace(RIGHT[1], unit="\x0b\ufffe<&>", item="x\x00")
    gate([RIGHT[0], odd, *RIGHT[2:]], "--junit", tmp_path / "gate.xml")
    assert "<&>" in "".join(ET.parse(tmp_path / "gate.xml").getroot().itertext())


def test_summary_is_added_to_that_of_the_job(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate(RIGHT, "--pin")
    summary = tmp_path / "step.md"
    summary.write_text("# Job\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    gate(spoilt("c"), "--markdown", tmp_path / "own.md")
    text = summary.read_text()
    assert text.startswith("# Job\n")
    assert "newsfacts gate: below the floor" in text
    assert "**more than 20** mills" in text
    assert (tmp_path / "own.md").read_text() in text


def test_page_and_json_name_the_lost_facts(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    result = gate(spoilt("c"), "--html", tmp_path / "gate.html", "--json")
    found = json.loads(result.stdout)
    assert found["verdict"] == "below the floor"
    assert {entry["doc_id"] for entry in found["lost"]} == {"c"}
    assert "<del>5 percent</del>" in (tmp_path / "gate.html").read_text()


def test_quiet_prints_failures_only(gate: Gate) -> None:
    gate(RIGHT, "--pin")
    assert gate(RIGHT, "--quiet").output == ""
    assert "gate: below the floor" in gate(spoilt("c"), "--quiet").stderr


@pytest.mark.parametrize("options", [(), ("--pin",)])
def test_gold_and_facts_are_read_once(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    gate(RIGHT, "--pin")
    opened: list[str] = []
    path_open = Path.open

    def counted(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        opened.extend([path.name] if "r" in mode else [])
        return path_open(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", counted)
    assert gate(RIGHT, *options).exit_code == 0
    assert (opened.count("gold.jsonl"), opened.count("facts.jsonl")) == (1, 1)


def test_precision_at_a_cut_is_held(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    baseline = tmp_path / "baseline.json"
    content = json.loads(baseline.read_bytes())
    content["floors"] |= {"precision_at_50.dates": 0.9, "coverage_at_50.dates": 0.9}
    baseline.write_text(json.dumps(content))
    assert gate(RIGHT).exit_code == 0
    wrong = [replace(f, edtf="1999") if f.type == "date" and f.doc_id < "d" else f for f in RIGHT]
    result = gate(wrong)
    assert result.exit_code == 1
    assert "precision_at_50.dates: 50.0 is below 90.0" in result.stderr
    unsure = [replace(f, confidence=0.1) for f in RIGHT]
    result = gate(unsure, "--min", "precision_at_99.dates=0.9")
    assert result.exit_code == 4
    assert "no fact here reaches a calibrated precision of 99" in " ".join(result.stderr.split())
    assert gate(RIGHT, "--pin").exit_code == 0
    assert json.loads(baseline.read_bytes())["floors"]["precision_at_50.dates"] == 0.9


def test_gold_of_other_articles_cannot_be_run(gate: Gate, tmp_path: Path) -> None:
    gate(RIGHT, "--pin")
    write_lines(tmp_path / "gold.jsonl", gold(facts("elsewhere")))
    result = gate(RIGHT)
    assert result.exit_code == 4
    assert "gold of other articles" in " ".join(result.stderr.split())
