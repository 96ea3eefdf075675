"""A second reader's word on the quantities of a run: quantulum3 reads each sentence again."""

from newsfacts.check.compare import Checker, Disagreement, SecondReading
from newsfacts.check.reader import Quantulum, Reader, Reading

__all__ = ["Checker", "Disagreement", "Quantulum", "Reader", "Reading", "SecondReading"]
