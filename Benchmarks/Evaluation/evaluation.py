#!/usr/bin/env python3
"""How long `evaluate` takes on 10,000 rows with all intervals, and `runs list` over 5,000 runs.

    python3 Benchmarks/Evaluation/evaluation.py [BINARY]

Rows are invented, so that nothing but the checkout is needed. Prints the median of three runs each by the clock, on all
processors and on one, and the processor time, against the goals: 2 s and half a second.
"""

import json
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

BINARY = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release/standpoint").resolve()


def rows(count, labels, seed):
    """Statements whose label one word gives away three times in five, four to a group."""
    generator = random.Random(seed)
    for index in range(count):
        label = generator.randrange(labels)
        shown = label if generator.random() < 0.6 else generator.randrange(labels)
        words = [f"word{generator.randrange(500)}" for _ in range(12)]
        yield {
            "id": f"row {index}", "text": " ".join([f"sign{shown}", *words]), "topic": f"label {label}",
            "group": f"article {index // 4}", "publisher": f"publisher {generator.randrange(12)}",
            "section": f"section {generator.randrange(300)}",
        }


def write(path, statements):
    """Writes JSONL."""
    with open(path, "w") as file:
        file.writelines(json.dumps(statement) + "\n" for statement in statements)


def measure(arguments):
    """Median seconds by the clock and of processor time."""
    clock, processor = [], []
    for _ in range(3):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([BINARY, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
        clock.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(clock), statistics.median(processor)


def report(name, arguments, goal):
    """Prints a row of the table."""
    clock, processor = measure(arguments)
    one, _ = measure([*arguments, "--threads", 1])
    verdict = "" if clock < goal else ": missed"
    print(f"| {name} | {clock:.2f} s | {one:.2f} s | {processor:.2f} s | {goal} s{verdict} |", flush=True)


def main():
    """Measures everything."""
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        os.environ["STANDPOINT_RUNS"] = str(work / "runs")
        print("| what | clock | one thread | processor time | goal |\n|---|---|---|---|---|")
        for labels in (3, 20):
            write(work / "train.jsonl", rows(4000, labels, 1))
            test = list(rows(10_000, labels, 2))
            write(work / "grouped.jsonl", test)
            write(work / "bare.jsonl", ({k: v for k, v in row.items() if k != "group"} for row in test))
            model = work / f"model-{labels}"
            subprocess.run([BINARY, "train", work / "train.jsonl", "--task", "topic", "--preset", "words", "--folds",
                            "0", "--quiet", "--output", model], check=True)
            evaluate = ["evaluate", "--model", model, "--format", "json"]
            report(f"evaluate, {labels} labels, 2,500 groups", [*evaluate, work / "grouped.jsonl"], 2)
            report(f"evaluate, {labels} labels, no groups", [*evaluate, work / "bare.jsonl"], 2)
            report(f"evaluate, {labels} labels, 2,500 groups, slices by 12 publishers and by length",
                   [*evaluate, work / "grouped.jsonl", "--slice", "publisher", "--slice", "length"], 2)
            report(f"evaluate, {labels} labels, 2,500 groups, slices by 12 publishers, by length and by 300 sections",
                   [*evaluate, work / "grouped.jsonl", "--slice", "publisher", "--slice", "length", "--slice",
                    "section"], 2)
        records = [json.loads(path.read_text()) for path in (work / "runs").glob("*/run.json")]
        os.environ["STANDPOINT_RUNS"] = str(work / "many")
        for number in range(5000):
            record = records[number % len(records)] | {"id": f"20260101-{number:06d}-000-{number:06d}"}
            (work / "many" / record["id"]).mkdir(parents=True)
            (work / "many" / record["id"] / "run.json").write_text(json.dumps(record))
        subprocess.run([BINARY, "runs", "reindex", "--quiet"], check=True)
        report("runs list, 5,000 runs", ["runs", "list"], 0.5)
        report("runs list, 5,000 runs, filtered, sorted by a metric",
               ["runs", "list", "--where", "macro_f1>0.3", "--sort", "macro_f1:desc", "--columns", "id,model,macro_f1"],
               0.5)


if __name__ == "__main__":
    main()
