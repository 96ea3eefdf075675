"""Guards what a project has reached: floors for its scores, and the facts of a pinned run."""

from newsfacts.gate.check import Outcome, check, read_run
from newsfacts.gate.junit import outcome_to_junit, unusable_to_junit
from newsfacts.gate.pinning import Pinned, pin_run, pinned_facts, read_pinned
from newsfacts.gate.run import Run
from newsfacts.gate.summary import outcome_to_json, outcome_to_markdown, score_table

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
