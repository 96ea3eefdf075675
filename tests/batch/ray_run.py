"""Runs on a local Ray cluster of two workers: `python ray_run.py OUT`; prints what each of three runs did."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine_stubs import Load, documents

from extract.batch import run_shards
from extract.batch.ray_cluster import RayCluster

BAD = {3: "exit-now", 150: "hang-now"}


def main() -> None:
    out = Path(sys.argv[1])
    with RayCluster(Load(), 2, 2.0, out) as engine:
        runs = [run_shards(documents(300, BAD), engine, out), run_shards(documents(300, BAD), engine, out)]
        gone = sorted((out / "shards").iterdir())[:2]
        for path in gone:
            path.unlink()
        runs.append(run_shards(documents(300, BAD), engine, out))
    print(json.dumps([(run.documents, run.errors, run.extracted, run.reused) for run in runs]))


if __name__ == "__main__":
    main()
