#!/usr/bin/env python3
"""Measures sourcing on articles about foreign affairs: sentences of other people's text, whose labels alone are kept here.

    STANDPOINT_CORPORA=folder Benchmarks/Accuracy/foreign.py [--model FOLDER] [--half open] [--errors]

`foreign.tsv` has a row a sentence: the file in the corpora folder, the body's id in it (empty for a file that is one
article), the half, start and length in code points, the label of the first of three readers, a second reading where this one allowed
it, and the labels of the others. No reader saw another's labels or any prediction. The articles are scored whole, so that
every sentence is read among its neighbours. Errors are shown for the open half alone; the held half is for figures, so that what
is mended after a look at errors is measured on articles nobody looked at.
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "Datasets/article-labels"))
import statements  # noqa: E402

LABELS = ["person", "organization", "media", "document", "anonymous", "unattributed"]
RESAMPLES = 2000


def articles(rows, corpora):
    """The text of each article that is at hand, by file and body."""
    texts, absent = {}, set()
    for file in sorted({row["file"] for row in rows}):
        path = corpora / file
        if not path.exists():
            absent.add(file)
        elif path.suffix == ".csv":
            texts |= {(file, body): text for body, text in statements.fnc(corpora).items()}
        else:
            texts[file, ""] = path.read_text(encoding="utf-8")
    for file in sorted(absent):
        print(f"foreign.py: passed over, since it is not in {corpora}: {file}", file=sys.stderr)
    return texts


def predictions(texts, model, standpoint):
    """The sentences of each article with their answers: start, end, label."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, key in enumerate(texts):
            path = pathlib.Path(folder, f"{number}.txt")
            path.write_bytes(texts[key].encode("utf-8"))
            files[str(path)] = key
        command = [standpoint, "score", "--input", "article", "--model", model, "--format", "jsonl", "--quiet", *files]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        found = collections.defaultdict(list)
        for line in answer.splitlines():
            sentence = json.loads(line)
            found[files[sentence["document"]]].append(
                (sentence["start"], sentence["end"], sentence["sourcing"]["label"])
            )
    return found


def answer(sentences, start, end):
    """The label of the sentence that overlaps the characters most, whatever the segmenter made of them."""
    return max(sentences, key=lambda one: min(end, one[1]) - max(start, one[0]))[2]


def macro(pairs):
    """Mean F1 over the labels that occur."""
    scores = []
    for label in LABELS:
        hits = sum(gold == label == given for gold, given in pairs)
        named = sum((gold == label) + (given == label) for gold, given in pairs)
        if named:
            scores.append(2 * hits / named)
    return sum(scores) / len(scores)


def share(items, is_right):
    return sum(map(is_right, items)) / len(items) if items else float("nan")


def measures(items):
    right = share(items, lambda item: item["given"] == item["label"])
    allowed = share(items, lambda item: item["given"] in (item["label"], item["second"]))
    most = share(items, lambda item: item["given"] == item["most"])
    agreed = share([item for item in items if len(set(readings(item))) == 1], lambda item: item["given"] == item["most"])
    return right, allowed, most, agreed, macro([(item["label"], item["given"]) for item in items])


def readings(item):
    """The labels of the three readers."""
    return item["label"], item["reader 2"], item["reader 3"]


def agreement(items):
    """How often two readers give one label, for each pair of them and for all three."""
    three = [readings(item) for item in items]
    pairs = [share(three, lambda labels, pair=pair: labels[pair[0]] == labels[pair[1]]) for pair in [(0, 1), (0, 2), (1, 2)]]
    whole = share(three, lambda labels: len(set(labels)) == 1)
    print(f"readers agree: 1 and 2 {pairs[0]:.3f}, 1 and 3 {pairs[1]:.3f}, 2 and 3 {pairs[2]:.3f}, all {whole:.3f}")


def report(name, items):
    """Prints the figures of some sentences, with intervals over whole articles."""
    groups = collections.defaultdict(list)
    for item in items:
        groups[item["key"]].append(item)
    draws, chance = [], random.Random(1)
    for _ in range(RESAMPLES):
        chosen = chance.choices(list(groups.values()), k=len(groups))
        draws.append(measures([item for group in chosen for item in group]))
    print(f"{name}: {len(items)} sentences of {len(groups)} articles")
    names = ["right", "right, second readings allowed", "right by most of three readers", "right where all three agree",
             "macro-F1"]
    for index, what in enumerate(names):
        drawn = sorted(draw[index] for draw in draws)
        low, high = drawn[int(RESAMPLES * 0.025)], drawn[int(RESAMPLES * 0.975)]
        print(f"  {what:32} {measures(items)[index]:.3f}  ({low:.3f}–{high:.3f})")


def confusion(items):
    counts = collections.Counter((item["label"], item["given"]) for item in items)
    print("labelled ↓ answered →  " + " ".join(f"{label[:8]:>8}" for label in LABELS))
    for gold in LABELS:
        print(f"{gold:22} " + " ".join(f"{counts[gold, given]:8}" for given in LABELS))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default=str(ROOT / "Models/sourcing-en"))
    parser.add_argument("--standpoint", default=str(ROOT / ".build/release/standpoint"))
    parser.add_argument("--half", choices=["open", "held"], help="only this half")
    parser.add_argument("--errors", action="store_true", help="show the wrong sentences of the open half")
    options = parser.parse_args()
    with (HERE / "foreign.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if options.half in (None, row["half"])]
    texts = articles(rows, pathlib.Path(os.environ["STANDPOINT_CORPORA"]))
    items = [row | {"key": (row["file"], row["body"])} for row in rows if (row["file"], row["body"]) in texts]
    found = predictions({item["key"]: texts[item["key"]] for item in items}, options.model, options.standpoint)
    for item in items:
        start = int(item["start"])
        item["span"] = start, start + int(item["length"])
        item["given"] = answer(found[item["key"]], *item["span"])
        # Where all three differ, the first counts.
        item["most"] = max(readings(item), key=lambda label: (readings(item).count(label), label == item["label"]))
    for half in ("open", "held"):
        part = [item for item in items if item["half"] == half]
        if part:
            report(half, part)
    if options.half is None:
        report("all", items)
        agreement(items)
    confusion(items)
    if options.errors:
        for item in items:
            if item["half"] == "open" and item["given"] not in (item["label"], item["second"]):
                start, end = item["span"]
                text = " ".join(texts[item["key"]][start:end].split())
                print(f"{item['body']}\t{item['label']}\t{item['given']}\t{text}")


if __name__ == "__main__":
    main()
