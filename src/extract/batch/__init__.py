"""A run over many documents: facts, documents and errors into a folder; and the checks of what it wrote."""

from newsfacts.batch.engines import Engine, ThisProcess, WorkerProcesses
from newsfacts.batch.origin import default_source
from newsfacts.batch.outcomes import stream
from newsfacts.batch.run import Summary, run, run_shards
from newsfacts.batch.validate import Problem, validate
from newsfacts.batch.worker import PipelineLoader
from newsfacts.processes import TIMEOUT

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
