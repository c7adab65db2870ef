"""What the interop tests share: the binary, a folder to work in, and a registry of runs in it."""

import json
import os
import pathlib
import subprocess
import sys

BINARY = os.environ["STANDPOINT_BINARY"]
WORK = pathlib.Path(sys.argv[1])
DATA = pathlib.Path(__file__).resolve().parents[2] / "Datasets" / "standpoint-news"
RUNS = WORK / "runs"


def standpoint(*arguments, codes=(0,)):
    """Runs the binary and returns what it printed."""
    done = subprocess.run(
        [BINARY, *map(str, arguments)], env=os.environ | {"STANDPOINT_RUNS": str(RUNS)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in codes, f"{arguments}: exit code {done.returncode}\n{done.stderr}"
    return done.stdout


def runs(kind):
    """The records of the runs of a kind, the oldest first."""
    records = [json.loads(path.read_text()) for path in sorted(RUNS.glob("*/run.json"))]
    return [record for record in records if record["kind"] == kind]


def predictions(run):
    """The rows of a run's predictions."""
    return [json.loads(line) for line in (RUNS / run["id"] / "predictions.jsonl").open()]
