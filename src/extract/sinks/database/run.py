"""The run that a folder came from: what manifest.json says, or else a fingerprint of the files."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from newsfacts.errors import ValidationError
from newsfacts.sinks.current import MANIFEST


@dataclass(frozen=True, slots=True)
class Run:
    """A row of `runs`, but for its counts. Moments are ISO 8601 in UTC, without zone."""

    id: str
    newsfacts: str | None = None
    model: str | None = None
    rules: str | None = None
    started: str | None = None
    finished: str | None = None
    source: str | None = None


def read_source(manifest: Path) -> str | None:
    """Where the documents of the run that `manifest` describes come from. Raises as `read_run` does."""
    return _text(_object(manifest).get("source")) if manifest.is_file() else None


def read_run(manifest: Path, *files: Path, source: str | None = None) -> Run:
    """The run that `manifest` describes; where it is missing or has no `run`, the hash of `files` names it.

    `source` counts for more than that of the manifest.

    Raises ValidationError for a manifest that is no JSON object, and for files that are not those it names:
    a run that was killed at its last step leaves facts of one run beside documents of another.
    """
    told = _object(manifest) if manifest.is_file() else {}
    _check_files(told.get("files"), files)
    texts = {name: _text(told.get(name)) for name in ("newsfacts", "model", "rules", "source")}
    texts["source"] = source or texts["source"]
    moments = {name: _moment(told.get(name)) for name in ("started", "finished")}
    return Run(id=_text(told.get("run")) or _fingerprint(files), **texts, **moments)


def _object(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValidationError(f"{path}: {error}", remedy="Run `newsfacts run` again.") from error


def _check_files(told: object, files: tuple[Path, ...]) -> None:
    for path in files:
        entry = told.get(path.name) if isinstance(told, dict) else None
        wanted = entry.get("sha256") if isinstance(entry, dict) else None
        if wanted is not None and wanted != _hash(path).hex():
            raise ValidationError(
                f"{path} is not the file that {MANIFEST} names",
                remedy="A run was ended before its last step: run it again.",
            )


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value and value.replace("\0", "\ufffd")
    return msgspec.json.encode(value, order="deterministic").decode()


def _moment(value: object) -> str | None:
    """A moment in UTC; None for what is no ISO 8601 moment, as the manifest only informs."""
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return None
    utc = moment.astimezone(dt.UTC) if moment.tzinfo else moment
    return utc.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")


def _fingerprint(files: tuple[Path, ...]) -> str:
    return hashlib.sha256(b"".join(map(_hash, files))).hexdigest()[:16]


def _hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
