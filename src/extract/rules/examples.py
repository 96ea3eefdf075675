"""Executed examples: beside each family's rules lies a file of sentences and what must be found in them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

#: Finds mentions in a text: (text, published, needs_model) -> mentions with start, end and rule.
Finder = Callable[[str, dt.date | None, bool], Sequence[Any]]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence and every mention that must be found in it (none: a negative example).

    `rule` is the rule that must have found the first mention, or the rule that must stay silent.
    Each find gives the mention's `text` and any of its fields.
    """

    rule: str
    text: str
    finds: tuple[dict[str, Any], ...]
    published: str | None = None
    needs_model: bool = False


class ExampleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/FAMILY/examples.yaml."""

    examples: tuple[Example, ...]


def check_example(example: Example, find: Finder) -> list[str]:
    """Run one example; return what is wrong with the outcome, empty where it is as written."""
    published = dt.date.fromisoformat(example.published) if example.published else None
    mentions = sorted(find(example.text, published, example.needs_model), key=lambda m: (m.start, m.end))
    texts = [example.text[m.start : m.end] for m in mentions]
    expected = [want["text"] for want in example.finds]
    if texts != expected:
        return [f"{example.rule}: in {example.text!r} found {texts}, expected {expected}"]
    problems = [
        f"{example.rule}: in {example.text!r} {text!r} has {key}={getattr(mention, key)!r}, not {value!r}"
        for mention, want, text in zip(mentions, example.finds, texts, strict=True)
        for key, value in want.items()
        if key != "text" and not _same(getattr(mention, key), value)
    ]
    if mentions and all(m.rule != example.rule for m in mentions):
        problems.append(f"{example.rule}: in {example.text!r} fired {[m.rule for m in mentions]} instead")
    return problems


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, int | float) and isinstance(wanted, int | float):
        return math.isclose(found, wanted, rel_tol=1e-9)
    return bool(found == wanted)
