#!/usr/bin/env python3
"""Measures what each family of stance features is worth on the public corpora, with the built `standpoint`.

    STANDPOINT_CORPORA=FOLDER python3 Benchmarks/Accuracy/stance_ablation.py [corpus …] > stance-ablation.md

FOLDER holds one folder a corpus, named as in Datasets/corpora.json. Every row of the tables is one `standpoint train`,
whose options the row shows; nothing is chosen on what is measured but the presets, whose settings come from these
development data and cross-validations. The official tests are not read, but that of P-Stance, which is public in full.
"""

import csv
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STANDPOINT = os.environ.get("STANDPOINT_BINARY", os.path.join(ROOT, ".build/release/standpoint"))
CORPORA = os.environ.get("STANDPOINT_CORPORA", "")


def standpoint(*arguments, runs):
    """The seconds that a command took."""
    start = time.monotonic()
    environment = {**os.environ, "STANDPOINT_RUNS": runs}
    environment.setdefault("STANDPOINT_MODELS", os.path.join(ROOT, "Models"))
    subprocess.run([STANDPOINT, *arguments, "--quiet"], check=True, env=environment)
    return time.monotonic() - start


def lines(path):
    with open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file]


def write(path, rows):
    with open(path, "w", encoding="utf8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


class Work:
    """A folder of converted corpora."""

    def __init__(self, folder):
        self.folder = folder
        self.runs = os.path.join(folder, "runs")

    def convert(self, corpus, split):
        path = os.path.join(self.folder, f"{corpus}-{split}.jsonl")
        if not os.path.exists(path):
            standpoint("data", "convert", "--from", corpus, "--split", split, os.path.join(CORPORA, corpus),
                       "--output", path, runs=self.runs)
        return path

    def part(self, path, name, keep):
        """The rows of a file that `keep` accepts, as a file."""
        out = os.path.join(self.folder, name + ".jsonl")
        write(out, [row for row in lines(path) if keep(row)])
        return out


def metric(measurement, name):
    """A metric of a measurement, or the mean F1 of favor and against."""
    found = measurement["metrics"].get(name)
    return found["value"] if isinstance(found, dict) else found


def measured(work, task, data, dev, options):
    """For each measurement its metrics, and the seconds of the training."""
    model = os.path.join(work.folder, "model")
    devs = [argument for path in dev for argument in ("--dev", path)]
    seconds = standpoint("train", data, "--task", task, *devs, *options, "--output", model, runs=work.runs)
    with open(os.path.join(model, "metrics.json"), encoding="utf8") as file:
        return json.load(file)["measurements"], seconds


def corpora(work):
    """Each corpus: its name, task, training file, development files, metric, the options of its rows."""
    mention = [
        ["--preset", "words"],
        ["--preset", "mention", "--word-vectors", "none"],
        ["--preset", "mention", "--word-ngrams", "none"],
        ["--preset", "mention", "--embedding-scale", "0.1"],
        ["--preset", "mention"],
        ["--preset", "mention", "--embedding-scale", "1"],
        ["--preset", "mention", "--char-ngrams", "none"],
    ]
    topic = [
        ["--preset", "words"],
        ["--preset", "topic", "--word-vectors", "none"],
        ["--preset", "topic", "--char-ngrams", "none"],
        ["--preset", "topic", "--word-ngrams", "none"],
        ["--preset", "topic"],
        ["--preset", "topic", "--embedding-scale", "1"],
    ]
    proposition = [
        ["--preset", "words"],
        ["--preset", "proposition", "--word-vectors", "none"],
        ["--preset", "proposition", "--word-ngrams", "none"],
        ["--preset", "proposition"],
    ]
    yield ("newsmtsc", "stance", work.convert("newsmtsc", "train"),
           [work.convert("newsmtsc", "dev_rw"), work.convert("newsmtsc", "dev_mt")], "macro_f1", mention)
    yield ("semeval2016-task6", "stance", work.convert("semeval2016-task6", "train"), [], "semeval_average", topic)
    yield ("gwstance", "stance", work.convert("gwstance", "train"), [], "macro_f1", topic)
    yield ("p-stance", "stance", work.convert("p-stance", "train"),
           [work.convert("p-stance", "val"), work.convert("p-stance", "test")], "macro_f1", topic)
    yield ("vast", "stance", work.convert("vast", "train"), [work.convert("vast", "dev")], "macro_f1", proposition)
    yield ("ibm-claim-stance", "stance", work.convert("ibm-claim-stance", "train"), [], "macro_f1", proposition)


def main():
    if not CORPORA:
        sys.exit("stance_ablation: set STANDPOINT_CORPORA to the folder of the corpora")
    wanted = sys.argv[1:]
    print(f"{platform.machine()}, {os.cpu_count()} cores. Each row is one `standpoint train` with the options shown.\n")
    with tempfile.TemporaryDirectory() as folder:
        work = Work(folder)
        for name, task, data, dev, chosen, rows in corpora(work):
            if wanted and name not in wanted:
                continue
            columns = ["cross-validation", *(os.path.basename(p).removesuffix(".jsonl") for p in dev)]
            print(f"## {name}: {chosen}\n")
            print("| options | " + " | ".join(columns) + " | ECE | seconds |")
            print("|---|" + "---:|" * (len(columns) + 2))
            for options in rows:
                measurements, seconds = measured(work, task, data, dev, options)
                values = [f"{metric(m, chosen):.3f}" for m in measurements]
                ece = metric(measurements[0], "ece")
                print(f"| {' '.join(options)} | " + " | ".join(values) + f" | {ece:.3f} | {seconds:.1f} |", flush=True)
            print()


if __name__ == "__main__":
    main()
