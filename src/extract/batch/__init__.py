"""A run over many documents: facts, documents and errors into a folder; and the checks of what it wrote."""

from extract.batch.engines import Engine, ThisProcess, WorkerProcesses
from extract.batch.origin import default_source
from extract.batch.outcomes import stream
from extract.batch.run import Summary, run, run_shards
from extract.batch.validate import Problem, validate
from extract.batch.worker import PipelineLoader
from extract.processes import TIMEOUT

__all__ = [
    "TIMEOUT",
    "Engine",
    "PipelineLoader",
    "Problem",
    "Summary",
    "ThisProcess",
    "WorkerProcesses",
    "default_source",
    "run",
    "run_shards",
    "stream",
    "validate",
]
