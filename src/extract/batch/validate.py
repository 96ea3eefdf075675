"""Checks output files line by line, tables row by row: JSON Schema, offsets, ids and what refers to what."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from newsfacts import schemas
from newsfacts.batch.outcomes import INCOMPLETE
from newsfacts.errors import ConfigurationError
from newsfacts.model.fields import PHRASES, REFERENCES
from newsfacts.sinks.current import OURS, REMEDY, read_manifest, unsettled
from newsfacts.sinks.lines import CLAIMS, DOCUMENTS, ERRORS, FACTS, line_blocks, stored

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Record = dict[str, Any]

#: What a fact can be -> the step that finds it.
_FINDERS = {"date": "dates", "place": "places", "quantity": "quantities"}
#: All fields that are words of the text -> their offsets.
_SPANS = {
    "text": ("start", "end"),
    "sentence": ("sentence_start", "sentence_end"),
    **{name: (f"{name}_start", f"{name}_end") for name in PHRASES},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that breaks a rule: where, and why.

    `line` counts from 1 and is 0 for the file as a whole; `field` is "" for the line as a whole.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


@dataclass(slots=True)
class _File:
    """What was seen of a file so far; only ids and references are kept of a fact.

    `facts` counts the facts of each document and family, `linked` their links to each; `documents` holds a
    document record's line, its count and what it lacks; `incomplete` are the documents that errors tell of.
    """

    path: Path
    texts: Mapping[str, str] | None
    ids: dict[str, tuple[str, str]] = field(default_factory=dict)
    references: list[tuple[int, str, str, str]] = field(default_factory=list)
    validators: dict[str, Validator] = field(default_factory=dict)
    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    linked: Counter[tuple[str, str]] = field(default_factory=Counter)
    documents: dict[str, tuple[int, int, tuple[str, ...]]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The file as problems name it."""
        return str(self.path)


def validate(files: Iterable[Path], texts: Mapping[str, str] | None = None) -> Iterator[Problem]:
    """Every problem in facts, documents, errors and claims files; a folder stands for all it has of them.

    A folder's files must be those of its manifest, and no others of our names may be there. Where both files
    of a folder are checked, every fact's document must be there, with that many facts; one that is incomplete
    has none of the families that it lacks, no links to them, and an error of kind `incomplete`.
    `texts` (document id -> text) also checks that `text` is what stands at `start`..`end`. Memory grows with
    the number of facts by their ids alone. Raises ConfigurationError where there is no such file and
    ValidationError for one that is damaged.
    """
    files = list(files)
    states = {path: _File(path, texts) for path in _expand(files)}
    for path in files:
        yield from _check_manifest(path)
    for state in states.values():
        yield from _check_file(state)
    for path, state in states.items():
        documents = states.get(stored(path.parent, DOCUMENTS))
        if path == stored(path.parent, FACTS) and documents is not None:
            yield from _check_counts(state, documents)
            yield from _check_incomplete(state, documents, states.get(stored(path.parent, ERRORS)))


def validate_lines(
    lines: Iterable[bytes], name: str, texts: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Every problem in the lines of one file of that name, as `validate` finds them."""
    yield from _check_lines(lines, _File(Path(name), texts))


def _expand(files: Iterable[Path]) -> list[Path]:
    found = [part for path in files for part in (_parts(path) if path.is_dir() else [path])]
    missing = [path for path in found if not path.is_file()]
    if missing:
        raise ConfigurationError(
            f"there is no file {missing[0]}", remedy="Give files or folders that `newsfacts run` wrote."
        )
    return found


def _parts(folder: Path) -> list[Path]:
    files = [stored(folder, name) for name in (FACTS, DOCUMENTS, ERRORS, CLAIMS)]
    found = [path for path in files if path.is_file()]
    # Where a run has begun only, the manifest is the problem.
    return found or ([] if any(unsettled(folder)) else files[:1])


def _check_manifest(path: Path) -> Iterator[Problem]:
    if path.is_dir():
        found = [(path / name, what) for name, what in unsettled(path)]
    elif path.name in OURS and read_manifest(path.parent) is not None:
        found = [(path, what) for name, what in unsettled(path.parent) if name == path.name]
    else:
        found = []
    for file, what in found:
        yield Problem(str(file), 0, "", f"{what}. {REMEDY}")


def _check_file(state: _File) -> Iterator[Problem]:
    yield from _check_lines((line for block in line_blocks(state.path) for line in BytesIO(block)), state)


def _check_lines(lines: Iterable[bytes], state: _File) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        yield from _check_line(state, number, line)
    yield from _check_references(state)


def _check_line(state: _File, number: int, line: bytes) -> Iterator[Problem]:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield Problem(state.name, number, "", f"not JSON: {error}")
        return
    if not isinstance(record, dict):
        yield Problem(state.name, number, "", "not a JSON object")
        return
    kind = record_kind(record)
    problems = [Problem(state.name, number, *p) for p in _schema_problems(state, kind, record)]
    yield from problems
    if kind in ("fact", "document") and not problems:
        yield from (Problem(state.name, number, *p) for p in _cross_problems(state, number, kind, record))
    if kind == "error" and record.get("kind") == INCOMPLETE:
        state.incomplete.add(record.get("doc_id") or "")


def record_kind(record: Record) -> str:
    """Which schema a record is meant to follow: fact, document, error or claim, told by its keys."""
    if "verdict" in record:
        return "claim"
    if "type" not in record:
        if "sha256" in record:
            return "document"
        if "remedy" in record:
            return "error"
    return "fact"


def _schema_problems(state: _File, kind: str, record: Record) -> list[tuple[str, str]]:
    validator = state.validators.get(kind)
    if validator is None:
        from jsonschema import Draft202012Validator

        validator = state.validators[kind] = Draft202012Validator(schemas.schema(kind))
    errors = sorted(
        validator.iter_errors(schemas.completed(record, kind)),
        key=lambda e: [str(step) for step in e.absolute_path],
    )
    return [(".".join(map(str, error.absolute_path)), error.message) for error in errors]


def _cross_problems(state: _File, number: int, kind: str, record: Record) -> Iterator[tuple[str, str]]:
    yield from _identity_problems(state, number, kind, record)
    if kind == "fact":
        yield from _offset_problems(record)
        yield from _order_problems(record)
        yield from _day_problems(record)
        if state.texts is not None:
            yield from _text_problems(record, state.texts)
    elif state.texts is not None and len(state.texts.get(record["id"], "")) != record["characters"]:
        yield "characters", f"{record['characters']}, but the text has another length"


def _identity_problems(state: _File, number: int, kind: str, record: Record) -> Iterator[tuple[str, str]]:
    identity = record["id"]
    if identity in state.ids:
        yield "id", f"{identity!r} is used before"
    group = record["type"] if record.get("type") in ("date", "place") else "quantity"
    state.ids[identity] = (record.get("doc_id", ""), group)
    if kind == "document":
        state.documents[identity] = (number, record["facts"], tuple(record.get("incomplete", ())))
    if kind == "fact":
        state.facts[record["doc_id"], _FINDERS[group]] += 1
        for name, target in REFERENCES.items():
            if record.get(name) is not None:
                state.linked[record["doc_id"], _FINDERS[target]] += 1
                state.references.append((number, name, record[name], record["doc_id"]))


def _offset_problems(record: Record) -> Iterator[tuple[str, str]]:
    if record["end"] - record["start"] != len(record["text"]):
        length = record["end"] - record["start"]
        yield "text", f"has {len(record['text'])} characters, but end - start is {length}"
    if not record["sentence_start"] <= record["start"] <= record["end"] <= record["sentence_end"]:
        yield "start", "the span is not inside its sentence"
    elif (sentence := record.get("sentence")) is not None:
        yield from _sentence_problems(record, sentence)
    for name in PHRASES:
        yield from _phrase_problems(record, name)


def _sentence_problems(record: Record, sentence: str) -> Iterator[tuple[str, str]]:
    first = record["sentence_start"]
    if len(sentence) != record["sentence_end"] - first:
        yield (
            "sentence",
            f"has {len(sentence)} characters, but sentence_end - sentence_start is another number",
        )
    elif sentence[record["start"] - first : record["end"] - first] != record["text"]:
        yield "sentence", f"does not hold {record['text']!r} at start - sentence_start"


def _phrase_problems(record: Record, name: str) -> Iterator[tuple[str, str]]:
    start, end = record.get(f"{name}_start"), record.get(f"{name}_end")
    said = record.get(name) or ""
    if (start is None) != (end is None):
        yield f"{name}_start", f"{name}_start and {name}_end must be given together"
    elif start is not None and end is not None:
        if start >= end:
            yield f"{name}_start", "the span is empty"
        elif end - start != len(said):
            yield name, f"has {len(said)} characters, but {name}_end - {name}_start is {end - start}"
    if said != said.strip():
        yield name, f"{said!r} has blanks at its edges"


def _order_problems(record: Record) -> Iterator[tuple[str, str]]:
    low, high = record.get("low"), record.get("high")
    if low is not None and high is not None and low > high:
        yield "low", f"{low} is above high {high}"
    if "modifier" in record and record.get("value") is None and (low is None or high is None):
        yield "value", "is null, and so is low or high"
    first, last = record.get("date_start"), record.get("date_end")
    # Text order is day order from the year 0 on only.
    if first and last and not first.startswith("-") and first > last > "0":
        yield "date_start", f"{first} is after date_end {last}"


def _day_problems(record: Record) -> Iterator[tuple[str, str]]:
    for name in ("published", "date_start", "date_end"):
        day = record.get(name)
        # The years that Python's calendar has.
        if day and not day.startswith(("-", "0000")) and not _is_day(day):
            yield name, f"there is no day {day}"


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _text_problems(record: Record, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    text = texts.get(record["doc_id"])
    if text is None:
        yield "doc_id", f"there is no text {record['doc_id']!r}"
        return
    for name, bounds in _SPANS.items():
        start, end = (record.get(bound) for bound in bounds)
        if start is None or end is None or (name == "sentence" and record.get(name) is None):
            continue  # records of older runs hold no sentence
        if (there := text[start:end]) != record[name]:
            yield name, f"is {record[name]!r}, but the document has {there!r} there"


def _check_references(state: _File) -> Iterator[Problem]:
    for number, name, target, doc_id in state.references:
        found = state.ids.get(target)
        if found is None:
            yield Problem(state.name, number, name, f"there is no fact {target!r}")
        elif found[0] != doc_id:
            yield Problem(state.name, number, name, f"fact {target!r} is of document {found[0]!r}")
        elif found[1] != REFERENCES[name]:
            yield Problem(state.name, number, name, f"fact {target!r} is a {found[1]}")


def _check_counts(facts: _File, documents: _File) -> Iterator[Problem]:
    """Whether the two files are of one run."""
    there: Counter[str] = Counter()
    for (doc_id, _), count in facts.facts.items():
        there[doc_id] += count
    for doc_id, (line, count, _) in documents.documents.items():
        if there[doc_id] != count:
            found = f"{facts.path.name} has {there[doc_id]:,} facts of {doc_id!r}"
            yield Problem(documents.name, line, "facts", f"is {count:,}, but {found}")
    for doc_id in sorted(there.keys() - documents.documents.keys()):
        yield Problem(documents.name, 0, "id", f"document {doc_id!r}, which has facts, is not there")


def _check_incomplete(facts: _File, documents: _File, errors: _File | None) -> Iterator[Problem]:
    """Whether documents lack what they say they lack, and errors tell of it."""
    for doc_id, (line, _, families) in documents.documents.items():
        for family in families:
            lacking = _FINDERS.values() if family == "linking" else (family,)
            links = sum(facts.linked[doc_id, name] for name in lacking)
            if count := facts.facts[doc_id, family] + links:
                message = f"lacks {family}, but {facts.path.name} has {count:,} of them or links to them"
                yield Problem(documents.name, line, "incomplete", message)
        if errors is not None and bool(families) != (doc_id in errors.incomplete):
            message = "and the errors file do not agree on what is incomplete"
            yield Problem(documents.name, line, "incomplete", message)
