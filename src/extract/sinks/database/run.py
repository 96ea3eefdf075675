"""The run that a folder came from: what manifest.json says, or else a fingerprint of the files."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import ValidationError

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Run:
    """A row of `runs`, but for its counts. Moments are ISO 8601 in UTC, without zone."""

    id: str
    newsfacts: str | None = None
    model: str | None = None
    rules: str | None = None
    started: str | None = None
    finished: str | None = None


def read_run(manifest: Path, *files: Path) -> Run:
    """The run that `manifest` describes; where it is missing or has no `run`, the hash of `files` names it.

    Raises ValidationError for a manifest that is no JSON object.
    """
    told = _object(manifest) if manifest.is_file() else {}
    texts = {name: _text(told.get(name)) for name in ("newsfacts", "model", "rules")}
    moments = {name: _moment(told.get(name)) for name in ("started", "finished")}
    return Run(id=_text(told.get("run")) or _fingerprint(files), **texts, **moments)


def _object(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValidationError(f"{path}: {error}", remedy="Run `newsfacts run` again.") from error


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
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:16]
