"""JavaScript modules as one script that needs no module loader: each keeps a scope of its own.

Only what the modules of this package use is understood: `import { a, b } from "./x.js";`, and `export` before
a function, class or const.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<module>\w+)\.js";', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>\w+))", re.MULTILINE)


def bundle(modules: Iterable[tuple[str, str]]) -> str:
    """One script of modules (name, source), each after those that it imports."""
    parts = ["(() => {", '"use strict";', *(_scope(name, source) for name, source in modules), "})();"]
    return "\n".join(parts) + "\n"


def _scope(name: str, source: str) -> str:
    exported = [match["name"] for match in _EXPORT.finditer(source)]
    inner = _IMPORT.sub(r"const \g<names> = module_\g<module>;", _EXPORT.sub("", source))
    return f"const module_{name} = (() => {{\n{inner}return {{ {', '.join(exported)} }};\n}})();"
