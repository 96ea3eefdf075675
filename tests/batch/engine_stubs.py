"""An extractor without a model, for worker processes: texts that crash, hang or fail do so."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsfacts.errors import ModelError
from newsfacts.guard import Failure
from newsfacts.model import Document, PlaceFact


@dataclass(frozen=True)
class Result:
    document: Document
    facts: tuple[PlaceFact, ...] = ()
    error: Exception | None = None
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Stub:
    """Finds the first five letters of every text. `log` counts the documents that were worked on."""

    rules: str = "r1"
    log: str | None = None
    delay: float = 0.0

    @property
    def fingerprint(self) -> dict[str, str]:
        return {"newsfacts": "0", "model": "stub", "rules": self.rules}

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        for document in documents:
            self._obey(document.text)
            if self.log:
                with Path(self.log).open("a", encoding="utf-8") as log:
                    log.write(document.id + "\n")
            time.sleep(self.delay)
            yield Result(document, (fact(document),))

    def _obey(self, text: str) -> None:
        if "exit-now" in text:
            os._exit(7)
        if "kill-now" in text:
            os.kill(os.getpid(), 9)
        if "hang-now" in text:
            time.sleep(600)
        if "fail-now" in text:
            raise RuntimeError("cannot")


@dataclass(frozen=True)
class Load:
    """A loader of Stub."""

    rules: str = "r1"
    log: str | None = None
    delay: float = 0.0

    def __call__(self) -> Stub:
        return Stub(self.rules, self.log, self.delay)


def refuse() -> Stub:
    raise ModelError("no model", remedy="Install it.")


def die() -> Stub:
    os._exit(3)


def fact(document: Document) -> PlaceFact:
    return PlaceFact(
        id=f"{document.id}-0",
        doc_id=document.id,
        start=0,
        end=5,
        text=document.text[:5],
        sentence_start=0,
        sentence_end=len(document.text),
        section="body",
        rule="stub",
        confidence=1.0,
        name="China",
        kind="country",
    )


def documents(count: int, change: dict[int, str] | None = None) -> list[Document]:
    texts = {i: f"China {i} and more" for i in range(count)} | (change or {})
    return [Document(id=f"d{i}", text=text, path=f"{i}.txt") for i, text in texts.items()]
