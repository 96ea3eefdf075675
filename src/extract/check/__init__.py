"""A second reader's word on the quantities of a run: quantulum3 reads each sentence again."""

from extract.check.compare import Checker, Disagreement, SecondReading
from extract.check.reader import Quantulum, Reader, Reading

__all__ = ["Checker", "Disagreement", "Quantulum", "Reader", "Reading", "SecondReading"]
