"""Runs on a local Ray cluster of two workers: `python ray_run.py OUT`; prints what each of two runs did."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine_stubs import Load, documents

from newsfacts.batch import run_shards
from newsfacts.batch.ray_cluster import RayCluster

BAD = {3: "exit-now"}


def main() -> None:
    out = Path(sys.argv[1])
    with RayCluster(Load(), 2, 60.0, out) as engine:
        runs = [run_shards(documents(300, BAD), engine, out)]
        for path in sorted((out / "shards").iterdir())[:2]:
            path.unlink()
        runs.append(run_shards(documents(300, BAD), engine, out))
    print(json.dumps([(run.documents, run.errors, run.extracted, run.reused) for run in runs]))


if __name__ == "__main__":
    main()
