"""Switches of the ablation, and its table, without a model."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import FunctionType

import pytest

from newsfacts.rules import RuleSet


def of(annotation: str, hints: str = "x: str") -> FunctionType:
    scope: dict[str, FunctionType] = {}
    lines = ["from __future__ import annotations", f"def f(self, {hints}) -> {annotation}: return 'found'"]
    exec("\n".join(lines), scope)
    return scope["f"]


@pytest.mark.parametrize(
    ("annotation", "nothing"),
    [
        ("Phrase | None", None),
        ("None", None),
        ("bool", False),
        ("list[Site]", []),
        ("tuple[Site, ...]", ()),
        ("frozenset[str]", frozenset()),
        ("Mapping[str, int]", {}),
        ("dict[str, int] | None", None),
    ],
)
def test_what_nothing_is_says_the_annotation(annotation: str, nothing: object) -> None:
    from ablate.switches import _nothing

    function, code = of(annotation), _nothing(of(annotation))
    assert function(None, "word") == "found"
    assert code is not None
    function.__code__ = code
    assert function(None, "word") == nothing
    assert function(None, x="word") == nothing


def test_what_passes_something_on_changed_passes_it_on() -> None:
    from ablate.switches import _nothing

    function = of("Amount", "text: str, amount: Amount, last: int = 3")
    code = _nothing(function)
    assert code is not None
    function.__code__ = code
    assert function(None, "text", "an amount") == "an amount"
    assert function(None, text="text", amount="an amount") == "an amount"


@pytest.mark.parametrize("annotation", ["Amount", "int", "tuple[int, int]", "str"])
def test_a_function_that_must_answer_has_no_switch(annotation: str) -> None:
    from ablate.switches import _nothing

    assert _nothing(of(annotation, "x: float")) is None


def test_a_switch_reaches_every_caller_and_goes_on_again() -> None:
    from ablate.switches import functions
    from newsfacts.linking.phrases import is_noun

    [switch] = [one for one in functions() if one.name == "linking.phrases.is_noun"]
    with pytest.raises(AttributeError):
        is_noun(object())  # type: ignore[arg-type]
    switch.set(off=True)
    try:
        assert is_noun(object()) is False  # type: ignore[arg-type]
    finally:
        switch.set(off=False)
    with pytest.raises(AttributeError):
        is_noun(object())  # type: ignore[arg-type]


def test_rules_are_taken_out_one_by_one() -> None:
    from ablate.switches import data

    switches = data(RuleSet())
    names = {switch.name: switch for switch in switches}
    assert len(names) == len(switches)
    less = names["rules/dates/grammar.yaml: rules month-day"].content["rules"]
    assert "month-day" not in {rule["name"] for rule in less}
    assert "month-day-year" in {rule["name"] for rule in less}
    assert names["rules/places/evidence.yaml: weights preposition"].content["weights"]["preposition"] == 0
    files = {switch.file for switch in switches}
    assert not {"dates/examples.yaml", "quantities/currencies.yaml"} & files


def test_table_judges_a_rule_on_later_rounds_only(tmp_path: Path) -> None:
    from ablate.measure import Effect
    from ablate.table import later, read_since, table

    (tmp_path / "since.yaml").write_text("0: [linking.b, linking.c]\n1: [linking.a]\n2:\n")
    since = read_since(tmp_path / "since.yaml")
    rounds = ["dev", "1", "2"]
    assert later("linking.a", rounds, since) == ["2"]
    assert later("linking.b", rounds, since) == ["1", "2"], "older than every round"
    assert later("linking.new", rounds, since) == [], "nobody said when it was written"
    effects = [
        Effect("linking.a", 7, 3, 5, Counter({"1": 9, "2": -1}), Counter({"1": 9, "2": 0})),
        Effect("linking.b", 4, 2, 1, Counter({"1": 2}), Counter({"1": -1}), Counter({"1": 3})),
        Effect("linking.c", 3, 2),
        Effect("dates.d", 2),
    ]
    lines = list(table(effects, Effect("1 functions together", 3, 5), rounds, since))
    assert "| linking | 3 | 14 | 0 | 1 | 3 | 2 |" in lines
    assert "| `linking.a` | 1 | 7 | 3 | 5 | +0 | +0 | +0 | +9 | +9 | +0 | -1 | +0 | +0 | harms |" in lines
    assert "| `linking.b` | 0 | 4 | 2 | 1 | +0 | +0 | +0 | +2 | -1 | +3 | +0 | +0 | +0 | helps |" in lines
    assert "Without effect: `linking.c`." in lines
    assert "Never called: `dates.d`." in lines


def test_new_rules_are_dated_and_those_gone_dropped(tmp_path: Path) -> None:
    from ablate.table import date_rules, read_since

    since = tmp_path / "since.yaml"
    assert date_rules(["a", "b"], 0, since) == (2, 0)
    since.write_text("# kept\n" + since.read_text())
    assert date_rules(["b", "c"], 3, since) == (1, 1)
    assert read_since(since) == {"b": 0, "c": 3}
    assert since.read_text().startswith("# kept\n")


def test_a_loop_without_end_is_ended() -> None:
    from ablate.measure import _Late, _within

    def loop() -> None:
        while True:
            try:
                pass
            except Exception:
                continue

    with pytest.raises(_Late), _within(0.01):
        loop()
