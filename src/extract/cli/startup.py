"""spaCy without its own command line, which is a fifth of the time until the first fact."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def import_spacy() -> None:
    """Import spaCy, but not `spacy.cli`: it brings web clients and project tools to serve `spacy.info`.

    `spacy.info` and a later `import spacy.cli` work as ever. Does nothing where spaCy is imported already.
    """
    if "spacy" in sys.modules:
        return
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    vars(package)["__path__"] = []
    vars(module)["info"] = _info
    stand_ins = {one.__name__: one for one in (package, module)}
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("spacy")
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)


def _info(*args: Any, **options: Any) -> Any:
    return importlib.import_module("spacy.cli.info").info(*args, **options)
