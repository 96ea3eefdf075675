"""What must hold of every document, whatever its text. `newsfacts.batch.validate` knows most of it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tools.fuzz.texts import Case

from newsfacts.batch.outcomes import Found, outcomes
from newsfacts.batch.validate import validate_lines
from newsfacts.model import Document, Fact, QuantityFact
from newsfacts.pipeline import Pipeline, Result

#: Seconds of processor time that a document may take, and further ones a character: some 20 times the usual.
SECONDS = 0.5
SECONDS_A_CHARACTER = 0.000_3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold of a case; `kind` is its first word, or words."""

    case: Case
    kind: str
    message: str

    def __str__(self) -> str:
        return f"text {self.case.number}: {self.kind}: {self.message}"


@dataclass(slots=True)
class _Recorder:
    """The pipeline, with the results that went through it."""

    pipeline: Pipeline
    results: list[Result] = field(default_factory=list)

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        for result in self.pipeline.process(documents):
            self.results.append(result)
            yield result


def check(pipeline: Pipeline, cases: Sequence[Case]) -> list[Finding]:
    """Everything that does not hold of the cases, which are extracted together and one by one."""
    recorder = _Recorder(pipeline)
    documents = [_document(pipeline, case) for case in cases]
    found = list(outcomes(documents, recorder))
    findings: list[Finding] = []
    for case, given, result, outcome in zip(cases, documents, recorder.results, found, strict=True):
        told = [*_whole(result), *_valid(result, outcome), *_finite(result.facts), *_inside(result)]
        told += _alone(pipeline, given, result)
        findings += [Finding(case, kind, message) for kind, message in told]
    return findings


def _document(pipeline: Pipeline, case: Case) -> Document:
    return pipeline.document(case.text, doc_id=str(case.number), title=case.title, published=case.published)


def _whole(result: Result) -> Iterator[tuple[str, str]]:
    if result.error is not None:
        yield "error", repr(result.error)
    for failure in result.failures:
        yield f"incomplete {failure.family}", str(failure)


def _valid(result: Result, outcome: object) -> Iterator[tuple[str, str]]:
    if not isinstance(outcome, Found):
        if result.error is None:
            yield "unwritable", str(outcome)
        return
    texts = {result.document.id: result.document.text}
    lines = [*outcome.facts.splitlines(keepends=True), outcome.document]
    for problem in validate_lines(lines, "facts", texts):
        yield f"invalid {problem.field}", problem.message


def _finite(facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        told = [fact.confidence]
        if isinstance(fact, QuantityFact):
            told += [number for number in (fact.value, fact.low, fact.high) if number is not None]
        # A whole number may be larger than any float.
        if any(isinstance(number, float) and not math.isfinite(number) for number in told):
            yield "infinite", f"{fact.text[:100]!r}: {told}"


def _inside(result: Result) -> Iterator[tuple[str, str]]:
    """No fact goes over the edge of a section, and all are in text order."""
    sections = result.document.sections
    for fact in result.facts:
        if not any(s.start <= fact.start and fact.end <= s.end and not s.silent for s in sections):
            yield "outside", f"{fact.type} at {fact.start}-{fact.end} is in no section that speaks"
    places = [(fact.start, fact.end, fact.type) for fact in result.facts]
    if places != sorted(places):
        yield "unsorted", str(places)


def _alone(pipeline: Pipeline, given: Document, result: Result) -> Iterator[tuple[str, str]]:
    """The document by itself gives what it gave among others, in bounded time.

    As it was given: that of the result may have a warning more, and what is damaged is less sure.
    """
    most = SECONDS + SECONDS_A_CHARACTER * len(result.document.text)
    began = time.process_time()
    (again,) = pipeline.process([given])
    if again.facts != result.facts:
        yield "undetermined", _difference(again.facts, result.facts)
    if time.process_time() - began > most:
        # Once more: the first time may have loaded something.
        began = time.process_time()
        list(pipeline.process([given]))
        if (took := time.process_time() - began) > most:
            yield "slow", f"{took:.1f} s for {len(result.document.text):,} characters"


def _difference(one: Sequence[Fact], other: Sequence[Fact]) -> str:
    changed = [fact for fact in (*one, *other) if fact not in one or fact not in other]
    return f"alone and in a batch differ in {changed[:2]}"


def shortened(case: Case, fails: Callable[[Case], bool]) -> Case:
    """The case with as little of its text as still fails: stretches are left out, long ones first."""
    size = len(case.text) // 2
    while size:
        at = 0
        while at < len(case.text):
            less = Case(case.number, case.text[:at] + case.text[at + size :], case.published, case.title)
            if fails(less):
                case = less
            else:
                at += size
        size //= 2
    return case
