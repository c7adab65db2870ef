#!/usr/bin/env python3
"""Peak resident memory of `standpoint train` against the bytes of its matrix and weights, on text of many shapes.

    STANDPOINT_CORPORA=folder python3 Benchmarks/Peers/memory.py [--binary PATH]… [--rounds 1] [--only REGULAR-EXPRESSION]
        [--threads 1] [--work FOLDER]

Needs nothing but Python and the built binary; without STANDPOINT_CORPORA generated text alone is measured. Prints a table in
Markdown: matrix and weights; the peak, its ratio to them, processor seconds, the least of the rounds each. With several
binaries these run in turn, and it says whether they wrote the same `model.safetensors`. Ratios over 2.5 are marked; behind
them stands the ratio without what the program takes by itself, which is measured first, on forty rows.

Matrix and weights are what the model's card tells: 8 bytes an entry, 8 a row, 4 a weight of every label, 4 a number of the dense
block. MB are 10^6 bytes.
"""

import argparse
import hashlib
import itertools
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

GOAL = 2.5
WORDS = ["--preset", "words"]
TRIPLES = [*WORDS, "--word-ngrams", "1-3"]
BOTH = [*TRIPLES, "--char-ngrams", "2-5"]
CHARACTERS = [*WORDS, "--word-ngrams", "none", "--char-ngrams", "2-5"]


def zipf(path, rows, vocabulary, tokens=20, attributes=0):
    """Rows of words whose frequency falls with their rank; what three words say decides the label."""
    generator = random.Random(1)
    shares = list(itertools.accumulate(1 / rank for rank in range(1, vocabulary + 1)))
    with open(path, "w") as file:
        for _ in range(rows):
            words = generator.choices(range(vocabulary), cum_weights=shares, k=tokens)
            row = {"text": " ".join(f"w{word:x}" for word in words), "label": "abc"[words[0] * 7 % 3]}
            row |= {f"column{number}": f"value {words[number]}" for number in range(attributes)}
            if attributes:
                row["stance"] = "favor" if words[1] % 2 else "against"
            file.write(json.dumps(row) + "\n")


def shapes():
    """Name, data, options: what is measured."""
    none = ["--folds", "0"]
    news = [("newsmtsc", "stance"), ("p-stance", "stance"), ("polnear-sourcing", "sourcing"), ("fnc-1", "fnc")]
    for minimum in (1, 2, 5):
        yield f"words 1–3, {minimum} or more", "zipf", "label", [*TRIPLES, *none, "--min-documents", str(minimum)]
    yield "words 1–3, 2 or more, five folds", "zipf", "label", [*TRIPLES, "--min-documents", "2"]
    yield "words 1–3, 1 or more, five folds", "zipf", "label", [*TRIPLES, "--min-documents", "1"]
    yield "characters 2–5, 2 or more", "zipf", "label", [*CHARACTERS, *none, "--min-documents", "2"]
    yield "words 1–3, 2^20", "zipf", "label", [*TRIPLES, *none, "--hash-bits", "20"]
    yield "words 1, 2^20", "zipf", "label", [*WORDS, *none, "--word-ngrams", "1-1", "--hash-bits", "20"]
    yield "words 1, 2^20, idf, five folds", "zipf", "label", [
        *WORDS, "--word-ngrams", "1-1", "--hash-bits", "20", "--idf"]
    yield "words 1–3, 2 or more, two tasks and four columns", "columns", "label", [*TRIPLES, *none, "--min-documents", "2"]
    yield "words 1–3, 2 or more", "even", "label", [*TRIPLES, *none, "--min-documents", "2"]
    for corpus, task in news:
        yield "words 1–3, 2 or more", corpus, task, [*TRIPLES, *none, "--min-documents", "2"]
        yield "words 1–3, 1 or more, five folds", corpus, task, [*TRIPLES, "--min-documents", "1"]
        yield "words 1–3 and characters 2–5, 2 or more", corpus, task, [*BOTH, *none, "--min-documents", "2"]
        yield "words 1–3 and characters 2–5, 1 or more, five folds", corpus, task, [*BOTH, "--min-documents", "1"]
        yield "words 1–3, 2^20", corpus, task, [*TRIPLES, *none, "--hash-bits", "20"]
        yield "preset as it is", corpus, task, []


def data(name, folder, binary):
    """The path of a corpus's or generated statements, made where they are not there yet; None for a corpus that is not at hand."""
    path = folder / f"{name}.jsonl"
    if path.exists():
        return path
    made = path.with_suffix(".part")
    if name == "few":
        zipf(made, 40, 100)
    elif name == "zipf":
        zipf(made, 400_000, 5_000_000)
    elif name == "even":
        zipf(made, 50_000, 100_000, tokens=40)
    elif name == "columns":
        zipf(made, 400_000, 5_000_000, attributes=4)
    else:
        corpora = os.environ.get("STANDPOINT_CORPORA")
        if not corpora:
            return None
        subprocess.run(
            [binary, "data", "convert", "--from", name, "--split", "train", f"{corpora}/{name}", "--output", made, "--quiet",
             "--to", "jsonl"], check=True)
    made.rename(path)
    return path


def train(binary, path, task, options, folder, threads):
    """Peak bytes, processor seconds, bytes of matrix and weights, digest of the model."""
    model = folder / "model"
    command = [binary, "train", path, "--task", task, *options, "--threads", str(threads), "--output", model, "--quiet"]
    process = subprocess.Popen(list(map(str, command)), env=os.environ | {"STANDPOINT_RUNS": str(folder / "runs")})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"memory: {' '.join(map(str, command))} ended with {process.returncode}")
    card = (model / "README.md").read_text()
    number = lambda pattern: int((re.search(pattern, card) or [0, 0])[1])
    rows, features = number(r"(\d+) training statements"), number(r"(\d+) features")
    entries, dense = number(r"(\d+) non-zero"), number(r"(\d+) dense features")
    labels = len(json.loads((model / "config.json").read_text())["labels"])
    size = 8 * entries + 8 * (rows + 1) + 4 * labels * (features + dense + 1) + 4 * rows * dense
    digest = hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()
    return usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime, size, digest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", action="append", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", default="", help="the data and options to measure, as a regular expression")
    parser.add_argument("--work", type=pathlib.Path, help="where generated and converted text stays")
    options = parser.parse_args()
    binaries = [path.resolve() for path in options.binary or [pathlib.Path(".build/release/standpoint")]]
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        folder = options.work or temporary
        folder.mkdir(parents=True, exist_ok=True)
        few = data("few", folder, binaries[0])
        program = [train(binary, few, "label", [*WORDS, "--folds", "0"], temporary, 1)[0] for binary in binaries]
        print("The program by itself: " + ", ".join(f"{peak / 1e6:.0f} MB" for peak in program) + "\n")
        numbers = [""] if len(binaries) == 1 else [f" {number}" for number in range(1, len(binaries) + 1)]
        head = ["data", "options", "matrix and weights, MB"]
        head += [column + number for number in numbers for column in ("peak, MB", "ratio", "processor, s")]
        head += ["same model"] if len(binaries) > 1 else []
        print(f"| {' | '.join(head)} |\n|---|---|{'---:|' * (len(head) - 2)}", flush=True)
        for name, corpus, task, settings in shapes():
            if not re.search(options.only, f"{corpus} {name}"):
                continue
            path = data(corpus, folder, binaries[0])
            if path is None:
                continue
            found = [[] for _ in binaries]
            for _ in range(options.rounds):
                for number, binary in enumerate(binaries):
                    found[number].append(train(binary, path, task, settings, temporary, options.threads))
            size = found[0][0][2]
            cells = [corpus, name, f"{size / 1e6:.1f}"]
            for runs, own in zip(found, program):
                peak, seconds = min(run[0] for run in runs), min(run[1] for run in runs)
                mark = f" **over** ({(peak - own) / size:.2f})" if peak > GOAL * size else ""
                cells += [f"{peak / 1e6:.0f}", f"{peak / size:.2f}{mark}", f"{seconds:.2f}"]
            if len(binaries) > 1:
                cells.append("yes" if len({run[3] for runs in found for run in runs}) == 1 else "no")
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
