"""Finds the files behind the inputs: folders, patterns, single files, standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from extract.model import DocumentError
from extract.readers.options import ReadOptions
from extract.readers.problems import Problem, from_system
from extract.readers.registry import READERS, split_suffix
from extract.readers.source import GZIP_MAGIC, Source
from extract.sinks.current import MANIFEST, is_output

STDIN = "-"
_PEEK = 2048


class Discovery:
    """Walks the inputs in order, folders sorted by name. `skipped` counts files that were passed over.

    Folders that a run of ours wrote are: its facts are no texts.
    """

    def __init__(self, inputs: Sequence[str | Path], options: ReadOptions) -> None:
        self._inputs = inputs
        self._options = options
        self.skipped = 0

    def __iter__(self) -> Iterator[Source | DocumentError]:
        for given in self._inputs:
            yield from self._input(given)

    def _input(self, given: str | Path) -> Iterator[Source | DocumentError]:
        if str(given) == STDIN:
            yield _standard_input(self._options)
            return
        path = Path(given)
        if path.is_dir():
            yield from self._folder(path, path)
        elif path.exists() or not glob.has_magic(str(given)):
            yield _single(path, path.name)
        else:
            yield from self._pattern(str(given))

    def _pattern(self, pattern: str) -> Iterator[Source | DocumentError]:
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not found:
            yield Problem("vanished", "no file matches this pattern").at(pattern)
        root = _fixed_part(pattern)
        for name in found:
            path = Path(name)
            if is_output(path):
                self.skipped += 1
            elif path.is_file():
                source = _single(path, path.relative_to(root).as_posix())
                yield from self._counted(source)

    def _folder(self, folder: Path, root: Path) -> Iterator[Source | DocumentError]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield from_system(error).at(str(folder))
            return
        if any(entry.name == MANIFEST for entry in entries) and is_output(folder):
            self.skipped += 1
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                self.skipped += 1
            elif entry.is_dir(follow_symlinks=False):
                yield from self._folder(path, root)
            elif entry.is_dir():
                self.skipped += 1  # a link to a folder could lead round in circles
            else:
                yield from self._counted(_single(path, path.relative_to(root).as_posix()))

    def _counted(self, source: Source | DocumentError) -> Iterator[Source | DocumentError]:
        if isinstance(source, Source):
            yield source
        else:
            self.skipped += 1


def _single(path: Path, name: str) -> Source | DocumentError:
    parts = split_suffix(name)
    if parts is None:
        missing = not path.exists() and not path.is_symlink()
        problem = Problem("vanished", "there is no such file or folder")
        return (problem if missing else Problem("unsupported", "no reader fits this kind of file")).at(
            str(path)
        )
    stem, suffix, compressed = parts
    return Source(str(path), stem, suffix, compressed, file=path)


def _fixed_part(pattern: str) -> PurePath:
    """The folders of a pattern before its first wildcard."""
    parts = PurePath(pattern).parts[:-1]
    fixed = next((i for i, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return PurePath(*parts[:fixed])


def _standard_input(options: ReadOptions) -> Source | DocumentError:
    stream = sys.stdin.buffer
    peekable = stream if isinstance(stream, BufferedReader) else BufferedReader(cast(BufferedReader, stream))
    head = peekable.peek(_PEEK)[:_PEEK]
    suffix = options.stdin_format or _guessed_suffix(head)
    if suffix not in READERS:
        return Problem("unsupported", f"standard input cannot hold {suffix!r}").at(STDIN)
    packed = head.startswith(GZIP_MAGIC)
    return Source(STDIN, "stdin", suffix, compressed=packed, stream=cast(BinaryIO, peekable))


def _guessed_suffix(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return ".jsonl"
    page = start[:200].lower()
    return ".html" if page.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) else ".txt"
