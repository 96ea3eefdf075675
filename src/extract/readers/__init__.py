"""Inputs to documents: text, Markdown, HTML, JSONL, CSV, TSV and Parquet, also compressed."""

from newsfacts.readers.apart import ReaderProcess
from newsfacts.readers.options import FieldNames, ReadOptions
from newsfacts.readers.problems import REMEDIES
from newsfacts.readers.reading import Reading, read

__all__ = ["REMEDIES", "FieldNames", "ReadOptions", "ReaderProcess", "Reading", "read"]
