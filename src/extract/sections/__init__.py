"""From a text to a Document: paragraphs, what each of them is, and the day of publication."""

from newsfacts.sections.builder import DocumentBuilder, build_document
from newsfacts.sections.days import DateOrder
from newsfacts.sections.normalise import normalise_text

__all__ = ["DateOrder", "DocumentBuilder", "build_document", "normalise_text"]
