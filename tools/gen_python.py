"""Runs the code of docs/python.md and examples/quantities.ipynb, and writes what it really prints.

python -m tools.gen_python  # or: make docs
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsfacts import batch
from newsfacts.api import finding
from newsfacts.pipeline import Pipeline
from newsfacts.readers import ReadOptions, read

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/python.md"
NOTEBOOK = ROOT / "examples/quantities.ipynb"
_BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n```\n(?P<output>.*?)```\n", re.DOTALL)


@contextmanager
def workplace(pipeline: Pipeline) -> Iterator[None]:
    """A working folder with corpus/articles and with output/, what a run makes of them."""
    before = Path.cwd()
    with TemporaryDirectory() as name:
        os.chdir(name)
        try:
            Path("corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
            found = read(["corpus/articles"], ReadOptions(), pipeline.documents)
            batch.run(found, pipeline, Path("output"), fingerprint=pipeline.fingerprint)
            yield
        finally:
            os.chdir(before)


def page(text: str) -> str:
    """The page with the output of its blocks, which share one namespace. To be run in a `workplace`."""
    names: dict[str, Any] = {}

    def run(block: re.Match[str]) -> str:
        printed, _ = executed(block["code"], names)
        return f"```python\n{block['code']}```\n```\n{printed.rstrip()}\n```\n"

    return _BLOCK.sub(run, text)


def notebook(text: str) -> str:
    """The notebook with the outputs of its cells."""
    found, names = json.loads(text), dict[str, Any]()
    for number, cell in enumerate(cell for cell in found["cells"] if cell["cell_type"] == "code"):
        printed, value = executed("".join(cell["source"]), names)
        cell["execution_count"] = number + 1
        cell["outputs"] = list(_outputs(printed, value, number + 1))
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def executed(code: str, names: dict[str, Any]) -> tuple[str, Any]:
    """What the code prints, and the value of its last line where that is an expression."""
    body = ast.parse(code).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<block>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<block>", "eval"), names)
    return printed.getvalue(), value


def _outputs(printed: str, value: Any, number: int) -> Any:
    if printed:
        yield {"name": "stdout", "output_type": "stream", "text": printed.splitlines(keepends=True)}
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        html = getattr(value, "_repr_html_", lambda: None)()
        if html:
            data["text/html"] = html.splitlines(keepends=True)
        yield {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}


def main() -> int:
    """Write both."""
    for file, render in ((PAGE, page), (NOTEBOOK, notebook)):
        text = file.read_text(encoding="utf-8")
        with workplace(finding.default()):
            made = render(text)
        if made != text:
            file.write_text(made, encoding="utf-8")
            print(f"wrote {file.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
