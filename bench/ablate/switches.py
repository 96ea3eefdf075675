"""What can be made to find nothing: functions of finding and linking, and named rules of their data.

A function is switched off by what its return annotation allows: None, False, an empty collection, or the
argument that it would have passed on changed. A rule of `rules/` is switched off by taking it out of its
file: an entry with a name, a weight (set to 0), or a whole list of words.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

from newsfacts.rules import RuleSet

PACKAGES = ("dates", "places", "quantities", "linking")
#: Files that say what a word means, not what to find: units, currencies, countries; and what only tests read.
_NOT_RULES = (
    "examples.yaml", "confidence.yaml", "countries.yaml", "currencies.yaml",
    "units.yaml", "units_catalogue.yaml",
)  # fmt: skip
_EMPTY = {"list": "[]", "dict": "{}", "set": "set()", "frozenset": "frozenset()", "defaultdict": "{}"}
_EMPTY |= dict.fromkeys(("tuple", "Sequence", "Iterable", "Collection"), "()")
_EMPTY |= dict.fromkeys(("Iterator", "Generator"), "iter(())")
_EMPTY |= {"Mapping": "{}", "None": "None", "bool": "False"}


@dataclass(frozen=True, slots=True)
class FunctionSwitch:
    """A function, and the code that does nothing in its place."""

    name: str
    function: FunctionType
    code: CodeType
    nothing: CodeType
    lines: int

    def set(self, *, off: bool) -> None:
        """Switch the function off, wherever it is called from, or on again."""
        self.function.__code__ = self.nothing if off else self.code


@dataclass(frozen=True, slots=True)
class DataSwitch:
    """A rules file, and its content without one rule."""

    name: str
    file: str
    content: dict[str, Any]


def functions() -> list[FunctionSwitch]:
    """Every function and method of the packages that has a way to find nothing, by name."""
    found: dict[CodeType, FunctionSwitch] = {}
    for module in _modules():
        for name, function in _functions(module):
            nothing = _nothing(function)
            if nothing is not None and not function.__code__.co_freevars:
                name = f"{module.__name__.removeprefix('newsfacts.')}.{name}"
                lines = len(inspect.getsourcelines(function)[0])
                code = function.__code__
                found.setdefault(code, FunctionSwitch(name, function, code, nothing, lines))
    return sorted(found.values(), key=lambda switch: switch.name)


def _modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        root = importlib.import_module(f"newsfacts.{package}")
        for info in pkgutil.iter_modules(root.__path__, f"{root.__name__}."):
            yield importlib.import_module(info.name)


def _functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in vars(module).items():
        members: Iterable[tuple[str, FunctionType | None]]
        if inspect.isclass(value) and value.__module__ == module.__name__:
            members = ((f"{name}.{inner}", _plain(member)) for inner, member in vars(value).items())
        else:
            members = [(name, _plain(value))]
        for full, function in members:
            own = function is not None and function.__code__.co_filename == module.__file__
            if function is not None and own and "__" not in full:
                yield full, function


def _plain(member: object) -> FunctionType | None:
    """The function under a property, static or class method, or cache."""
    for wrapper in ("fget", "func", "__func__", "__wrapped__"):
        member = getattr(member, wrapper, member)
    return member if isinstance(member, FunctionType) else None


def _nothing(function: FunctionType) -> CodeType | None:
    """Code that takes any arguments and finds nothing."""
    said = function.__annotations__.get("return")
    if not isinstance(said, str):
        return None
    value = _empty(ast.parse(said, mode="eval").body)
    if value is None:
        same = [name for name, hint in function.__annotations__.items() if hint == said and name != "return"]
        if not same:
            return None
        position = function.__code__.co_varnames.index(same[0])
        value = f"args[{position}] if len(args) > {position} else kwargs[{same[0]!r}]"
    scope: dict[str, Any] = {}
    exec(f"def nothing(*args, **kwargs): return {value}", scope)  # built of names in this file only
    code: CodeType = scope["nothing"].__code__
    return code


def _empty(node: ast.expr) -> str | None:
    """The expression of nothing for a return type."""
    match node:
        case ast.BinOp(left=left, right=right):
            sides = [_empty(left), _empty(right)]
            return "None" if "None" in sides else next((side for side in sides if side), None)
        case ast.Constant(value=None):
            return "None"
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[*_, last])):
            return "()" if isinstance(last, ast.Constant) and last.value is ... else None
        case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
            return _EMPTY.get(name)
    return None


def data(rules: RuleSet) -> list[DataSwitch]:
    """Every named rule, weight and list of the packages' rules files."""
    found = []
    for file in rules.names():
        if file.split("/")[0] in PACKAGES and file.count("/") == 1 and not file.endswith(_NOT_RULES):
            whole: dict[str, Any] = rules.read(file, dict)
            found += [DataSwitch(f"rules/{file}: {name}", file, less) for name, less in _without(whole)]
    return found


def _without(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in whole.items():
        if isinstance(value, list) and value and all(isinstance(v, dict) and "name" in v for v in value):
            for i, entry in enumerate(value):
                yield f"{key} {entry['name']}", whole | {key: [*value[:i], *value[i + 1 :]]}
        elif key == "weights":
            for name in value:
                yield f"{key} {name}", whole | {key: value | {name: 0.0}}
        elif isinstance(value, list | dict) and value:
            yield key, whole | {key: type(value)()}
