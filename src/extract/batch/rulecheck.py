"""Checks rules: every file loads, is read by someone, and every example comes out as written."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from newsfacts import schemas
from newsfacts.batch.linkcheck import LinkingExamples
from newsfacts.errors import ConfigurationError, RulesError
from newsfacts.rules import Example, ExampleFile, RuleSet, check_example, default_rules_dir
from newsfacts.rules.examples import Finder

if TYPE_CHECKING:
    import datetime as dt

    from spacy.language import Language

    from newsfacts.language import Parsed

T = TypeVar("T")
EXAMPLES = "examples.yaml"


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """What was checked of one family of rules; `problems` is empty where all is well."""

    family: str
    files: int
    rules: int
    examples: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule, and its examples of what it finds (`positive`) and of what it leaves alone (`negative`)."""

    family: str
    rule: str
    positive: int
    negative: int


class RecordingRules(RuleSet):
    """Rules that note which file was read as which shape."""

    def __init__(self, override: Path | None = None) -> None:
        super().__init__(override)
        self.shapes: dict[str, type] = {}

    def read(self, name: str, shape: type[T]) -> T:
        """Read one file as `shape`."""
        self.shapes[name] = shape
        return super().read(name, shape)


def check_rules(folder: Path | None = None, model: str | None = None) -> list[FamilyReport]:
    """Load all rules (with the user's `folder` over the shipped ones) and run all examples.

    Raises ModelError where an example needs a spaCy pipeline and none is installed; mistakes in rules are
    in the reports.
    """
    rules = RecordingRules(folder)
    parsers = _Parsers(model)
    reports = [_check_family(family, rules, parsers) for family in _families()]
    unread = _unread(folder, rules)
    return [*reports, FamilyReport("(unknown)", len(unread), 0, 0, unread)] if unread else reports


def list_rules(folder: Path | None = None) -> list[RuleEntry]:
    """Every rule that has examples, by family and name."""
    rules = RuleSet(folder)
    return [entry for name in rules.examples_files() for entry in _entries(rules, name)]


def _entries(rules: RuleSet, name: str) -> list[RuleEntry]:
    examples = rules.read(name, ExampleFile).examples
    counts = Counter((example.rule, bool(example.finds)) for example in examples)
    names = sorted({example.rule for example in examples})
    return [RuleEntry(_family(name), rule, counts[rule, True], counts[rule, False]) for rule in names]


def copy_rules(folder: Path) -> int:
    """Copy the shipped rules into a new or empty folder; return the number of files.

    Raises ConfigurationError where the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder} is not empty", remedy="Name a new folder.")
    shutil.copytree(default_rules_dir(), folder, dirs_exist_ok=True)
    return sum(1 for path in folder.rglob("*") if path.is_file())


def shapes() -> dict[str, type]:
    """The shape of every shipped rules file that is read as a msgspec shape, by name."""
    rules = RecordingRules()
    for family in _families():
        family.build(rules)
    found = rules.shapes | dict.fromkeys(rules.examples_files(), ExampleFile)
    return dict(sorted(found.items()))


def rules_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a rules file ("quantities/units.yaml"). Raises ConfigurationError for another."""
    known = shapes()
    if name not in known:
        raise ConfigurationError(
            f"there is no schema for rules file {name!r}", remedy="`newsfacts schema rules` lists them."
        )
    return schemas.of_struct(known[name])


@dataclass(frozen=True, slots=True)
class _Family:
    """How a family's rules are loaded, and how its examples are searched with what was loaded."""

    name: str
    build: Callable[[RuleSet], Any]
    find: Callable[[Any, Parsed], Sequence[Any]]


def _families() -> tuple[_Family, ...]:
    from newsfacts.calibration import Calibration
    from newsfacts.check import Checker
    from newsfacts.consolidate.settings import Settings
    from newsfacts.dates import DateFinder
    from newsfacts.places import PlaceFinder
    from newsfacts.quantities import QuantityFinder
    from newsfacts.sections import DocumentBuilder
    from newsfacts.sections.asides import AsideFinder
    from newsfacts.table import TableWords

    return (
        _Family("sections", DocumentBuilder.from_rules, _marked_sections),
        _Family("asides", AsideFinder.from_rules, _asides),
        _Family("quantities", QuantityFinder.from_rules, lambda finder, parsed: finder.find(parsed, ())),
        _Family("dates", DateFinder.from_rules, lambda finder, parsed: finder.find(parsed)),
        _Family("places", PlaceFinder.from_rules, lambda finder, parsed: finder.find(parsed)),
        _Family("linking", LinkingExamples, lambda examples, parsed: examples.find(parsed)),
        _Family("tabular", _tabular, lambda reader, parsed: ()),
        _Family("consolidate", Settings.from_rules, lambda settings, parsed: ()),
        _Family("check", Checker.from_rules, lambda checker, parsed: ()),
        _Family("table", TableWords.from_rules, lambda words, parsed: ()),
        _Family("calibration", Calibration.from_rules, lambda calibration, parsed: ()),
    )


def _tabular(rules: RuleSet) -> Any:
    from newsfacts.tabular import TableReader

    return TableReader.from_rules(rules, lambda text: [])


def _asides(finder: Any, parsed: Parsed) -> Sequence[Any]:
    from newsfacts.model import Section

    return finder.find(parsed.text, [Section("body", 0, len(parsed.text))])  # type: ignore[no-any-return]


def _marked_sections(builder: Any, parsed: Parsed) -> list[Any]:
    # The examples name the sections that are more than plain article text.
    return [piece for piece in builder.pieces(parsed.text) if piece.kind not in ("body", "title", "heading")]


def _family(name: str) -> str:
    return name.split("/", 1)[0]


def _check_family(family: _Family, rules: RecordingRules, parsers: _Parsers) -> FamilyReport:
    files = [name for name in rules.names() if _family(name) == family.name]
    try:
        finder = family.build(rules)
        examples = _examples(rules, family.name)
    except RulesError as error:
        return FamilyReport(family.name, len(files), 0, 0, (str(error),))

    def find(text: str, published: dt.date | None, needs_model: bool) -> Sequence[Any]:
        return family.find(finder, parsers.parse(text, published, needs_model))

    problems: list[str] = []
    try:
        if examples:
            problems = _run_examples(rules.path(f"{family.name}/{EXAMPLES}"), examples, find)
    except RulesError:  # of another family that these examples need; its own report says what is wrong
        examples = ()
    names = {example.rule for example in examples}
    return FamilyReport(family.name, len(files), len(names), len(examples), tuple(problems))


def _examples(rules: RuleSet, family: str) -> tuple[Example, ...]:
    name = f"{family}/{EXAMPLES}"
    return rules.read(name, ExampleFile).examples if name in rules.examples_files() else ()


def _run_examples(path: Path, examples: tuple[Example, ...], find: Finder) -> list[str]:
    return [
        f"{path}:{line} (examples): {problem}"
        for example, line in zip(examples, _example_lines(path), strict=True)
        for problem in check_example(example, find)
    ]


def _example_lines(path: Path) -> list[int]:
    """The line of each example in its file."""
    root: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    listed = next(value for key, value in root.value if key.value == "examples")
    return [node.start_mark.line + 1 for node in listed.value]


def _unread(folder: Path | None, rules: RecordingRules) -> tuple[str, ...]:
    """Files of the user's folder that no part of newsfacts reads: most often a misspelt name."""
    if folder is None:
        return ()
    shipped = set(RuleSet().names())
    mine = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return tuple(
        f"{folder / name}: no rules file has this name, so it is not read. `newsfacts rules copy DIR`"
        " gives all names."
        for name in mine
        if name not in shipped and name not in rules.shapes and not name.startswith(".")
    )


class _Parsers:
    """Parses examples: with tokens and sentences alone, or with the spaCy pipeline where one is needed."""

    def __init__(self, model: str | None) -> None:
        self._model = model

    @cached_property
    def _blank(self) -> Language:
        import spacy

        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        return nlp

    @cached_property
    def _full(self) -> Language:
        from newsfacts.language import load_model

        return load_model(self._model)

    def parse(self, text: str, published: dt.date | None, needs_model: bool) -> Parsed:
        """The parsed view of an example."""
        from newsfacts.language import parse
        from newsfacts.model import Document

        nlp = self._full if needs_model else self._blank
        return parse(nlp, Document(id="example", text=text, published=published))
