"""Runs the micro-benchmarks and holds them to the stored thresholds on allocations and instructions, not on time.

Usage: python3 Benchmarks/Suite/run.py [--update] [--binary PATH] [NAME…]

Allocations are counted by the program's own malloc. Instructions are counted by valgrind's cachegrind, which simulates
the processor and so gives the same number on any machine and under any load (it knows neither AVX-512 nor the
instructions for SHA-256, so code that chooses by processor counts as on an older one): the difference between four
passes and one, for each statement. Where valgrind is not installed they are not measured, and that is said. Time is
printed and not compared.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
THRESHOLDS = os.path.join(HERE, "thresholds.json")
NAMES = ["segment", "tokenize", "ngrams", "score-hashed", "score-shipped"]
# How far above its threshold a number may be: another compiler's choices, not another algorithm.
TOLERANCE = 1.03


def measure(binary, name):
    """Allocations, microseconds and, with valgrind, instructions of one benchmark, for each statement."""
    output = subprocess.run([binary, name, "20", ROOT], check=True, capture_output=True, text=True).stdout
    result = json.loads(output)
    measured = {"allocations": round(result["allocations"], 3), "microseconds": round(result["nanoseconds"] / 1000, 2)}
    if shutil.which("valgrind"):
        counts = [instructions(binary, name, passes) for passes in (1, 4)]
        measured["instructions"] = round((counts[1] - counts[0]) / 3 / result["statements"])
    return measured


def instructions(binary, name, passes):
    run = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", binary, name,
         str(passes), ROOT], capture_output=True, text=True)
    found = re.search(r"I +refs: +([\d,]+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f"valgrind failed on {name}:\n{run.stderr[-2000:]}")
    return int(found.group(1).replace(",", ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--update", action="store_true", help="store what is measured as the thresholds")
    parser.add_argument("--binary", default=os.path.join(ROOT, "Benchmarks/.build/release/standpoint-suite"))
    options = parser.parse_args()
    stored = json.load(open(THRESHOLDS, encoding="utf-8")) if os.path.exists(THRESHOLDS) else {}
    passed = []
    with tempfile.TemporaryDirectory() as work:
        # Valgrind gives up on debug information as large as this.
        binary = os.path.join(work, "standpoint-suite")
        subprocess.check_call(["strip", "-o", binary, options.binary])
        print("| benchmark | allocations | threshold | instructions | threshold | µs |\n|---|---|---|---|---|---|")
        for name in options.names or NAMES:
            measured = measure(binary, name)
            limits = stored.get(name, {})
            print(f"| {name} | {measured['allocations']} | {limits.get('allocations', '–')} "
                  f"| {measured.get('instructions', 'not measured')} | {limits.get('instructions', '–')} "
                  f"| {measured['microseconds']} |")
            for kind in ("allocations", "instructions"):
                if kind in measured and measured[kind] > limits.get(kind, float("inf")) * TOLERANCE:
                    passed.append(f"{name}: {measured[kind]} {kind} a statement, the threshold is {limits[kind]}")
            if options.update:
                stored[name] = {kind: measured[kind] for kind in ("allocations", "instructions") if kind in measured}
    if not shutil.which("valgrind"):
        print("\ninstructions were not measured: valgrind is not installed")
    if options.update:
        with open(THRESHOLDS, "w", encoding="utf-8") as file:
            json.dump(stored, file, indent=2, sort_keys=True)
            file.write("\n")
    elif passed:
        sys.exit("\nabove a threshold:\n" + "\n".join(passed))


main()
