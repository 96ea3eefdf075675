"""Errors of the databases' drivers as one plain line: what is wrong, and what can be done about it.

A driver's message may quote a row of data or a password. Of a row nothing is repeated, only what kind of
mistake it is; elsewhere the first line of the driver's words is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from newsfacts.errors import ConfigurationError, NewsfactsError, ValidationError
from newsfacts.sinks.database.target import Target

TITLES = {"postgresql": "PostgreSQL", "duckdb": "DuckDB", "sqlite": "SQLite"}

_RECORD = "Run `newsfacts validate` on the file, or extract it again."
_TIME = "Nothing was written: allow more time (PGOPTIONS='-c statement_timeout=0') and load again."
_ROOM = "Nothing was written: make room on its disk (temporary files lie there too) and load again."
_ADDRESS = "Check the address and that nothing else writes into the database, then load again."
#: What can stop a load although address and records are right, in the drivers' words.
_REMEDIES = (
    (re.compile(r"timeout|canceling statement", re.IGNORECASE), _TIME),
    (re.compile(r"disk|no space|file too large|temp_file_limit|out of memory|offload", re.IGNORECASE), _ROOM),
)
#: Classes of errors, those of Python's database interface among them, that are about a record.
_OF_RECORDS = {"DataError", "IntegrityError", "OverflowError", "ArrowInvalid", "ProgramLimitExceeded"}


@contextmanager
def explained(target: Target, errors: tuple[type[Exception], ...]) -> Iterator[None]:
    """Turns errors of the driver, which are `errors`, into ours; passwords that they quote are masked."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _explanation(error.orig or error, target) from None
    except errors as error:
        raise _explanation(error, target) from None


def _explanation(error: BaseException, target: Target) -> NewsfactsError:
    if any(kind.__name__ in _OF_RECORDS for kind in type(error).__mro__):
        return ValidationError(f"{target.shown} refuses a record: {_kind(error)}", remedy=_RECORD)
    line = target.masked(str(error).strip().partition("\n")[0])
    words = f"{type(error).__name__} {line}"
    return ConfigurationError(
        f"{target.shown} cannot be used as a {TITLES[target.kind]} database: {line}",
        remedy=next((remedy for told, remedy in _REMEDIES if told.search(words)), _ADDRESS),
    )


def _kind(error: BaseException) -> str:
    """The kind of mistake in words, with the constraint where one was broken; never a value."""
    if type(error).__module__ == "sqlite3":  # all errors are of one class; what it says names columns only
        return str(error)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f"{words} ({constraint})" if constraint else words
