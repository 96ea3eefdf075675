"""Files that are made to end, hang or fill a run: a writer for each kind."""

from __future__ import annotations

import gzip
import os
import socket
import string
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BODY = "Exports rose 5 percent to 20 million dollars in 2023, the customs office said on Monday.\n"
GOOD = ("a.txt", "m.txt", "z.txt")
#: Letters that stand for one another nine times each: 766 bytes are 9^26 values.
ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{c}: &{c} [{','.join([f'*{b}'] * 9)}]\n"
    for b, c in zip(string.ascii_lowercase, "bcdefghijklmnop", strict=False)
)
#: The same with merge keys, which PyYAML copies.
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{c}: &{c} {{<<: [{','.join([f'*{b}'] * 9)}]}}\n"
    for b, c in zip(string.ascii_lowercase, "bcdefghijklmnop", strict=False)
)


def text(name: str, content: str | bytes) -> Callable[[Path], None]:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda folder: (
        Path(os.fsdecode(os.fsencode(folder) + b"/" + os.fsencode(name))).write_bytes(data) and None
    )


def matter(lines: str) -> Callable[[Path], None]:
    return text("poison.md", f"---\n{lines}\n---\n\n{BODY}")


def badly_named_folder(folder: Path) -> None:
    inner = os.fsencode(folder) + b"/caf\xe9"
    Path(os.fsdecode(inner)).mkdir()
    for name in (b"/one.txt", b"/two.txt"):
        Path(os.fsdecode(inner + name)).write_text(BODY)


def link(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).symlink_to(target)


def nested(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "poison.jsonl")


def listening(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(".", os.O_RDONLY)
        try:  # the path of a socket may have a hundred characters
            os.chdir(folder)
            server.bind("poison.txt")
        finally:
            os.chdir(here)
            os.close(here)


def parquet(table: pa.Table, **options: object) -> Callable[[Path], None]:
    return lambda folder: pq.write_table(table, folder / "poison.parquet", **options)


def parquet_bomb(folder: Path) -> None:
    one = pa.array(["a" * 10_000_000])
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 500), one)
    pq.write_table(pa.table({"text": shared}), folder / "poison.parquet", compression="zstd")


def dated(value: int, zone: str | None = None) -> Callable[[Path], None]:
    return parquet(pa.table({"text": [BODY], "date": pa.array([value], pa.timestamp("us", zone))}))


def gzip_bomb(folder: Path) -> None:
    with gzip.open(folder / "poison.jsonl.gz", "wb", compresslevel=9) as stream:
        for _ in range(200):
            stream.write(b" " * (1 << 20))


PAGE = (
    b"<html><head><meta charset=undefined></head><body><p>caf\xe9 "
    + BODY.encode() * 5
    + b"</p></body></html>"
)

#: name -> (what writes it into a folder, the kind of its only error).
POISONS: dict[str, tuple[Callable[[Path], None], str]] = {
    "file name": (text("caf\udce9.txt", BODY), "bad-name"),
    "folder name": (badly_named_folder, "bad-name"),
    "link to itself": (link("poison.txt", "poison.txt"), "bad-link"),
    "folder link to itself": (link("poison", "poison"), "bad-link"),
    "link out": (link("poison.txt", "/etc/hostname"), "outside-link"),
    "folder link out": (link("poison", "/usr/lib"), "outside-link"),
    "nested folders": (nested, "long-id"),
    "yaml tag": (matter("title: !!python/object/apply:os.getcwd []"), "bad-front-matter"),
    "yaml type": (matter("title: !!int ''"), "bad-front-matter"),
    "yaml levels": (matter(f"tags: {'[' * 900}{']' * 900}"), "bad-front-matter"),
    "yaml digits": (matter(f"title: {'7' * 5_000}"), "bad-front-matter"),
    "yaml hex digits": (matter(f"date: 0x{'f' * 5_000}"), "bad-front-matter"),
    "yaml aliases": (matter(ALIASES), "bad-front-matter"),
    "yaml merges": (matter(MERGES), "bad-front-matter"),
    "charset": (text("poison.html", PAGE), "encoding"),
    "parquet date": (dated(2**60), "bad-value"),
    "parquet zone": (dated(1, "Mars/Olympus"), "bad-value"),
    "parquet bomb": (parquet_bomb, "expands"),
    "parquet rows": (parquet(pa.table({"text": pa.nulls(20_000_000, pa.string())})), "expands"),
    "gzip bomb": (gzip_bomb, "expands"),
    "pipe": (pipe, "not-a-file"),
    "socket": (listening, "not-a-file"),
    "device": (link("poison.txt", "/dev/zero"), "not-a-file"),
    "columns": (text("poison.csv", f"id,text,text\n1,{BODY.strip()!r},x\n"), "duplicate-column"),
    "utf-16 cut": (text("poison.csv", f"id,text\n1,{BODY}".encode("utf-16")[:-1]), "encoding"),
    "long id": (text("poison.jsonl", f'{{"id": "{"i" * 513}", "text": "{BODY.strip()}"}}\n'), "long-id"),
}  # fmt: skip


def write_all(folder: Path) -> None:
    """Write each kind into a folder of its own, with three good files beside it."""
    for kind, (write, _) in POISONS.items():
        inner = folder / kind
        inner.mkdir(parents=True)
        write(inner)
        for name in GOOD:
            (inner / name).write_text(BODY)
