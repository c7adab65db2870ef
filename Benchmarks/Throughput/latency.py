"""Measures how long one sentence takes from a cold process with the shipped models, next to `/bin/true`, run by run.

Usage: python3 Benchmarks/Throughput/latency.py [--runs N] [--standpoint BINARY]

The page cache is warm: the models' files were read before. Prints medians and the smallest of all runs; the goal is at
most 25 ms more than `/bin/true`.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GOAL = 25


def run(command):
    """Milliseconds of wall clock, and of processor time."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"failed ({status}): {' '.join(command)}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--standpoint", default=os.path.join(ROOT, ".build/release/standpoint"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sentence = os.path.join(work, "sentence.txt")
        with open(sentence, "w", encoding="utf-8") as file:
            file.write("She praised Halvorsen Lines.\n")
        score = [options.standpoint, "score", sentence, "--input", "lines"]
        models = [os.path.join(ROOT, "Models", name) for name in ("sourcing-en", "stance-en")]
        commands = {
            "/bin/true": ["/bin/true"],
            "--version": [options.standpoint, "--version"],
            "one sentence, sourcing-en": score + ["--model", models[0]],
            "one sentence, both models": score + ["--target", "Halvorsen Lines"]
            + [argument for model in models for argument in ("--model", model)],
        }
        times = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                times[name].append(run(command))
    print("| command | median ms | smallest ms | CPU ms |\n|---|---|---|---|")
    for name, runs in times.items():
        wall = [wall for wall, _ in runs]
        print(f"| {name} | {statistics.median(wall):.1f} | {min(wall):.1f} "
              f"| {statistics.median(cpu for _, cpu in runs):.1f} |")
    more = [statistics.median(t[0] for t in times[name]) for name in ("one sentence, both models", "/bin/true")]
    more = more[0] - more[1]
    print(f"\n{more:.1f} ms more than /bin/true, median of {options.runs}; goal {GOAL}: "
          f"{'met' if more <= GOAL else 'missed'}")


main()
