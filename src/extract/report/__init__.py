"""The report page: the facts of a run beside their articles, in one HTML file that works offline."""

from newsfacts.report.content import Content, read_content
from newsfacts.report.page import render

__all__ = ["Content", "read_content", "render"]
