"""Guards what a project has reached: floors for its scores, and the facts of a pinned run."""

from extract.gate.check import Outcome, check, read_run
from extract.gate.junit import outcome_to_junit, unusable_to_junit
from extract.gate.pinning import Pinned, pin_run, pinned_facts, read_pinned
from extract.gate.run import Run
from extract.gate.summary import outcome_to_json, outcome_to_markdown, score_table

__all__ = [
    "Outcome",
    "Pinned",
    "Run",
    "check",
    "outcome_to_json",
    "outcome_to_junit",
    "outcome_to_markdown",
    "pin_run",
    "pinned_facts",
    "read_pinned",
    "read_run",
    "score_table",
    "unusable_to_junit",
]
