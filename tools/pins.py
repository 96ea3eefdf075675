"""Writes what a fresh environment is made of: constraints.txt and, with hashes, .ci/requirements*.txt.

usage: python -m tools.pins [--upgrade] [--index URL] [PYTHON ...]

Asks the pip of each interpreter (default: this one) what it would install; nothing is installed. The first
one's versions are pinned; all must be able to take them, and the hashes of all of their files are written.
Versions stay as constraints.txt has them unless --upgrade is given. No index address is written to a file.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
REQUIREMENTS = ROOT / ".ci" / "requirements.txt"
BUILD = ROOT / ".ci" / "requirements-build.txt"
#: What CI installs: the development tools, and Ray and geopandas, whose tests are skipped without them.
EXTRAS = ".[dev,geo,ray]"
#: What builds the package and source archives, so that no build fetches anything unpinned.
BUILDERS = ("hatchling", "editables", "setuptools")

#: Normalised name -> the name as its project writes it, version, hashes of its files.
Files = dict[str, tuple[str, str, frozenset[str]]]


def resolve(python: str, wanted: Sequence[str], *options: str) -> Files:
    """What pip would install into an empty environment. Raises CalledProcessError where it finds no way."""
    command = [python, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--report", "-"]
    done = subprocess.run([*command, *options, *wanted], cwd=ROOT, check=True, capture_output=True, text=True)
    found: Files = {}
    for item in json.loads(done.stdout)["install"]:
        if not item["is_direct"]:
            name, version = item["metadata"]["name"], item["metadata"]["version"]
            digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
            found[normalised(name)] = (name, version, frozenset({digest}))
    return found


def normalised(name: str) -> str:
    """A project's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def merged(parts: Iterable[Files]) -> Files:
    """All files of all interpreters. Raises ValueError where they cannot take one version."""
    found: Files = {}
    for name, (written, version, hashes) in (item for part in parts for item in part.items()):
        old = found.get(name, (written, version, frozenset()))
        if old[1] != version:
            raise ValueError(f"{written}: {old[1]} and {version}")
        found[name] = (written, version, old[2] | hashes)
    return dict(sorted(found.items()))


def constraints(files: Files) -> str:
    """The text of constraints.txt."""
    head = "# Versions that the tests passed with. Used as: pip install -c constraints.txt -e '.[dev]'\n"
    head += "# Written by: python -m tools.pins\n"
    return head + "".join(f"{name}=={version}\n" for name, version, _ in files.values())


def requirements(files: Files) -> str:
    """The text of a file for pip install --require-hashes."""
    lines = [
        " \\\n    ".join([f"{name}=={version}", *(f"--hash=sha256:{digest}" for digest in sorted(hashes))])
        for name, version, hashes in files.values()
    ]
    return "# Written by: python -m tools.pins\n" + "".join(f"{line}\n" for line in lines)


def build_requirements() -> list[str]:
    """What [build-system] asks for, and what builds source archives."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        asked = tomllib.load(file)["build-system"]["requires"]
    return [*asked, *(name for name in BUILDERS if name not in {re.split(r"\W", a)[0] for a in asked})]


def main(argv: list[str] | None = None) -> int:
    """Write the three files."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("pythons", nargs="*", default=[sys.executable], metavar="PYTHON")
    options.add_argument("--upgrade", action="store_true", help="take the newest versions")
    options.add_argument("--index", help="index to ask (default: as pip is configured)")
    args = options.parse_args(argv)
    index = ["--index-url", args.index] if args.index else []
    if args.index:
        os.environ |= {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    builders = build_requirements()
    kept = [] if args.upgrade else ["-c", str(CONSTRAINTS)]
    first = resolve(args.pythons[0], [EXTRAS, *builders], *kept, *index)
    CONSTRAINTS.write_text(constraints(dict(sorted(first.items()))), encoding="utf-8")
    pinned = ["-c", str(CONSTRAINTS), *index]
    every = merged([first, *(resolve(p, [EXTRAS, *builders], *pinned) for p in args.pythons[1:])])
    CONSTRAINTS.write_text(constraints(every), encoding="utf-8")
    build = merged(resolve(python, builders, *pinned) for python in args.pythons)
    BUILD.write_text(requirements(build), encoding="utf-8")
    REQUIREMENTS.write_text(requirements(every), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
