"""Measures whole processes that label lines, next to fastText, scikit-learn and `wc -w`, interleaved round by round.

Usage: STANDPOINT_CORPORA=… python throughput.py [--bytes N] [--rounds N] [--work DIR] [--standpoint BINARY]

Needs: the built binary, `fasttext` (Debian's package), and the Python packages of ../Peers/requirements.txt.
Prints a Markdown table of median seconds, MB/s and the ratios that the goals are about; writes results.json to the work
folder. Memory is the peak of the process.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bytes", type=int, default=120_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "standpoint-throughput"))
    parser.add_argument("--standpoint", default=os.path.join(ROOT, ".build/release/standpoint"))
    return parser.parse_args()


def run(command, stdout=subprocess.DEVNULL):
    """Seconds of wall clock, seconds of CPU, and the peak of resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"failed ({status}): {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(options, corpora):
    """The text, and a model of each tool trained on the same sentences; what is there already is used again."""
    work = options.work
    os.makedirs(work, exist_ok=True)
    text = os.path.join(work, f"text-{options.bytes}.txt")
    if not os.path.exists(text):
        subprocess.check_call([sys.executable, os.path.join(HERE, "make_text.py"), corpora, text, str(options.bytes)])
    rows = os.path.join(work, "train.jsonl")
    with open(os.path.join(corpora, "polnear-sourcing/train.jsonl"), encoding="utf-8") as source, \
            open(rows, "w", encoding="utf-8") as jsonl, \
            open(os.path.join(work, "train.txt"), "w", encoding="utf-8") as labelled:
        for line in source:
            row = json.loads(line)
            label, sentence = row.get("sourcing") or row["label"], " ".join(row["text"].split())
            jsonl.write(json.dumps({"text": sentence, "sourcing": label}) + "\n")
            labelled.write(f"__label__{label} {sentence}\n")
    model = os.path.join(work, "hashed")
    if not os.path.exists(model):
        subprocess.check_call(
            [options.standpoint, "train", rows, "--task", "sourcing", "--preset", "words", "--word-ngrams", "1-2",
             "--hash-bits", "20", "--no-idf", "--folds", "2", "--output", model, "--quiet"],
            env={**os.environ, "STANDPOINT_RUNS": os.path.join(work, "runs")}, stdout=subprocess.DEVNULL)
    if not os.path.exists(os.path.join(work, "fasttext.bin")):
        subprocess.check_call(
            ["fasttext", "supervised", "-input", os.path.join(work, "train.txt"), "-output",
             os.path.join(work, "fasttext"), "-wordNgrams", "2", "-thread", "1"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not os.path.exists(os.path.join(work, "sklearn.pickle")):
        subprocess.check_call(
            [sys.executable, os.path.join(HERE, "hashing_vectorizer.py"), "fit", rows,
             os.path.join(work, "sklearn.pickle")])
    return text, model


def main():
    options = parse()
    corpora = os.environ.get("STANDPOINT_CORPORA") or sys.exit("set STANDPOINT_CORPORA to the folder of corpora")
    text, model = prepare(options, corpora)
    work = options.work
    score = [options.standpoint, "score", text, "--input", "lines"]
    commands = {
        "hashed, labels, 1 thread": score + ["--labels-only", "--model", model, "--threads", "1"],
        "hashed, labels, 2 threads": score + ["--labels-only", "--model", model, "--threads", "2"],
        "hashed, JSONL, 2 threads": score + ["--format", "jsonl", "--model", model, "--threads", "2"],
        "fastText": ["fasttext", "predict", os.path.join(work, "fasttext.bin"), text],
        "scikit-learn": [sys.executable, os.path.join(HERE, "hashing_vectorizer.py"), "predict",
                         os.path.join(work, "sklearn.pickle"), text],
        "wc -w": ["wc", "-w", text],
    }
    shipped = [name for name in ("sourcing-en", "stance-en") if os.path.isdir(os.path.join(ROOT, "Models", name))]
    if len(shipped) == 2:
        both = [argument for name in shipped for argument in ("--model", os.path.join(ROOT, "Models", name))]
        commands["shipped, labels, 2 threads"] = score + ["--labels-only", "--target", "NATO", "--threads", "2"] + both
    times = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, command in commands.items():
            times[name].append(run(command))
    megabytes = os.path.getsize(text) / 1e6
    wall = {name: statistics.median(t[0] for t in rounds) for name, rounds in times.items()}
    cpu = {name: statistics.median(t[1] for t in rounds) for name, rounds in times.items()}
    print(f"{megabytes:.0f} MB, {options.rounds} rounds, {platform.processor() or platform.machine()}, "
          f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}\n")
    print("| command | wall s | CPU s | MB/s | peak MB |\n|---|---|---|---|---|")
    for name, rounds in times.items():
        print(f"| {name} | {wall[name]:.2f} | {cpu[name]:.2f} | {megabytes / wall[name]:.1f} "
              f"| {max(t[2] for t in rounds):.0f} |")
    goals = [("hashed, labels, 1 thread", "fastText", 10), ("hashed, labels, 1 thread", "scikit-learn", 40),
             ("hashed, labels, 2 threads", "wc -w", 1), ("hashed, JSONL, 2 threads", "hashed, labels, 2 threads", 0.5),
             ("shipped, labels, 2 threads", "fastText", 3)]
    print("\n| ratio of throughputs | goal | by wall clock | by CPU time | |\n|---|---|---|---|---|")
    for ours, theirs, goal in goals:
        if ours in wall:
            ratio = wall[theirs] / wall[ours]
            print(f"| {ours} / {theirs} | {goal} | {ratio:.2f} | {cpu[theirs] / cpu[ours]:.2f} "
                  f"| {'met' if ratio >= goal else 'missed'} |")
    with open(os.path.join(work, "results.json"), "w", encoding="utf-8") as file:
        json.dump({"bytes": os.path.getsize(text), "rounds": times, "load": os.getloadavg()}, file, indent=1)


main()
