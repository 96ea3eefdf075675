"""An outcome as JUnit XML: a test case for every figure, and one for every document's pinned facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET  # only writes

from newsfacts.diff import describe
from newsfacts.gate.check import Outcome

#: Characters that XML 1.0 cannot hold.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Case(NamedTuple):
    """A test case. `kind` and `message` say why it did not pass; the text is the list of details."""

    suite: str
    name: str
    kind: str = ""
    message: str = ""
    text: str = ""


def outcome_to_junit(outcome: Outcome) -> bytes:
    """The whole outcome."""
    return _document(
        [*_floors(outcome), *_pinned_scores(outcome), *_documents(outcome), *_incomplete(outcome)]
    )


def unusable_to_junit(message: str) -> bytes:
    """A gate that could not be run: one case with an error."""
    return _document([Case("gate", "configuration", "error", message)])


def _floors(outcome: Outcome) -> Iterator[Case]:
    failed = {unmet.figure: str(unmet) for unmet in outcome.below}
    for name in dict.fromkeys([*outcome.pinned.baseline.floors, *failed]):
        yield _case("floors", name, failed.get(name, ""))


def _pinned_scores(outcome: Outcome) -> Iterator[Case]:
    failed = {drop.figure: str(drop) for drop in outcome.drops}
    for name in outcome.pinned.baseline.scores:
        yield _case("pinned scores", name, failed.get(name, ""))


def _documents(outcome: Outcome) -> Iterator[Case]:
    for doc_id in sorted({fact.doc_id for fact in outcome.pinned.facts or ()}):
        lost = [describe(entry) for entry in outcome.lost if entry.doc_id == doc_id]
        message = f"{len(lost)} of the pinned facts lost or wrong" if lost else ""
        yield _case("pinned facts", doc_id, message, "\n".join(lost))


def _incomplete(outcome: Outcome) -> Iterator[Case]:
    for doc_id, families in outcome.incomplete.items():
        yield _case("complete documents", doc_id, f"lacks {', '.join(families)}")


def _case(suite: str, name: str, message: str, text: str = "") -> Case:
    return Case(suite, name, "failure" if message else "", message, text)


def _document(cases: Iterable[Case]) -> bytes:
    root = ET.Element("testsuites", name="newsfacts gate")
    suites: dict[str, list[Case]] = {}
    for case in cases:
        suites.setdefault(case.suite, []).append(case)
    for name, members in suites.items():
        suite = ET.SubElement(root, "testsuite", {"name": name, **_numbers(members)})
        for case in members:
            _add(suite, case)
    root.attrib |= _numbers([case for members in suites.values() for case in members])
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _numbers(cases: list[Case]) -> dict[str, str]:
    kinds = [case.kind for case in cases]
    numbers = {"tests": len(cases), "failures": kinds.count("failure"), "errors": kinds.count("error")}
    return {name: str(number) for name, number in numbers.items()}


def _add(suite: ET.Element, case: Case) -> None:
    element = ET.SubElement(suite, "testcase", classname=f"newsfacts.{case.suite}", name=_legal(case.name))
    if case.kind:
        ET.SubElement(element, case.kind, message=_legal(case.message)).text = _legal(case.text)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
