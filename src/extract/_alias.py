"""The package under a second name: `extract`, the name of its folder, stands for `newsfacts`."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import InspectLoader, Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import CodeType, ModuleType

_REAL = "newsfacts"


def stand_in(alias: str) -> None:
    """Make `import ALIAS` and `import ALIAS.anything` give the modules of newsfacts themselves.

    One module under two names, so that a class is the same whichever name it came by.

    >>> import extract, newsfacts
    >>> extract.model is newsfacts.model
    True
    """
    if not any(isinstance(finder, _Alias) and finder.alias == alias for finder in sys.meta_path):
        sys.meta_path.insert(0, _Alias(alias))
    sys.modules[alias] = importlib.import_module(_REAL)


class _Alias(MetaPathFinder, Loader):
    def __init__(self, alias: str) -> None:
        self.alias = alias

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module of newsfacts that the name stands for."""
        if not fullname.startswith(f"{self.alias}."):
            return None
        real = find_spec(self._real(fullname))
        if real is None:
            return None
        return ModuleSpec(
            fullname, self, origin=real.origin, is_package=real.submodule_search_locations is not None
        )

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module itself, imported before or now."""
        module = importlib.import_module(self._real(spec.name))
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its own spec again: it is imported already."""
        if module.__spec__ is not None and module.__spec__.loader_state is not None:
            module.__spec__ = module.__spec__.loader_state

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of a module that is run as `python -m`."""
        real = find_spec(self._real(fullname))
        if real is None or not isinstance(real.loader, InspectLoader):
            return None
        return real.loader.get_code(real.name)

    def _real(self, fullname: str) -> str:
        return f"{_REAL}{fullname[len(self.alias) :]}"
