"""What a confidence is worth: how many of such facts are right on text that nobody developed on.

    calibration = Calibration.from_rules(RuleSet())
    calibration.precision("money", 0.9)           # 0 to 1
    cut = Cut(calibration, least=0.9)
    facts = list(cut.facts(facts))                # those that are right with at least 90 %
    print(*cut.report(), sep="\n")                # what it cost

`python -m tools.calibrate` fits rules/calibration/confidence.yaml.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, Protocol, TypeVar, cast

import msgspec

from newsfacts.errors import ConfigurationError
from newsfacts.model import QUANTITY_TYPES, Fact
from newsfacts.model.fields import REFERENCES
from newsfacts.rules import RuleSet

FILE = "calibration/confidence.yaml"
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Number = Annotated[int, msgspec.Meta(ge=0)]
#: No confidence is taken for more certain than this: the log odds of 0 and 1 are infinite.
_EDGE = 0.001


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The gold's facts of at least some `confidence`: how many, strict precision and its 95 % interval."""

    confidence: Share
    facts: Number
    precision: Share
    interval: tuple[Share, Share]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From this `confidence` on the precision is so high."""

    confidence: Share
    precision: Share


class Logistic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Precision as a logistic function of the log odds of confidence, level beyond those that were seen.

    `shared`: the slope is that of all quantities, as the type has few facts of its own.
    """

    intercept: float
    slope: Annotated[float, msgspec.Meta(ge=0)]
    lowest: Share
    highest: Share
    shared: bool

    def precision(self, confidence: float) -> float:
        """The share of facts of this confidence that are right, 0 to 1."""
        seen = min(max(confidence, self.lowest), self.highest)
        return 1 / (1 + math.exp(-(self.intercept + self.slope * log_odds(seen))))


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The precision of one type: rising steps where there are many facts, else a logistic curve.

    `facts` and `right` count what it was fitted on. Either `steps` or `logistic` is given.
    """

    facts: Number
    right: Number
    kept: Annotated[tuple[Kept, ...], msgspec.Meta(min_length=1)]
    logistic: Logistic | None = None
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if (self.logistic is None) == (not self.steps):
            raise ValueError("either `steps` or `logistic` must be given")

    def precision(self, confidence: float) -> float:
        """The share of facts of this confidence that are right, 0 to 1."""
        if self.logistic is not None:
            return self.logistic.precision(confidence)
        reached = [step.precision for step in self.steps if step.confidence <= confidence]
        return reached[-1] if reached else self.steps[0].precision


def log_odds(confidence: float) -> float:
    """The logarithm of a confidence's odds, finite for 0 and 1 too."""
    bounded = min(max(confidence, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gold file that the curves were fitted on: its name, SHA-256 and number of documents."""

    name: str
    sha256: str
    documents: Number


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/calibration/confidence.yaml: a curve for each type of fact, and what it was fitted on."""

    fitted: str
    gold: tuple[Gold, ...]
    curves: dict[str, Curve]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Calibration:
        """Read the file. Raises RulesError where it is malformed."""
        return rules.read(FILE, cls)

    def precision(self, fact_type: str, confidence: float) -> float:
        """The calibrated precision of a fact: how many such facts are right, 0 to 1.

        A type without a curve has that of all quantities.
        """
        return self.curve(fact_type).precision(confidence)

    def curve(self, fact_type: str) -> Curve:
        """The curve of a type."""
        return self.curves.get(fact_type) or self.curves["quantities"]

    def best(self, fact_type: str) -> float:
        """The highest precision that any fact of a type can reach, 0 to 1."""
        return self.precision(fact_type, 1.0)


@cache
def shipped() -> Calibration:
    """The calibration of the shipped rules, read once."""
    return Calibration.from_rules(RuleSet())


def shipped_precision(fact_type: str, confidence: float) -> float:
    """The precision of a fact by the shipped calibration, 0 to 1; the file is read when it is first asked."""
    return shipped().precision(fact_type, confidence)


class _Line(msgspec.Struct, frozen=True):
    """What a cut reads of a line of facts.jsonl."""

    id: str
    doc_id: str
    type: str
    confidence: float
    time: str | None = None
    place: str | None = None
    same_as: str | None = None


class _Row(Protocol):
    """What a cut reads of a fact."""

    @property
    def id(self) -> str: ...
    @property
    def doc_id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def confidence(self) -> float: ...


R = TypeVar("R", bound=_Row)


@dataclass(slots=True)
class Cut:
    """Leaves out facts whose calibrated precision is below `least` (0 to 1), and counts what that costs.

    Raises ConfigurationError, with the figures, where no fact of the `wanted` types can reach it. A date or
    place that a kept fact names stays, as a part of what that fact says. Facts of one document must follow
    one another, as in every file of ours; those of one document at a time are held in memory.
    """

    calibration: Calibration
    least: float
    wanted: tuple[str, ...] = QUANTITY_TYPES
    told: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        best = {name: self.calibration.best(name) for name in self.wanted}
        if not 0 <= self.least <= 1:
            raise ConfigurationError(f"{self.least} is no share from 0 to 1", remedy="Write 0.9 for 90 %.")
        if max(best.values()) < self.least:
            reached = ", ".join(f"{name} {_percent(share)}" for name, share in best.items())
            raise ConfigurationError(
                f"no confidence stands for a precision of {_percent(self.least)} on text that nobody"
                f" developed on. The most confident have: {reached}",
                remedy="Ask for less, or have the facts decided by a person: `newsfacts review`.",
            )

    def facts(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that stay, in their order."""
        for fact, gone in self._chosen(facts):
            yield replace(cast(Any, fact), **dict.fromkeys(gone)) if gone else fact

    def lines(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The same of lines of facts.jsonl, in blocks of whole lines. A line that is left out becomes blank,
        so that numbers of lines stay; one that is no fact is passed on to whoever reads it.
        """
        for document in _documents(blocks):
            rows = (row for row, _ in document if row is not None)
            stay = {row.id: gone for row, gone in self._chosen(rows)}
            yield b"".join(
                line + b"\n" if row is None else _line(line, stay.get(row.id)) for row, line in document
            )

    def has(self, fact_type: str, confidence: float) -> bool:
        """Whether a row of the table of quantities stays; it is counted."""
        self.told[fact_type] += 1
        stays = self.calibration.precision(fact_type, confidence) >= self.least
        self.kept[fact_type] += stays
        return stays

    def report(self) -> list[str]:
        """How many facts are kept, in all and of each type; and why none, where none can be."""
        kept, told = self.kept.total(), self.told.total()
        types = (name for name in (*QUANTITY_TYPES, "date", "place") if self.told[name])
        total = f"{kept:,} of {told:,} facts kept: those that are right with {_percent(self.least)} or more"
        return [total, *map(self._sentence, types)]

    def figures(self) -> dict[str, dict[str, float]]:
        """By type: facts told and kept, and the best precision that one can have."""
        return {
            name: {"told": told, "kept": self.kept[name], "best": round(self.calibration.best(name), 3)}
            for name, told in sorted(self.told.items())
        }

    def _sentence(self, name: str) -> str:
        told, kept, curve = self.told[name], self.kept[name], self.calibration.curve(name)
        start = f"{name}: {kept:,} of {told:,} facts kept"
        if self.calibration.best(name) >= self.least:
            return start
        low, high = curve.kept[0].interval
        return (
            f"{start}; none reaches {_percent(self.least)} of its own: the most confident have"
            f" {_percent(self.calibration.best(name))} ({curve.kept[0].facts} such facts of gold:"
            f" {_percent(curve.kept[0].precision)} right, 95 % interval {_percent(low)}-{_percent(high)})"
        )

    def _chosen(self, rows: Iterable[R]) -> Iterator[tuple[R, tuple[str, ...]]]:
        """The rows that stay, each with its references to rows that do not."""
        for _, group in groupby(rows, key=lambda row: row.doc_id):
            facts = list(group)
            names = {fact.id for fact in facts}
            sure = {fact.id for fact in facts if self._is_sure(fact)}
            stay = sure | {
                name
                for fact in facts
                if fact.id in sure
                for field_name, family in REFERENCES.items()
                if family != "quantity" and (name := getattr(fact, field_name, None)) in names
            }
            self.told.update(fact.type for fact in facts)
            self.kept.update(fact.type for fact in facts if fact.id in stay)
            for fact in facts:
                if fact.id in stay:
                    yield fact, _gone(fact, names - stay)

    def _is_sure(self, fact: _Row) -> bool:
        return self.calibration.precision(fact.type, fact.confidence) >= self.least


def _gone(fact: _Row, left_out: set[str]) -> tuple[str, ...]:
    return tuple(name for name in REFERENCES if getattr(fact, name, None) in left_out)


def _documents(blocks: Iterable[bytes]) -> Iterator[list[tuple[_Line | None, bytes]]]:
    """The lines of each document, with what is no fact between them."""
    decoder = msgspec.json.Decoder(_Line)

    def decoded() -> Iterator[tuple[str, _Line | None, bytes]]:
        doc_id = ""
        for line in (line for block in blocks for line in block.splitlines()):
            row = _decoded(line, decoder)
            doc_id = row.doc_id if row else doc_id
            yield doc_id, row, line

    for _, group in groupby(decoded(), key=itemgetter(0)):
        yield [(row, line) for _, row, line in group]


def _decoded(line: bytes, decoder: msgspec.json.Decoder[_Line]) -> _Line | None:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _line(line: bytes, gone: tuple[str, ...] | None) -> bytes:
    if gone is None:
        return b"\n"
    if not gone:
        return line + b"\n"
    record = cast("Mapping[str, Any]", msgspec.json.decode(line))
    return msgspec.json.encode({**record, **dict.fromkeys(gone)}) + b"\n"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
