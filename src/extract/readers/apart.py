"""Reading in a process of its own: a file that crashes, hangs or fills it is one error record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Final

from newsfacts.processes import MEMORY, OUT_OF_MEMORY, TIMEOUT, Child, Lost, deadline, received, settle
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem, from_system
from newsfacts.readers.reading import items_of
from newsfacts.readers.source import FormatReader, Item, RawDocument, Source

#: Formats whose reading is a line at a time or a plain copy: nothing of a file's making is interpreted.
_PLAIN: Final = frozenset({".txt", ".text", ".jsonl", ".ndjson", ".csv", ".tsv"})


class ReaderProcess:
    """Reads as `items_of` does, risky formats in one process that is started for the first of them.

    HTML, Markdown, Parquet and everything compressed is read there. A file on which it ends, takes more than
    `timeout` seconds for one document or more than `memory` GB becomes an error (kinds `crashed`, `timeout`,
    `memory`); what it gave before stays, and a new process reads the next file. Plain files and standard
    input are read in this process. `reader` must be picklable. Not for several threads at a time.
    """

    def __init__(
        self,
        timeout: float = TIMEOUT,
        memory: float | None = MEMORY,
        reader: FormatReader = items_of,
    ) -> None:
        self._reader = reader
        self._timeout = timeout
        self._memory = memory
        self._child: Child | None = None

    def __call__(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """The items of a source."""
        if source.file is None or (source.suffix in _PLAIN and not source.compressed):
            return self._reader(source, options)
        return self._apart(source, options)

    def _apart(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        # Kept from others until the file is read to its end: where it is not, its rest is in the pipe.
        child, self._child = self._child, None
        try:
            child = child or Child(_serve, self._reader, self._timeout, self._memory)
        except OSError as error:
            yield from_system(error).at(source.path, source.doc_id)
            return
        done = False
        try:
            child.send((source, options))
            while (answer := child.answer(self._timeout)) is not None:
                if isinstance(answer, Lost):
                    yield Problem(answer.kind, answer.message).at(source.path, source.doc_id)
                    return
                yield answer
            done = True
        finally:
            if done:
                self._child = child
            else:
                child.end()

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _serve(connection: Connection, reader: FormatReader, timeout: float, memory: float | None) -> None:
    """The life of the process: answer each source with its items, then None."""
    settle(memory)
    # What libraries print of broken files would garble the command's output; it is in the error record.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        for source, options in received(connection):
            items = reader(source, options)
            item: Item | None = RawDocument("", "", "")
            while item is not None:
                with deadline(timeout):
                    item = next(items, None)
                connection.send(item)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (BrokenPipeError, ConnectionResetError):
        return
