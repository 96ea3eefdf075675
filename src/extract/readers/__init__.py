"""Inputs to documents: text, Markdown, HTML, JSONL, CSV, TSV and Parquet, also compressed."""

from extract.readers.apart import ReaderProcess
from extract.readers.options import FieldNames, ReadOptions
from extract.readers.problems import REMEDIES
from extract.readers.reading import Reading, read

__all__ = ["REMEDIES", "FieldNames", "ReadOptions", "ReaderProcess", "Reading", "read"]
