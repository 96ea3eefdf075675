"""Generates what code and rules already say: docs/{cli,dates,quantities}.md, a table of docs/QUALITY.md,
src/extract/schemas/*.json and the stub of src/extract/evaluation/shapes.py.

python -m tools.gen_docs  # or: make docs
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools import calibration_table, column_table, date_table, record_stub
from typer.main import get_command

from newsfacts import schemas
from newsfacts.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Command line

Generated from the commands by `make docs`; do not edit.

Results go to stdout, messages and progress to stderr. Exit codes:

| code | meaning |
|---|---|
| 0 | all good |
| 1 | a check failed (`validate`, `evaluate`; `gate`: a score lies below its floor) |
| 2 | wrong usage |
| 3 | done, but some documents could not be read or are incomplete (see errors.jsonl) |
| 4 | configuration, rules, model or a needed file cannot be used |
| 5 | `gate`: worse than the pinned run, though no score lies below its floor |
| 130, 143 | interrupted, terminated; output files are as they were before |
"""
#: A line of help that is a command to be typed.
EXAMPLE = re.compile(r"(?:echo .* \| )?newsfacts ")


def generated() -> dict[Path, str]:
    """Every generated file (below the root) and what it must hold."""
    files = {
        Path("docs/cli.md"): cli_reference(),
        Path("docs/dates.md"): date_table.page(),
        Path("docs/QUALITY.md"): calibration_table.page(),
        Path("docs/quantities.md"): column_table.page(),
        Path("src/extract/evaluation/shapes.pyi"): record_stub.stub(),
    }
    for name in schemas.NAMES:
        files[Path(f"src/extract/schemas/{name}.json")] = schemas.render(schemas.generate(name))
    return files


def cli_reference() -> str:
    """The text of docs/cli.md."""
    return HEAD + "".join(_command("newsfacts", get_command(app)))


def _command(path: str, command: Any) -> Iterator[str]:
    yield f"\n## {path}\n\n{_paragraphs(command.help or '')}\n"
    if not hasattr(command, "commands"):
        yield f"\n```\n{_usage(path, command)}\n```\n"
    yield from _parameters(command)
    for name, sub in getattr(command, "commands", {}).items():
        yield from _command(f"{path} {name}", sub)


def _paragraphs(text: str) -> str:
    lines = text.strip().splitlines()
    return "\n".join(f"    {line}" if EXAMPLE.match(line) else line for line in lines)


def _usage(path: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    shown = [f"{a.metavar}{'...' if a.nargs == -1 else ''}" for a in arguments]
    marks = [text if a.required else f"[{text}]" for a, text in zip(arguments, shown, strict=True)]
    return " ".join([path, "[OPTIONS]", *marks])


def _parameters(command: Any) -> Iterator[str]:
    rows = [_row(parameter) for parameter in command.params if not getattr(parameter, "hidden", False)]
    if rows:
        yield "\n| | |\n|---|---|\n" + "\n".join(rows) + "\n"


def _row(parameter: Any) -> str:
    names = [parameter.metavar] if parameter.param_type_name == "argument" else parameter.opts
    value = "" if parameter.param_type_name == "argument" else (parameter.metavar or "")
    label = ", ".join(f"`{f'{name} {value}'.strip()}`" for name in names)
    need = " (required)" if parameter.required else ""
    return f"| {label} | {parameter.help}{need} |"


def stale() -> list[Path]:
    """The generated files (below the root) that do not hold what they must."""
    return [path for path, text in generated().items() if not _is(ROOT / path, text)]


def main() -> None:
    """Write the files that are out of date."""
    texts = generated()
    for path in stale():
        (ROOT / path).write_text(texts[path], encoding="utf-8")
        print(f"wrote {path}")


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
