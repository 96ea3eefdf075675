"""newsfacts: checkable quantity facts from news articles.

>>> import newsfacts
>>> for fact in newsfacts.facts("Exports rose 5 percent to 2 billion dollars in 2023."):
...     print(fact.type, fact.text)
percent 5 percent
money 2 billion dollars
date 2023
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from newsfacts.api.finding import facts, load
    from newsfacts.api.frames import claims, places, quantities, to_geodataframe
    from newsfacts.api.runs import Run, read_run
    from newsfacts.api.showing import Shown, show
    from newsfacts.errors import (
        ConfigurationError,
        IncompleteWarning,
        InputWarning,
        ModelError,
        NewsfactsError,
        RulesError,
        ValidationError,
    )
    from newsfacts.model import DateFact, Document, Fact, PlaceFact, QuantityFact
    from newsfacts.model.claim import Claim, ClaimSource
    from newsfacts.pipeline import Pipeline
    from newsfacts.sinks.dataframe import to_dataframe

    __version__: str

__all__ = [
    "Claim",
    "ClaimSource",
    "ConfigurationError",
    "DateFact",
    "Document",
    "Fact",
    "IncompleteWarning",
    "InputWarning",
    "ModelError",
    "NewsfactsError",
    "Pipeline",
    "PlaceFact",
    "QuantityFact",
    "RulesError",
    "Run",
    "Shown",
    "ValidationError",
    "__version__",
    "claims",
    "facts",
    "load",
    "places",
    "quantities",
    "read_run",
    "show",
    "to_dataframe",
    "to_geodataframe",
]

#: Module -> its public names. They are imported when they are first asked for: `import newsfacts` is quick.
_PUBLIC: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "api.finding": ("facts", "load"),
        "api.frames": ("claims", "places", "quantities", "to_geodataframe"),
        "api.runs": ("Run", "read_run"),
        "api.showing": ("Shown", "show"),
        "errors": (
            "ConfigurationError", "IncompleteWarning", "InputWarning", "ModelError", "NewsfactsError",
            "RulesError", "ValidationError",
        ),
        "model": ("DateFact", "Document", "Fact", "PlaceFact", "QuantityFact"),
        "model.claim": ("Claim", "ClaimSource"),
        "pipeline": ("Pipeline",),
        "sinks.dataframe": ("to_dataframe",),
    }
)  # fmt: skip
_HOME: Final = MappingProxyType({name: module for module, names in _PUBLIC.items() for name in names})


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        found: Any = version("newsfacts")
    elif name in _HOME:
        found = getattr(import_module(f"newsfacts.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'newsfacts' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Face(ModuleType):
    """Keeps `newsfacts.quantities` and `newsfacts.places` the functions.

    The packages of these names, which hold the finders, would take their place when they are imported.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face

if __name__ == "extract":  # a checkout has the folder's own name on the path, too
    from newsfacts._alias import stand_in

    stand_in(__name__)
