"""The table of an ablation as Markdown: by package, then every rule, those that are worth most first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from ablate.measure import Effect

SINCE = Path(__file__).with_name("since.yaml")
HEADING = """\
# What each rule is worth

Written by `make bench-ablate` on {day}: {unlabelled} unlabelled texts; documents with gold: {gold}. Again:

    python bench/gold/texts.py 1 output/round1 --data FOLDER
    make bench-ablate DATA=articles.jsonl \\
      OPTIONS="--gold 1=bench/gold/round1/gold.jsonl:output/round1/texts --results docs/ABLATION.md"

Every function and named rule of finding and linking finds nothing, one at a time. `documents` are those
on which it is called, `facts changed` the facts of the unlabelled texts that are other, gone or new
without it. Of each gold set: right attributes and strictly right facts that are lost without it, and
false facts (the gold has none there) that are gained; a minus says that it does harm there. `since` is
the round that the rule was written on (`bench/ablate/since.yaml`, 0: before the first). `verdict` is of
later rounds only, by strict and false facts, by attributes where these cancel out. Sets with a name in
place of a number judge nothing.

"""


def read_since(path: Path = SINCE) -> dict[str, int]:
    """The round that each rule was written on, by the name of its switch; 0: older than the first."""
    rounds: dict[int, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {name: number for number, names in rounds.items() for name in names or ()}


def date_rules(names: Sequence[str], number: int, path: Path = SINCE) -> tuple[int, int]:
    """Note the round for all rules that have none, and drop rules that are gone: how many of each."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    known = read_since(path) if text else {}
    since = {name: known.get(name, number) for name in names}
    rounds = {one: sorted(n for n in since if since[n] == one) for one in sorted(set(since.values()))}
    body = yaml.safe_dump(rounds, sort_keys=False, width=1000)
    path.write_text(head + body, encoding="utf-8")
    return len(since.keys() - known.keys()), len(known.keys() - since.keys())


def later(name: str, rounds: Sequence[str], since: Mapping[str, int]) -> list[str]:
    """The rounds on which a rule is judged: those after the one that it was written on, if that is known."""
    if name not in since:
        return []
    return [one for one in rounds if one.isdigit() and int(one) > since[name]]


def heading(unlabelled: int, sets: Mapping[str, int], day: str) -> str:
    """What was measured, and how the table reads. `sets`: documents of each gold set."""
    gold = ", ".join(f"{name} ({number})" for name, number in sets.items()) or "none"
    return HEADING.format(day=day, unlabelled=unlabelled, gold=gold)


def table(
    effects: Sequence[Effect], together: Effect, rounds: Sequence[str], since: Mapping[str, int]
) -> Iterator[str]:
    """Lines of Markdown."""
    yield from _summary(effects)
    yield ""
    changed, right, false = together.changed, together.attributes.total(), together.false.total()
    yield f"{together.name} ({together.lines} lines), each without effect alone: {changed} facts of the texts"
    yield f"and {right} right attributes of the gold are others, {false} more facts are false,"
    yield f"{together.broken} documents fail."
    yield ""
    yield (
        "| rule | since | lines | documents | texts: facts changed |"
        + "".join(f" {one}: attributes | strict | false |" for one in rounds)
        + " verdict |"
    )
    yield "|---|---|---|---|---|" + "---|---|---|" * len(rounds) + "---|"
    for effect in sorted(effects, key=lambda e: (-_worth(e, rounds, since), -e.changed, e.name)):
        if effect.called and not effect.idle:
            yield _row(effect, rounds, since)
    yield ""
    yield (
        "Without effect: "
        + (", ".join(f"`{e.name}`" for e in effects if e.called and e.idle) or "none")
        + "."
    )
    yield ""
    yield "Never called: " + (", ".join(f"`{e.name}`" for e in effects if not e.called) or "none") + "."


def _summary(effects: Sequence[Effect]) -> Iterator[str]:
    yield "| package | rules | lines | never called | without effect | their lines | change gold |"
    yield "|---|---|---|---|---|---|---|"
    packages = list(dict.fromkeys(_package(effect.name) for effect in effects))
    for package in packages:
        own = [effect for effect in effects if _package(effect.name) == package]
        unused = [effect for effect in own if not effect.called]
        idle = [effect for effect in own if effect.called and effect.idle]
        gold = sum(e.changes_gold for e in own)
        lines, idle_lines = sum(e.lines for e in own), sum(e.lines for e in idle)
        yield f"| {package} | {len(own)} | {lines} | {len(unused)} | {len(idle)} | {idle_lines} | {gold} |"


def _package(name: str) -> str:
    return name.rpartition("/")[0] if name.startswith("rules/") else name.partition(".")[0]


def _worth(effect: Effect, rounds: Sequence[str], since: Mapping[str, int]) -> int:
    judged = later(effect.name, rounds, since)
    return sum(effect.strict[one] + effect.false[one] + effect.attributes[one] for one in judged)


def _row(effect: Effect, rounds: Sequence[str], since: Mapping[str, int]) -> str:
    judged = later(effect.name, rounds, since)
    parts = (effect.attributes, effect.strict, effect.false)
    figures = "".join(f" {part[one]:+d} |" for one in rounds for part in parts)
    verdict = effect.note or (f"fails on {effect.broken}" if effect.broken else _verdict(effect, judged))
    written = since.get(effect.name, "?")
    counts = f"{written} | {effect.lines or ''} | {effect.called} | {effect.changed}"
    return f"| `{effect.name}` | {counts} |{figures} {verdict} |"


def _verdict(effect: Effect, judged: Sequence[str]) -> str:
    if not judged:
        return "no later round"
    facts = sum(effect.strict[one] + effect.false[one] for one in judged)
    gain = facts or sum(effect.attributes[one] for one in judged)
    return "helps" if gain > 0 else "harms" if gain < 0 else "-"
