"""Facts with and without a rule: documents are parsed once, then found and linked again for every switch."""

from __future__ import annotations

import datetime as dt
import functools
import gc
import json
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import msgspec

from ablate.switches import DataSwitch, FunctionSwitch
from newsfacts.dates import DateFinder
from newsfacts.evaluation import read_gold
from newsfacts.evaluation.records import GoldRecord, Record
from newsfacts.evaluation.scoring import score_document
from newsfacts.language import Annotator, Parsed, parse_batch
from newsfacts.linking import Linker
from newsfacts.model import DateMention, Fact, PlaceMention, QuantityMention
from newsfacts.pipeline import Pipeline
from newsfacts.places import PlaceFinder
from newsfacts.quantities import QuantityFinder
from newsfacts.rules import RuleSet

#: Processor time of one switch over all documents: without an answer a loop may not end.
SECONDS = 60
STAGES = ("dates", "places", "quantities", "linking")
_STAGE: list[str] = []  # the one that runs now
_ASIDE = {"rule", "confidence"}  # say how a fact was found, not what it is


@dataclass(frozen=True, slots=True)
class Found:
    """What each stage made of a document."""

    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    quantities: tuple[QuantityMention, ...]
    linking: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed document, of a round of gold or of the unlabelled texts (round None)."""

    parsed: Parsed
    round: str | None
    gold: tuple[GoldRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one document gave: its facts by id without how they were found, and what is right and false."""

    facts: Mapping[str, dict[str, Any]]
    right: int = 0
    strict: int = 0
    false: int = 0


@dataclass(slots=True)
class Effect:
    """What is lost without a rule. Positive figures speak for it.

    `changed`: facts of the unlabelled texts that are other, gone or new. Of each round the loss of right
    attributes and of strictly right facts, and the gain of false ones: those that the gold does not hold.
    `broken`: documents on which the rest fails without it.
    """

    name: str
    lines: int = 0
    called: int = 0
    changed: int = 0
    attributes: Counter[str] = field(default_factory=Counter)
    strict: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    note: str = ""

    @property
    def idle(self) -> bool:
        """Whether nothing is another without it, neither in texts nor in gold."""
        return not (self.changed or self.broken or self.note or self.changes_gold)

    @property
    def changes_gold(self) -> bool:
        """Whether a figure of some gold is another without it."""
        return any(any(part.values()) for part in (self.attributes, self.strict, self.false))


class _NeededError(Exception):
    """Finders cannot be made without the rule."""


class _Late(BaseException):
    """Not an Exception, so that no handler of the code under test takes it."""


class Parts:
    """The three finders and the linker, from one set of rules; and which files each of them reads."""

    MAKERS: Mapping[str, Callable[[RuleSet], Any]] = {
        "dates": DateFinder.from_rules,
        "places": PlaceFinder.from_rules,
        "quantities": QuantityFinder.from_rules,
        "linking": Linker.from_rules,
    }

    def __init__(self, rules: RuleSet) -> None:
        self.made: dict[str, Any] = {}
        self.reads: dict[str, set[str]] = {}
        for name, make in self.MAKERS.items():
            noted = _Noting(rules)
            self.made[name] = make(noted)
            self.reads[name] = noted.read_names

    def all_of(self, parsed: Parsed, before: Found | None = None, again: Collection[str] = STAGES) -> Found:
        """What the stages find, as the pipeline runs them: those named, and those whose input is another."""
        dates = self._one("dates", parsed, before, again)
        places = self._one("places", parsed, before, again)
        if before is not None and (dates != before.dates or places != before.places):
            again = STAGES
        points = [date for date in dates if date.timex_type in ("DATE", "TIME")]
        quantities = self._one("quantities", parsed, before, again, [*points, *places])
        if before is not None and quantities != before.quantities:
            again = STAGES
        linking = self._one("linking", parsed, before, again, quantities, dates, places)
        return Found(dates, places, quantities, linking)

    def _one(
        self, stage: str, parsed: Parsed, before: Found | None, again: Collection[str], *given: Any
    ) -> tuple[Any, ...]:
        if before is not None and stage not in again:
            found: tuple[Any, ...] = getattr(before, stage)
            return found
        part = self.made[stage]
        _STAGE[:] = [stage]
        return tuple((part.link if stage == "linking" else part.find)(parsed, *given))

    @contextmanager
    def without(self, switch: DataSwitch) -> Iterator[None]:
        """Parts that read the file anew, without one rule."""
        before = dict(self.made)
        with tempfile.TemporaryDirectory(prefix="newsfacts-ablate-") as folder:
            file = Path(folder) / switch.file
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(switch.content), encoding="utf-8")  # JSON is YAML
            rules = RuleSet(Path(folder))
            for name, reads in self.reads.items():
                if switch.file in reads:
                    self.made[name] = _made(self.MAKERS[name], rules)
            try:
                yield
            finally:
                self.made = before


def _made(make: Callable[[RuleSet], Any], rules: RuleSet) -> Any:
    try:
        return make(rules)
    except Exception as error:  # whatever the makers say to a missing rule
        raise _NeededError from error


class _Noting(RuleSet):
    """Rules that note which files are read."""

    def __init__(self, rules: RuleSet) -> None:
        self.__dict__.update(rules.__dict__)
        self.read_names: set[str] = set()

    def path(self, name: str) -> Path:
        self.read_names.add(name)
        return super().path(name)


@dataclass(slots=True)
class Bench:
    """Everything that a switch is measured on; made once, before the workers fork."""

    parts: Parts
    texts: list[Text]
    found: list[Found]
    base: list[Outcome]
    callers: Mapping[CodeType, Mapping[int, set[str]]]

    @classmethod
    def of(cls, texts: list[Text], rules: RuleSet) -> Bench:
        """Find and link everything once, and note which function is called on which document and stage."""
        parts, found = Parts(rules), []
        callers: dict[CodeType, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for i, text in enumerate(texts):
            forget()
            with _noting_calls(i, callers):
                found.append(parts.all_of(text.parsed))
        base = [outcome(text, one.linking) for text, one in zip(texts, found, strict=True)]
        return cls(parts, texts, found, base, callers)

    def function(self, switch: FunctionSwitch) -> Effect:
        """What changes where the function finds nothing."""
        on = self.callers.get(switch.code, {})
        effect = Effect(switch.name, switch.lines, len(on))
        if on:
            switch.set(off=True)
            try:
                self._measure(effect, on)
            finally:
                switch.set(off=False)
        return effect

    def data(self, switch: DataSwitch) -> Effect:
        """What changes without the rule."""
        effect = Effect(switch.name, called=len(self.texts))
        stages = {name for name, reads in self.parts.reads.items() if switch.file in reads}
        try:
            with self.parts.without(switch):
                self._measure(effect, dict.fromkeys(range(len(self.texts)), stages))
        except _NeededError:
            effect.note = "needed by the rest of its file"
        return effect

    def together(self, switches: Sequence[FunctionSwitch]) -> Effect:
        """What changes where all of them find nothing at once."""
        effect = Effect(
            f"{len(switches)} functions together", sum(s.lines for s in switches), len(self.texts)
        )
        for switch in switches:
            switch.set(off=True)
        try:
            self._measure(effect, dict.fromkeys(range(len(self.texts)), STAGES))
        finally:
            for switch in switches:
                switch.set(off=False)
        return effect

    def _measure(self, effect: Effect, on: Mapping[int, Collection[str]]) -> None:
        forget()
        try:
            with _within(SECONDS):
                for i, stages in on.items():
                    self._compare(effect, i, stages)
        except _Late:
            effect.note = "does not end without it"
        forget()

    def _compare(self, effect: Effect, i: int, stages: Collection[str]) -> None:
        text, base, before = self.texts[i], self.base[i], self.found[i]
        try:
            after = self.parts.all_of(text.parsed, before, stages).linking
            if after == before.linking:
                return
            found = outcome(text, after)
        except Exception:  # whatever the rest says to a missing answer
            effect.broken += 1
            return
        if text.round is None:
            ids = base.facts.keys() | found.facts.keys()
            effect.changed += sum(base.facts.get(name) != found.facts.get(name) for name in ids)
        else:
            effect.attributes[text.round] += base.right - found.right
            effect.strict[text.round] += base.strict - found.strict
            effect.false[text.round] += found.false - base.false


def outcome(text: Text, facts: Sequence[Fact]) -> Outcome:
    """Facts to compare, and how many of their attributes are right by the gold."""
    plain = [msgspec.to_builtins(fact) for fact in facts]
    kept = {row["id"]: {k: v for k, v in row.items() if k not in _ASIDE} for row in plain}
    if not text.gold:
        return Outcome(kept)
    records = [msgspec.convert(row, Record) for row in plain]
    score = score_document(text.parsed.document.id, text.gold, records)
    every = score.counts.values()
    return Outcome(
        kept, score.right.total(), sum(one.strict for one in every), sum(one.extra for one in every)
    )


def unlabelled(pipeline: Pipeline, path: Path, count: int) -> list[Text]:
    """The first documents of a JSON Lines file with `id` and `text`, parsed."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines()[:count])
    documents = [pipeline.document(row["text"], doc_id=row["id"]) for row in rows]
    return [Text(parsed, None) for parsed in parse_batch(Annotator.of(pipeline.nlp), documents)]


def of_round(pipeline: Pipeline, name: str, gold: Path, folder: Path) -> list[Text]:
    """The texts of a gold file, parsed with the day of publication that it names, each with its gold."""
    facts = read_gold(gold).documents
    documents = []
    for doc_id, rows in facts.items():
        day = dt.date.fromisoformat(rows[0].published) if rows[0].published else None
        text = (folder / f"{doc_id}.txt").read_text(encoding="utf-8")
        documents.append(pipeline.document(text, doc_id=doc_id, published=day))
    parsed = parse_batch(Annotator.of(pipeline.nlp), documents)
    return [Text(one, name, facts[one.document.id]) for one in parsed]


def forget() -> None:
    """Empty the caches of the code under test, so that a switched-off function is asked again."""
    for cache in _caches():
        cache.cache_clear()


_Cache = type(functools.cache(int))


@functools.cache
def _caches() -> list[Any]:
    wrappers = [thing for thing in gc.get_objects() if isinstance(thing, _Cache)]
    return [w for w in wrappers if str(w.__module__).startswith("newsfacts.")]


@contextmanager
def _noting_calls(i: int, callers: dict[CodeType, dict[int, set[str]]]) -> Iterator[None]:
    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            callers[frame.f_code][i].update(_STAGE)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def late(*_: object) -> None:
        raise _Late

    # Processor time, not the clock's: a busy machine makes no function endless.
    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
