"""Finds the files behind the inputs: folders, patterns, single files, standard input."""

from __future__ import annotations

import fnmatch
import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from io import BufferedReader
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from newsfacts.model import DocumentError
from newsfacts.model.document import is_writable, writable
from newsfacts.readers.decoding import marked_encoding
from newsfacts.readers.office import PACKAGES
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem, Refused, from_exception
from newsfacts.readers.registry import READERS, split_suffix
from newsfacts.readers.source import GZIP_MAGIC, Source, refuse_special
from newsfacts.sinks.current import MANIFEST, is_output

STDIN = "-"
#: Longest id of a document, in characters; so far a folder may lie below the input, too.
LONGEST_ID = 512
_PEEK = 2048
#: How many files that were passed over are named.
NAMED = 100


class Discovery:
    """Walks the inputs in order, folders sorted by name. `skipped` counts files that were passed over.

    `unknown` names those that are not hidden and that no reader fits, the first NAMED of them.

    Only regular files are given, and of links those that stay in the folder that was named; with
    `follow_links` all, and each folder once. What cannot be given is an error, and never raised. Folders
    that a run of ours wrote are passed over: its facts are no texts.
    """

    def __init__(self, inputs: Sequence[str | Path], options: ReadOptions) -> None:
        self._inputs = inputs
        self._options = options
        self.skipped = 0
        self.unknown: list[str] = []

    def __iter__(self) -> Iterator[Source | DocumentError]:
        for given in self._inputs:
            try:
                yield from self._input(given)
            except Exception as error:
                yield from_exception(error).at(str(given))

    def _input(self, given: str | Path) -> Iterator[Source | DocumentError]:
        if str(given) == STDIN:
            yield _standard_input(self._options)
            return
        path = Path(given)
        if not is_writable(str(given)):
            yield _unwritable().at(str(given))
            return
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for some names
            yield from self._folder(path)
        elif os.path.lexists(path) or not glob.has_magic(str(given)):
            yield _named(path)
        else:
            yield from self._pattern(str(given))

    def _pattern(self, pattern: str) -> Iterator[Source | DocumentError]:
        root = Path(_fixed_part(pattern))
        parts = PurePath(pattern).parts[len(root.parts) :]
        # glob follows links to folders for "**", also round in circles.
        entries = self._below(root, parts) if "**" in parts else self._matching(pattern, root)
        found = False
        for entry in entries:
            found = True
            yield entry
        if not found:
            yield Problem("vanished", "no file matches this pattern").at(pattern)

    def _below(self, root: Path, parts: Sequence[str]) -> Iterator[Source | DocumentError]:
        return self._folder(root, lambda name: _matches(name.parts, parts))

    def _matching(self, pattern: str, root: Path) -> Iterator[Source | DocumentError]:
        links = _Links(root, self._options, within=True)
        for name in sorted(glob.iglob(pattern)):  # noqa: PTH207 - the pattern may be absolute
            path = Path(name)
            if is_output(path):
                self.skipped += 1
            elif not os.path.isdir(path):  # noqa: PTH112
                yield from self._entry(path, path.relative_to(root), links)

    def _folder(
        self, root: Path, wanted: Callable[[Path], bool] = lambda name: True
    ) -> Iterator[Source | DocumentError]:
        """The files below a folder. Folders still to do are held here: they may be nested deep."""
        links = _Links(root, self._options)
        waiting: list[Iterator[os.DirEntry[str]]] = []
        yield from self._enter(root, waiting)
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
                continue
            path = Path(entry.path)
            name = path.relative_to(root)
            if entry.name.startswith("."):
                self.skipped += 1
            elif _is_folder(entry):
                yield from self._subfolder(path, name, links, waiting)
            elif wanted(name):
                yield from self._entry(path, name, links)

    def _subfolder(
        self, path: Path, name: Path, links: _Links, waiting: list[Iterator[os.DirEntry[str]]]
    ) -> Iterator[DocumentError]:
        problem = _unusable_name(name) or links.problem(path)
        if problem is not None:
            yield problem.at(str(path))
        elif links.is_new(path):
            yield from self._enter(path, waiting)
        else:
            self.skipped += 1  # its files are read where they are, or have been

    def _enter(self, folder: Path, waiting: list[Iterator[os.DirEntry[str]]]) -> Iterator[DocumentError]:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield from_exception(error).at(str(folder))
            return
        if any(entry.name == MANIFEST for entry in entries) and is_output(folder):
            self.skipped += 1
        else:
            waiting.append(iter(entries))

    def _entry(self, path: Path, name: Path, links: _Links) -> Iterator[Source | DocumentError]:
        """What is no folder: a file, or a problem where it should be one."""
        if split_suffix(path.name) is None and not _is_barred(path):
            self.skipped += 1
            if len(self.unknown) < NAMED:
                self.unknown.append(writable(name.as_posix()))
            return
        problem = _unusable_name(name) or _special(path) or links.problem(path)
        yield problem.at(str(path)) if problem is not None else _source(path, name.as_posix())


class _Links:
    """Which links below a folder are followed. `within`: paths may lead through links before their end."""

    def __init__(self, root: Path, options: ReadOptions, *, within: bool = False) -> None:
        self._root = Path(os.path.realpath(root))
        self._within = within
        self._follow = options.follow_links
        self._seen = {_identity(root)}

    def problem(self, path: Path) -> Problem | None:
        """What is wrong with a path, where it is a link that is not followed."""
        if self._follow or not (self._within or path.is_symlink()):
            return None
        target = Path(os.path.realpath(path))
        inside = target.is_relative_to(self._root)
        if inside:
            return None
        return Problem("outside-link", f"a link leads out of the folder, to {target}")

    def is_new(self, folder: Path) -> bool:
        """Whether a folder is to be entered: a link to one only where links are followed, and each once."""
        if not self._follow:
            return not folder.is_symlink()
        identity = _identity(folder)
        new = identity is None or identity not in self._seen
        self._seen.add(identity)
        return new


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        told = folder.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere that we may look
        return False


def _is_barred(path: Path) -> bool:
    """Whether a link leads round in circles or where we may not look, whatever it is called."""
    if not path.is_symlink():
        return False
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _special(path: Path) -> Problem | None:
    """What is wrong with a path that is no regular file. Not opened: a pipe would wait for its writer."""
    try:
        refuse_special(path.stat().st_mode)
    except (OSError, Refused) as error:
        return from_exception(error)
    return None


def _unusable_name(name: PurePath) -> Problem | None:
    if not is_writable(str(name)):
        return _unwritable()
    if len(str(name)) > LONGEST_ID:
        return Problem("long-id", f"the path below the input is longer than {LONGEST_ID} characters")
    return None


def _unwritable() -> Problem:
    return Problem("bad-name", "the name is not UTF-8")


def _named(path: Path) -> Source | DocumentError:
    """The file that the user named: a link is followed."""
    problem = _unusable_name(PurePath(path.name)) or _special(path)
    if problem is not None:
        return problem.at(str(path))
    return _source(path, path.name)


def _source(path: Path, name: str) -> Source | DocumentError:
    parts = split_suffix(name)
    if parts is None and PurePath(name).suffix.lower() in PACKAGES:
        return Problem("missing-extra", "what reads this kind of file is not installed").at(str(path))
    if parts is None:
        return Problem("unsupported", "no reader fits this kind of file").at(str(path))
    stem, suffix, compressed = parts
    return Source(str(path), stem, suffix, compressed, file=path)


def _fixed_part(pattern: str) -> PurePath:
    """The folders of a pattern before its first wildcard."""
    parts = PurePath(pattern).parts[:-1]
    fixed = next((i for i, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return PurePath(*parts[:fixed])


def _matches(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path are those of a pattern; "**" stands for any number of them."""
    if not names or not pattern:
        return not names and all(part == "**" for part in pattern)
    if pattern[0] == "**":
        return _matches(names, pattern[1:]) or _matches(names[1:], pattern)
    return fnmatch.fnmatchcase(names[0], pattern[0]) and _matches(names[1:], pattern[1:])


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
    marked = marked_encoding(head)
    if marked is not None:
        head = head.decode(marked, "replace").encode("utf-8", "replace")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return ".jsonl"
    page = start[:200].lower()
    return ".html" if page.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) else ".txt"
