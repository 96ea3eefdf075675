"""An unlisted place lies by the place that is named nearest to it."""

from __future__ import annotations

from newsfacts.model.mention import PlaceKind
from newsfacts.places.anchors import Anchors
from newsfacts.places.candidates import Candidate
from newsfacts.places.gazetteer import Entry


def place(start: int, name: str, kind: PlaceKind = "city", block: int = 0, country: str | None = "CN"):
    candidate = Candidate(start, start + 5, 0, 0, name, [], name, block=block)
    entry = Entry(
        start, name, kind, country, None, None, None, 1.0, 2.0, 10, None, None, None,
    )  # fmt: skip
    return candidate, entry


def nearest(at: int, *places: tuple[Candidate, Entry], block: int = 0) -> str | None:
    found = Anchors.of(places).nearest(Candidate(at, at + 5, 0, 0, "new", [], "New", block=block))
    return found.name if found else None


def test_what_follows_is_nearer_than_what_precedes() -> None:
    assert nearest(100, place(85, "Before"), place(115, "After")) == "After"
    assert nearest(100, place(90, "Before"), place(140, "After")) == "Before"


def test_its_own_paragraph_comes_first() -> None:
    assert nearest(100, place(94, "Elsewhere", block=0), place(400, "Here", block=1), block=1) == "Here"


def test_a_country_serves_only_where_nothing_smaller_is_named() -> None:
    assert nearest(100, place(94, "China", "country"), place(900, "Town", block=7)) == "Town"
    assert nearest(100, place(94, "China", "country")) == "China"


def test_regions_and_places_without_a_country_are_no_anchors() -> None:
    assert nearest(100, place(94, "Asia", "region"), place(110, "Sea", "water", country=None)) is None
    assert nearest(100) is None
