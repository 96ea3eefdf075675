"""From a text to a Document: paragraphs, what each of them is, and the day of publication."""

from extract.sections.builder import DocumentBuilder, build_document
from extract.sections.days import DateOrder
from extract.sections.normalise import normalise_text

__all__ = ["DateOrder", "DocumentBuilder", "build_document", "normalise_text"]
