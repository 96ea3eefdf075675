"""What changed between two sets of facts, and with gold whether for better or worse."""

from newsfacts.diff.changes import Diff, Difference, Entry, Kind, diff_facts
from newsfacts.diff.judging import gold_judge, read_judge
from newsfacts.diff.markdown import diff_to_markdown
from newsfacts.diff.page import diff_to_html
from newsfacts.diff.rendering import describe, diff_tables, diff_to_json, headline

__all__ = [
    "Diff",
    "Difference",
    "Entry",
    "Kind",
    "describe",
    "diff_facts",
    "diff_tables",
    "diff_to_html",
    "diff_to_json",
    "diff_to_markdown",
    "gold_judge",
    "headline",
    "read_judge",
]
