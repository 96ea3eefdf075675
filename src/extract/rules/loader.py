"""Loads YAML definitions into frozen msgspec structs; a mistake is named with file, line and field."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from newsfacts.errors import RulesError

T = TypeVar("T")

_MSGSPEC_PATH = re.compile(r"^(?P<message>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<index>\d+|\.\.\.)\]")
_QUOTED = re.compile(r"`([^`]+)`")


def default_rules_dir() -> Path:
    """The shipped rules: inside the wheel, or the checkout's top-level rules/ folder."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


class RuleSet:
    """A folder of definitions, with an optional folder of the user's files that replace shipped ones.

    A user's folder need hold only the files that differ; every other file comes from the shipped rules.
    Raises RulesError where there is no such folder, or none of the rules in it.
    """

    def __init__(self, override: Path | None = None) -> None:
        if override is not None and not override.is_dir():
            raise RulesError("no such folder", file=str(override), remedy="Give a folder of rules files.")
        shipped = default_rules_dir()
        if override is not None and not _shared(override, shipped):
            raise _without_rules(override, shipped)
        self._folders = [p for p in (override, shipped) if p is not None]

    def path(self, name: str) -> Path:
        """The file that `name` ("quantities/currencies.yaml") stands for."""
        for folder in self._folders:
            if (folder / name).is_file():
                return folder / name
        raise RulesError(
            "rules file is missing", file=name, remedy="Reinstall newsfacts or restore the file."
        )

    def names(self) -> list[str]:
        """Every definition file, sorted, as names below the folder."""
        found = {p.relative_to(f).as_posix() for f in self._folders for p in f.rglob("*") if p.is_file()}
        return sorted(name for name in found if not name.startswith("."))

    def fingerprint(self) -> str:
        """SHA-256 over the names and bytes of all files: equal rules, equal fingerprint."""
        digest = hashlib.sha256()
        for name in self.names():
            digest.update(name.encode() + b"\0" + self.path(name).read_bytes() + b"\0")
        return digest.hexdigest()

    def read(self, name: str, shape: type[T]) -> T:
        """Read one file as `shape`, a frozen msgspec.Struct with forbid_unknown_fields=True.

        Raises RulesError that names file, line and field for bad YAML, unknown keys and wrong types.
        """
        path = self.path(name)
        text = path.read_text(encoding="utf-8")
        try:
            data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a CSafeLoader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise RulesError(f"not YAML: {error.problem}", file=str(path), line=line) from error
        try:
            return msgspec.convert(data, shape)
        except msgspec.ValidationError as error:
            raise _located(path, text, error) from error

    def examples_files(self) -> list[str]:
        """Every examples.yaml, one per family."""
        return [name for name in self.names() if Path(name).name == "examples.yaml"]


def _shared(folder: Path, shipped: Path) -> bool:
    """Whether a folder has any file of the shipped rules, under the same name."""
    return any((folder / path.relative_to(shipped)).is_file() for path in shipped.rglob("*"))


def _without_rules(folder: Path, shipped: Path) -> RulesError:
    families = ", ".join(sorted(path.name for path in shipped.iterdir() if path.is_dir()))
    return RulesError(
        "there are no rules in this folder: none of its files has the name of a shipped one, such as "
        "quantities/units.yaml",
        file=str(folder),
        remedy=f"Give a folder that has folders of these names, with the files that differ: {families}. "
        "`newsfacts rules copy DIR` writes one.",
    )


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loader that keeps `no`, `on`, dates and times as the strings that they are in a word list."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":bool"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def compile_pattern(pattern: str, *, file: str, field: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern of a rules file, naming the file and field when it is malformed."""
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise RulesError(f"bad regular expression {pattern!r}: {error}", file=file, field=field) from error


def _located(path: Path, text: str, error: msgspec.ValidationError) -> RulesError:
    match = _MSGSPEC_PATH.match(str(error))
    message, where = (match["message"], match["path"] or "$") if match else (str(error), "$")
    # By the same loader as before: another might not read what this one read.
    node: Any = yaml.compose(text, Loader=_Loader)
    unknown = _QUOTED.search(message) if "unknown field" in message else None
    for step in _STEP.finditer(where):
        found = _child(node, step) or _holder(node, unknown[1] if unknown else "")
        if found is None:
            break
        node = found
    field = where.removeprefix("$").lstrip(".")
    if unknown:
        field = f"{field}.{unknown[1]}".lstrip(".")
        node = _key(node, unknown[1]) or node
    line = node.start_mark.line + 1 if node is not None else None
    return RulesError(message, file=str(path), line=line, field=field)


def _child(node: Any, step: re.Match[str]) -> Any:
    if step["key"] and isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if k.value == step["key"]), None)
    if step["index"] and step["index"].isdigit() and isinstance(node, yaml.SequenceNode):
        return node.value[int(step["index"])]
    return None


def _holder(node: Any, key: str) -> Any:
    # msgspec writes `[...]` for an entry of a mapping: the entry is the first that has the unknown key.
    entries = [v for _, v in node.value] if isinstance(node, yaml.MappingNode) else []
    return next((entry for entry in entries if _key(entry, key) is not None), None)


def _key(node: Any, name: str) -> Any:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((k for k, _ in node.value if k.value == name), None)
