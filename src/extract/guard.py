"""Keeps a defect in one family of facts from costing a document the others."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from newsfacts.errors import IncompleteWarning
from newsfacts.model.records import Step

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """A defect of ours that cost a document one family."""

    family: Step
    error: Exception

    def __str__(self) -> str:
        return f"{self.family} failed: {told(self.error)}"


def told(error: Exception, most: int = 200) -> str:
    """Type and message of an error in one line of at most `most` characters, which can always be written."""
    line = " ".join(f"{type(error).__name__}: {error}".encode(errors="replace").decode().split())
    line = line.removesuffix(":")
    return line if len(line) <= most else f"{line[: most - 3]}..."


def warn_of(failures: Iterable[Failure], name: str) -> None:
    """Warn the caller of our caller, with IncompleteWarning, of what the text of that name lacks."""
    for failure in failures:
        warnings.warn(f"{name}: {failure}", IncompleteWarning, stacklevel=3)


@dataclass(slots=True)
class Guard:
    """Of one document: what fails is noted in `failures`, and counts as nothing found."""

    failures: list[Failure] = field(default_factory=list)

    def all_of(self, family: Step, find: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """What `find` finds; nothing where it fails. Raises MemoryError: that is no matter of a family."""
        try:
            return tuple(find())
        except MemoryError:
            raise
        except Exception as error:
            self.failures.append(Failure(family, error))
            return ()

    def failed(self, family: Step) -> bool:
        """Whether a family failed."""
        return any(failure.family == family for failure in self.failures)
