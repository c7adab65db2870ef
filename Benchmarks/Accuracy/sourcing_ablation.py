#!/usr/bin/env python3
"""What each family of sourcing features gives: macro-F1 on the dev split of polnear-sourcing.

Every model is trained with the sourcing preset on the training split and the project's own training statements; only
the families of features change. Each is measured on sentences that stand alone and on the same sentences in their
articles, which makes a difference only where surroundings are read.

    STANDPOINT_CORPORA=FOLDER python3 Benchmarks/Accuracy/sourcing_ablation.py [--binary .build/release/standpoint]

Prints a Markdown table.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

WORDS = ["--word-ngrams", "none"]
VARIANTS = [
    ("words 1–3", ["--sourcing-features", "none"]),
    ("words 1–3, characters 2–5", ["--sourcing-features", "none", "--char-ngrams", "2-5"]),
    ("attribution", [*WORDS, "--sourcing-features", "attribution"]),
    ("classes 1–4", [*WORDS, "--sourcing-features", "classes"]),
    ("attribution, classes", [*WORDS, "--sourcing-features", "attribution,classes"]),
    ("words, classes", ["--sourcing-features", "classes"]),
    ("words, attribution", ["--sourcing-features", "attribution"]),
    ("words, attribution, classes", ["--sourcing-features", "attribution,classes"]),
    ("all: with surroundings", []),
    ("all, characters 2–5", ["--char-ngrams", "2-5"]),
]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=".build/release/standpoint")
    binary = parser.parse_args().binary
    corpora = os.environ.get("STANDPOINT_CORPORA") or sys.exit("set STANDPOINT_CORPORA to the folder of the corpora")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STANDPOINT_RUNS"] = f"{folder}/runs"
        for split in ("train", "dev"):
            run(binary, "data", "convert", "--from", "polnear-sourcing", "--split", split, f"{corpora}/polnear-sourcing",
                "--output", f"{folder}/{split}.jsonl")
        with open(f"{folder}/train.jsonl", "a", encoding="utf-8") as train:
            with open("Datasets/standpoint-news/train.jsonl", encoding="utf-8") as own:
                train.write(own.read())
        with open(f"{folder}/dev.jsonl", encoding="utf-8") as dev, open(f"{folder}/lone.jsonl", "w") as lone:
            for line in dev:
                row = json.loads(line)
                row.pop("group", None)
                lone.write(json.dumps(row) + "\n")
        print("| features | macro-F1 alone | in articles | accuracy alone | in articles |\n|---|---:|---:|---:|---:|")
        for name, options in VARIANTS:
            model = f"{folder}/model"
            run(binary, "train", f"{folder}/train.jsonl", "--task", "sourcing", "--preset", "sourcing", "--folds", "0",
                *options, "--output", model, "--quiet")

            def measure(data):
                return json.loads(run(binary, "evaluate", "--model", model, f"{folder}/{data}.jsonl", "--resamples", "0",
                                      "--format", "json", "--quiet"))

            alone, together = measure("lone"), measure("dev")
            print(f"| {name} | {macro(alone):.4f} | {macro(together):.4f} | {accuracy(alone):.4f} | {accuracy(together):.4f} |",
                  flush=True)


def macro(report):
    """The mean F1 of the labels."""
    return sum(label["f1"]["value"] or 0 for label in report["labels"]) / len(report["labels"])


def accuracy(report):
    """The share of statements that got their label."""
    return sum(label["true_positives"] for label in report["labels"]) / report["items"]


if __name__ == "__main__":
    main()
