"""A run over many documents: facts, documents and errors into a folder; and the checks of what it wrote."""

from extract.batch.run import Summary, run, stream
from extract.batch.validate import Problem, validate

__all__ = ["Problem", "Summary", "run", "stream", "validate"]
