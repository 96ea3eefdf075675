"""`newsfacts explain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsfacts.cli.documents import first_document
from newsfacts.cli.options import AsJson, Model, Published, Rules, load_pipeline

if TYPE_CHECKING:
    from rich.console import Console

    from newsfacts.explain import Explanation, Unused, Why
    from newsfacts.model import Fact

_STYLES = {"date": "bold cyan", "place": "bold green"}
_QUANTITY_STYLE = "bold yellow"
_UNUSED_STYLE = "dim"
_LONGEST_PATH = 255
#: Fields of a quantity that are shown in one line with its value or with its place.
_IN_VALUE = frozenset({"value", "low", "high", "modifier", "unit", "per", "place_inherited"})
#: What every quantity is asked for, so that its lack is shown too.
_ASKED = frozenset({"item", "subject", "time", "place"})
_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".jsonl", ".gz"})


def explain(
    text: Annotated[
        str,
        typer.Argument(metavar="TEXT", help="A text in quotes, or a file (its first document); - for stdin."),
    ],
    published: Published = None,
    model: Model = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Show which rule found each fact of a text, and which of its numbers gave none.

    newsfacts explain "Exports rose 5 percent to 2 billion dollars this year." --published 2023-07-28
    """
    pipeline = load_pipeline(model, rules)
    source = _source(text)
    if source is not None:
        document = first_document(source, published, pipeline.documents)
        text, published = document.text, document.published
    explanation = pipeline.explain(text, published=published)
    if as_json:
        import msgspec

        from newsfacts.cli.terminal import print_json

        print_json(msgspec.json.encode(explanation))
    else:
        _show(explanation)


def _source(text: str) -> Path | None:
    """The file that is meant, or None where the text itself is given."""
    path = Path(text)
    if text == "-" or (len(text) < _LONGEST_PATH and "\n" not in text and path.is_file()):
        return path
    if " " not in text and path.suffix in _SUFFIXES:
        raise typer.BadParameter(f"there is no file {text!r}", param_hint="TEXT")
    return None


def _show(explanation: Explanation) -> None:
    from newsfacts.cli.terminal import out

    console = out()
    _show_text(console, explanation)
    texts = {why.fact.id: why.fact.text for why in explanation.whys}
    for why in explanation.whys:
        console.print()
        _show_fact(console, why, texts)
    unused = _without_any_fact(explanation)
    if unused:
        console.print()
        _show_unused(console, unused)
    if not explanation.whys and not unused:
        console.print("\nno facts, and no numbers that could be one")


def _show_text(console: Console, explanation: Explanation) -> None:
    from rich.text import Text

    facts = [(w.fact.start, w.fact.end, _style(w.fact)) for w in explanation.whys]
    spans = [*facts, *((u.start, u.end, _UNUSED_STYLE) for u in _without_any_fact(explanation))]
    text = Text()
    done = 0
    for start, end, style in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start < done:
            continue
        text.append(explanation.document.text[done:start])
        # Brackets, so that the spans are seen without colour too.
        opening, closing = "()" if style == _UNUSED_STYLE else "[]"
        text.append(f"{opening}{explanation.document.text[start:end]}{closing}", style=style)
        done = end
    text.append(explanation.document.text[done:].rstrip())
    console.print(text)


def _style(fact: Fact) -> str:
    return _STYLES.get(fact.type, _QUANTITY_STYLE)


def _show_fact(console: Console, why: Why, texts: dict[str, str]) -> None:
    from rich.text import Text

    fact = why.fact
    lines = [*_lines(fact, texts), ("rule", fact.rule)]
    lines += [("", f'as in "{example.text}"') for example in why.examples[:1]]
    width = max(len(label) for label, _ in lines)
    console.print(Text.assemble((fact.text, _style(fact)), f"  {fact.type}"))
    for label, value in lines:
        console.print(Text.assemble("  ", (f"{label:<{width}}  ", "dim"), value), soft_wrap=True)


def _lines(fact: Fact, texts: dict[str, str]) -> list[tuple[str, str]]:
    from newsfacts.model import DateFact, PlaceFact

    if isinstance(fact, DateFact):
        days = f"{fact.date_start or '?'} to {fact.date_end or '?'}"
        found = [("edtf", fact.edtf or "not resolved"), ("timex3", fact.timex3), ("relation", fact.relation)]
        found.append(("days", days if fact.date_start or fact.date_end else None))
        found += [("part", fact.part), ("part of day", fact.part_of_day)]
    elif isinstance(fact, PlaceFact):
        where = ", ".join(part for part in (fact.name, fact.admin2, fact.admin1, fact.country) if part)
        found = [("place", f"{where} ({fact.kind})"), ("coordinates", _coordinates(fact))]
        found += [
            ("GeoNames", str(fact.geonames_id) if fact.geonames_id else None),
            ("GB/T 2260", fact.cn_code),
        ]
    else:
        found = _quantity_lines(fact, texts)
    return [(label, value) for label, value in found if value is not None]


def _quantity_lines(fact: Any, texts: dict[str, str]) -> list[tuple[str, str | None]]:
    from newsfacts.model.fields import fields_of

    said = [field for field in fields_of("quantity") if field.says and field.name not in _IN_VALUE]
    lines = ((field.name.replace("_", " "), _said(fact, field.name, texts)) for field in said)
    return [("value", _value(fact)), *lines]


def _said(fact: Any, name: str, texts: dict[str, str]) -> str | None:
    """What a field of a quantity says; of a reference the words of the fact that it names."""
    from newsfacts.model.fields import REFERENCES

    value = getattr(fact, name)
    if value is None:
        return "–" if name in _ASKED else None
    if name == "change":
        return " ".join(part for part in (value.direction, value.role, value.basis) if part)
    if name not in REFERENCES:
        return str(value)
    inherited = " (from the context)" if name == "place" and fact.place_inherited else ""
    return f"{texts.get(value, value)}{inherited}"


def _value(fact: Any) -> str:
    low, high = _text(fact.low), _text(fact.high)
    number = _text(fact.value) if fact.value is not None else f"{low or '?'} to {high or '?'}"
    sign = "" if fact.modifier == "=" else f"{fact.modifier} "
    return (
        f"{sign}{number}" + (f" {fact.unit}" if fact.unit else "") + (f" per {fact.per}" if fact.per else "")
    )


def _text(number: float | None) -> str | None:
    return None if number is None else f"{number:,}"


def _coordinates(place: Any) -> str | None:
    return None if place.lat is None else f"{place.lat:.4f}, {place.lon:.4f}"


def _without_any_fact(explanation: Explanation) -> list[Unused]:
    """Numbers that are not quantities and do not stand in a date or place fact either."""
    facts = [why.fact for why in explanation.whys]
    return [u for u in explanation.unused if not any(f.start < u.end and u.start < f.end for f in facts)]


def _show_unused(console: Console, unused: list[Unused]) -> None:
    from rich.text import Text

    from newsfacts.cli.terminal import plain_table

    table = plain_table("number without a fact", "why")
    for number in unused:
        table.add_row(Text(number.text), number.reason)
    console.print(table)
