"""What a watch knows of files that have not changed, so that they are not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from newsfacts.batch.outcomes import Item
from newsfacts.batch.shards import Held, Shard, ShardStore, most
from newsfacts.batch.watching import Snapshot, State
from newsfacts.model import Document
from newsfacts.readers.reading import Reading


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring files whose documents are whole shards: their keys, and the ids of the documents.

    `most` is how many documents the first of the shards could have: it is less at the beginning of a run.
    """

    most: int
    files: tuple[tuple[str, State], ...]
    keys: tuple[str, ...]
    ids: frozenset[str]


@dataclass(slots=True)
class _Reading:
    """What was read since the last place where a shard ended together with its file: shards from `index`."""

    index: int = 0
    files: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    repeatable: bool = True


class Memory:
    """The files of earlier cycles, of those whose shards `store` has."""

    def __init__(self, store: ShardStore) -> None:
        self._store = store
        self._groups: dict[str, _Group] = {}

    def cycle(self, files: Snapshot) -> Cycle:
        """A cycle over these files, which are in the order in which they are read."""
        return Cycle(self, files)

    def recall(self, path: str) -> _Group | None:
        """The group that begins with this file, if its shards are there."""
        group = self._groups.get(path)
        there = group is not None and all(self._store.head(key) is not None for key in group.keys)
        return group if there else None

    def replace(self, groups: dict[str, _Group]) -> None:
        """Know these groups and no others."""
        self._groups = groups


class Cycle:
    """Cuts what is read of a folder into shards, as `cut` does, around files that need not be read.

    Shards of documents depend on nothing before their first one, but that the first ones of a run are small.
    So where a shard ends with its file, and the files that come next are those of earlier shards and
    unchanged, these shards are taken as they are.
    """

    def __init__(self, memory: Memory, files: Snapshot) -> None:
        self._memory = memory
        self._files = list(files.items())
        self._places = {path: place for place, path in enumerate(files)}
        self._pass_over: Callable[[Iterable[str]], None] = lambda ids: None
        self._known: dict[str, _Group] = {}
        self._ids: set[str] = set()
        self._unread: set[str] = set()
        self._recalled: list[str] = []
        self._held = Held()
        self._reading = _Reading()

    def follow(self, reading: Reading) -> Reading:
        """Tell this reading, which asks `accept`, the ids of documents that are passed over."""
        self._pass_over = reading.pass_over
        return reading

    def accept(self, path: str) -> bool:
        """Whether the file is to be read; to be asked when all before it have been."""
        if path not in self._places or path in self._unread:
            return False
        group = None if self._held.items else self._unchanged(path)
        if not self._held.items:
            self._end_group()
        if group is None:
            self._reading.files.append(path)
            return True
        self._known[path] = group
        self._unread.update(name for name, _ in group.files)
        self._recalled += group.keys
        self._ids |= group.ids
        self._pass_over(group.ids)
        return False

    def _unchanged(self, path: str) -> _Group | None:
        group, place = self._memory.recall(path), self._places[path]
        if group is None or group.most != most(self._index) or not group.ids.isdisjoint(self._ids):
            return None
        return group if tuple(self._files[place : place + len(group.files)]) == group.files else None

    def cut(self, items: Iterable[Item], fingerprint: Mapping[str, str]) -> Iterator[Shard]:
        """The shards in order; one that is there already may be without its items."""
        for item in items:
            yield from self._recall()
            if self._hold(item):
                yield self._take(fingerprint)
        yield from self._recall()
        if self._held.items:
            yield self._take(fingerprint)
        else:
            self._end_group()
        self._memory.replace(self._known)

    @property
    def _index(self) -> int:
        """The index of the shard that comes next."""
        return self._held.index + len(self._recalled)

    def _recall(self) -> Iterator[Shard]:
        keys, self._recalled = self._recalled, []
        for key in keys:
            self._held.index += 1
            yield Shard(self._held.index - 1, key, ())

    def _hold(self, item: Item) -> bool:
        if isinstance(item, Document):
            self._ids.add(item.id)
            self._reading.ids.add(item.id)
        else:  # it may be gone although its file is as before: with another document of its id, for one
            self._ids.add(item.doc_id or "")
            self._reading.repeatable = False
        return self._held.add(item)

    def _take(self, fingerprint: Mapping[str, str]) -> Shard:
        shard = self._held.take(fingerprint)
        self._reading.keys.append(shard.key)
        return shard

    def _end_group(self) -> None:
        read, self._reading = self._reading, _Reading(self._index)
        if read.files and read.repeatable:
            files = tuple(self._files[self._places[path]] for path in read.files)
            keys, ids = tuple(read.keys), frozenset(read.ids)
            self._known[read.files[0]] = _Group(most(read.index), files, keys, ids)
