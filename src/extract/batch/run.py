"""A run over a stream of documents: shards are done or reused, then assembled into the final files."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import msgspec

from newsfacts.batch.engines import Engine, ThisProcess
from newsfacts.batch.folder import claimed, parts
from newsfacts.batch.formats import Format, assemble, file_names
from newsfacts.batch.manifest import SHARDS, identify, mark, remove_stale, write_manifest
from newsfacts.batch.outcomes import Extractor, Item
from newsfacts.batch.shards import SHOWN_ERRORS, Head, Parts, Shard, ShardStore, cut
from newsfacts.errors import ConfigurationError
from newsfacts.model import DocumentError
from newsfacts.sinks.current import (
    Counts,
    Manifest,
    ShardEntry,
    described,
    differences,
    read_manifest,
)
from newsfacts.sinks.lines import FACTS
from newsfacts.table import TableWords

#: Cuts a stream into shards, given what their facts depend on; of a shard that is there items may be missing.
Cutting: TypeAlias = Callable[[Iterable[Item], Mapping[str, str]], Iterator[Shard]]


@dataclass(slots=True)
class Summary:
    """What the output of a run holds. `seconds` is the time of the run itself, without loading the model.

    `extracted` counts the documents that were worked on, `reused` those that an earlier run had done.
    """

    documents: int = 0
    errors: int = 0
    warnings: int = 0
    words: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    error_kinds: Counter[str] = field(default_factory=Counter)
    first_errors: list[DocumentError] = field(default_factory=list)
    seconds: float = 0.0
    extracted: int = 0
    reused: int = 0
    extracted_words: int = 0
    facts_file: str = FACTS

    @property
    def words_per_second(self) -> float:
        """Words of the documents worked on, by the time taken; 0 where there were none."""
        return self.extracted_words / self.seconds if self.seconds else 0.0


def run(
    items: Iterable[Item],
    extractor: Extractor,
    out: Path,
    *,
    fingerprint: Mapping[str, str] | None = None,
    kind: Format = "jsonl",
    force: bool = False,
    watch: Callable[[object], None] = lambda outcome: None,
) -> Summary:
    """Extract facts of all items in this process: `run_shards` with the engine ThisProcess.

    `fingerprint` says what the facts depend on besides the texts: `Pipeline.fingerprint`.
    """
    engine = ThisProcess(extractor, fingerprint or {})
    return run_shards(items, engine, out, kind=kind, force=force, watch=watch)


def run_shards(
    items: Iterable[Item],
    engine: Engine,
    out: Path,
    *,
    kind: Format = "jsonl",
    retry: bool = False,
    source: str | None = None,
    words: TableWords | None = None,
    force: bool = False,
    watch: Callable[[object], None] = lambda outcome: None,
    cutting: Cutting = cut,
) -> Summary:
    """Extract facts of all items into facts, documents and errors files of the folder `out`.

    The stream is cut into shards. A shard that `out` has from an earlier run, with equal texts, rules, model
    and version, is reused; every other is worked on and kept at once, so that a run that is killed goes on
    where it was. `retry` works again on shards with documents that ended or blocked a worker. At the end the
    final files are assembled from the shards, in input order, and replaced together with manifest.json:
    equal input gives equal bytes, whatever the engine and however often a run was killed before.

    `source` names where the documents come from; the manifest keeps it for `load`. `words` are those of the
    table quantities.csv (None: the shipped ones).
    Memory stays flat: a few shards are held at a time. `watch` is called once for every item. `cutting` is
    how the stream is cut. Raises ConfigurationError where `out` cannot be written, or holds files and is no
    output folder: `force` takes it, and files of our names in it are replaced. No other file is ever touched.
    """
    began, started = time.perf_counter(), _now()
    with claimed(out):
        mark(out, started, kind, force=force)
        work = _Work(engine, ShardStore(out / SHARDS), retry, watch, cutting)
        work.do(items)
        summary = work.summary()
        _finish(out, engine.fingerprint, kind, work, summary, started, source, words)
    summary.facts_file = file_names(kind)[-1]
    summary.seconds = time.perf_counter() - began
    return summary


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


class _Work:
    """What is known of the shards of a run: a small record each."""

    def __init__(
        self,
        engine: Engine,
        store: ShardStore,
        retry: bool,
        watch: Callable[[object], None],
        cutting: Cutting,
    ) -> None:
        self.store = store
        self._engine = engine
        self._retry = retry
        self._watch = watch
        self._cut = cutting
        self._entries: dict[int, ShardEntry] = {}
        self._errors: dict[int, tuple[DocumentError, ...]] = {}
        self._summary = Summary()

    @property
    def entries(self) -> Sequence[ShardEntry]:
        """The shards in input order."""
        return [self._entries[index] for index in sorted(self._entries)]

    def do(self, items: Iterable[Item]) -> None:
        """Work on all shards that the store has not."""
        for done in self._engine.extract(self._missing(items), self.store):
            self._add(done.index, done.head)
            self._summary.extracted += done.head.documents
            self._summary.extracted_words += done.head.words

    def _missing(self, items: Iterable[Item]) -> Iterator[Shard]:
        for shard in self._cut(items, self._engine.fingerprint):
            head = self.store.head(shard.key)
            if head is None or (self._retry and head.quarantined):
                if not shard.items:
                    raise _gone(self.store.path(shard.key))
                yield shard
            else:
                self._add(shard.index, head)
                self._summary.reused += head.documents

    def _add(self, index: int, head: Head) -> None:
        self._entries[index] = ShardEntry(
            head.key, head.documents, head.errors, sum(head.facts.values()), head.quarantined
        )
        if head.first_errors:
            self._errors[index] = head.first_errors
        total = self._summary
        total.documents += head.documents
        total.errors += head.errors
        total.warnings += head.warnings
        total.words += head.words
        total.facts.update(head.facts)
        total.error_kinds.update(head.error_kinds)
        for _ in range(head.items):
            self._watch(head)

    def summary(self) -> Summary:
        """What all shards hold together."""
        errors = (error for index in sorted(self._errors) for error in self._errors[index])
        self._summary.first_errors = [error for error, _ in zip(errors, range(SHOWN_ERRORS), strict=False)]
        return self._summary


def _finish(
    out: Path,
    fingerprint: Mapping[str, str],
    kind: Format,
    work: _Work,
    summary: Summary,
    started: str,
    source: str | None,
    words: TableWords | None,
) -> None:
    """Make the final files those of the work, unless they are already."""
    before = read_manifest(out)
    keys = [entry.key for entry in work.entries]
    identity, inputs = identify(dict(fingerprint), kind, keys)
    done = before is not None and (before.run, before.source, before.shards) == (
        identity,
        source,
        tuple(work.entries),
    )
    if summary.extracted or not done or before is None or differences(out, before):
        manifest = _manifest(fingerprint, kind, (identity, inputs), source, work, summary, started)
        before = _write(out, work, kind, manifest, words)
    remove_stale(out, before)
    work.store.keep_only(keys)


def _write(out: Path, work: _Work, kind: Format, manifest: Manifest, words: TableWords | None) -> Manifest:
    """Assemble and commit the final files; return the manifest with their hashes."""

    def commit(found: Mapping[str, Path]) -> None:
        nonlocal manifest
        files = {name: file for name in sorted(found) if (file := described(found[name])) is not None}
        manifest = msgspec.structs.replace(manifest, files=files, finished=_now())
        write_manifest(out, manifest)

    with parts(out, file_names(kind), commit) as files:
        shards = _parts(work.store, [entry.key for entry in work.entries])
        assemble(shards, kind, files, words=words, version=manifest.newsfacts, run=manifest.run)
    return manifest


def _manifest(
    fingerprint: Mapping[str, str],
    kind: Format,
    identity: tuple[str, str],
    source: str | None,
    work: _Work,
    summary: Summary,
    started: str,
) -> Manifest:
    run, inputs = identity
    return Manifest(
        run=run,
        source=source,
        newsfacts=fingerprint.get("newsfacts"),
        model=fingerprint.get("model"),
        rules=fingerprint.get("rules"),
        code=fingerprint.get("code"),
        gazetteer=fingerprint.get("gazetteer"),
        weights=fingerprint.get("weights"),
        spacy=fingerprint.get("spacy"),
        numpy=fingerprint.get("numpy"),
        started=started,
        finished=started,
        format=kind,
        inputs=inputs,
        counts=_counts(summary),
        extracted=summary.extracted,
        reused=summary.reused,
        files={},
        shards=tuple(work.entries),
    )


def _counts(summary: Summary) -> Counts:
    return Counts(
        documents=summary.documents,
        errors=summary.errors,
        warnings=summary.warnings,
        words=summary.words,
        facts=dict(sorted(summary.facts.items())),
        error_kinds=dict(sorted(summary.error_kinds.items())),
    )


def _parts(store: ShardStore, keys: Iterable[str]) -> Iterator[Parts]:
    for key in keys:
        found = store.parts(key)
        if found is None:
            raise _gone(store.path(key))
        yield found


def _gone(path: Path) -> ConfigurationError:
    return ConfigurationError(f"the shard {path} is damaged or gone", remedy="Run again; it is made anew.")
