"""Rows of the gazetteer while it is being built."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsfacts.places.names import NAME_KINDS, fold

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ʻ`\-. /()]+\Z")
_CODE = re.compile(r"[A-Z]{2,5}\Z")


@dataclass(slots=True)
class Place:
    """One entity; `parent`, `admin1` and `admin2` are keys of other places."""

    key: str
    name: str
    kind: str
    country: str | None = None
    parent: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    geonames: int | None = None
    code: str | None = None
    unit: str | None = None
    chinese: str | None = None
    names: dict[str, str] = field(default_factory=dict)

    def add_name(self, name: str, kind: str) -> None:
        """Record a name under its folded key; the stronger kind wins."""
        key = fold(name)
        if not key or len(key) < 2:
            return
        old = self.names.get(key)
        if old is None or NAME_KINDS.index(kind) < NAME_KINDS.index(old):
            self.names[key] = kind


def usable_alternate(name: str) -> bool:
    """Whether an alternate name may stand in English text: Latin letters, capitalised, no airport code."""
    if not (3 <= len(name) <= 40) or _CODE.match(name) or not _LATIN.match(name):
        return False
    return name[0].isupper() and "(" not in name and "/" not in name
