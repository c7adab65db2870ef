"""Tells how far two builds differ on the same lines: labels, and the largest difference of a probability.

Usage: python3 Benchmarks/Throughput/equality.py BINARY OTHER-BINARY FILE -- OPTIONS-OF-SCORE…

FILE holds a statement a line; for instance the texts of a development split.
"""
import json
import subprocess
import sys

separator = sys.argv.index("--")
binaries, path, options = sys.argv[1:3], sys.argv[3], sys.argv[separator + 1:]
answers = []
for binary in binaries:
    output = subprocess.run(
        [binary, "score", path, "--input", "lines", "--format", "jsonl", *options], check=True, capture_output=True)
    answers.append([json.loads(line) for line in output.stdout.splitlines()])

labels = other = 0
largest = 0.0
for one, two in zip(*answers, strict=True):
    for task in one:
        if not isinstance(one[task], dict) or "probabilities" not in one[task]:
            continue
        labels += 1
        other += one[task]["label"] != two[task]["label"]
        for label, probability in one[task]["probabilities"].items():
            largest = max(largest, abs(probability - two[task]["probabilities"][label]))
print(f"{labels} answers, {other} with another label, largest difference of a probability {largest:.4f}")
