"""fastText and Vowpal Wabbit on an exported matrix, judged by macro-F1 on its first fold; one line of JSON comes out.

    python online.py prepare MATRIX-FOLDER SCRATCH
    python online.py fasttext|vw SCRATCH PASSES

Columns are the words; Vowpal Wabbit gets the values as well, and reads its binary cache, which is written before the
clock starts. fastText reads its text while the clock runs, having no other way; Standpoint's whole-process time, which
includes reading, stands beside.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time

import numpy as np

ARRAYS = {"offsets": ("i64", np.int64), "columns": ("u32", np.uint32), "values": ("f32", np.float32), "labels": ("i64", np.int64)}


def read(folder):
    return {name: np.fromfile(f"{folder}/{name}.{kind}", dtype) for name, (kind, dtype) in ARRAYS.items()}


def prepare(folder, scratch):
    shape = json.load(open(f"{folder}/shape.json"))
    data = read(folder)
    folds = np.fromfile(f"{folder}/folds.i64", np.int64)
    order = np.random.default_rng(0).permutation(len(folds))
    for part, chosen in (("train", order[folds[order] != 0]), ("dev", order[folds[order] == 0])):
        os.makedirs(f"{scratch}/{part}")
        lengths = np.diff(data["offsets"])[chosen]
        entries = np.concatenate([np.arange(data["offsets"][row], data["offsets"][row + 1]) for row in chosen])
        columns, values, labels = data["columns"][entries], data["values"][entries], data["labels"][chosen]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        for name, array in (("offsets", offsets), ("columns", columns), ("values", values), ("labels", labels)):
            array.tofile(f"{scratch}/{part}/{name}.{ARRAYS[name][0]}")
        json.dump({**shape, "rows": len(chosen), "nnz": len(entries)}, open(f"{scratch}/{part}/shape.json", "w"))
        with open(f"{scratch}/{part}.ft", "w") as words, open(f"{scratch}/{part}.vw", "w") as pairs:
            for row, label in enumerate(labels):
                where = slice(offsets[row], offsets[row + 1])
                words.write(f"__label__{label} " + " ".join(map(str, columns[where])) + "\n")
                pairs.write(f"{label + 1} | " + " ".join(f"{c}:{v:.6g}" for c, v in zip(columns[where], values[where])) + "\n")
    # The cache, and with it what reading costs, is made here.
    vw(scratch, 1, only_cache=True)


def macro_f1(gold, found, labels):
    scores = []
    for label in range(labels):
        right = np.sum((gold == label) & (found == label))
        scores.append(2 * right / max(1, np.sum(gold == label) + np.sum(found == label)))
    return float(np.mean(scores))


def vw(scratch, passes, only_cache=False):
    from vowpalwabbit import Workspace

    shape = json.load(open(f"{scratch}/train/shape.json"))
    bits = max(18, int(shape["columns"]).bit_length())
    fit = f"--oaa {shape['labels']} --loss_function logistic -b {bits} -d {scratch}/train.vw --cache_file {scratch}/vw.cache"
    start = clocks()
    model = Workspace(f"{fit} --passes {passes} --holdout_off -f {scratch}/vw.model --quiet")
    model.finish()
    end = clocks()
    if only_cache:
        return None
    Workspace(f"-t -i {scratch}/vw.model -d {scratch}/dev.vw -p {scratch}/vw.out --quiet").finish()
    return start, end, np.array([int(float(line.split()[0])) - 1 for line in open(f"{scratch}/vw.out")]), 0


def fasttext(scratch, passes):
    command = ["fasttext", "supervised", "-input", f"{scratch}/train.ft", "-output", f"{scratch}/ft", "-epoch", str(passes)]
    start = clocks(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "-lr", "0.5", "-dim", "10", "-thread", "1", "-verbose", "0"], check=True, capture_output=True)
    end = clocks(resource.RUSAGE_CHILDREN)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    out = subprocess.run(["fasttext", "predict", f"{scratch}/ft.bin", f"{scratch}/dev.ft"], check=True, capture_output=True, text=True)
    return start, end, np.array([int(line.removeprefix("__label__") or 0) for line in out.stdout.splitlines()]), peak


def clocks(who=resource.RUSAGE_SELF):
    used = resource.getrusage(who)
    return time.perf_counter(), used.ru_utime + used.ru_stime


if sys.argv[1] == "prepare":
    prepare(sys.argv[2], sys.argv[3])
else:
    if sys.argv[1] == "fasttext" and not shutil.which("fasttext"):
        sys.exit("fasttext is not installed: apt-get install fasttext")
    start, end, found, peak = {"fasttext": fasttext, "vw": vw}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
    dev = np.fromfile(f"{sys.argv[2]}/dev/labels.i64", np.int64)
    labels = json.load(open(f"{sys.argv[2]}/dev/shape.json"))["labels"]
    peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    score = macro_f1(dev, found, labels)
    print(json.dumps({"seconds": end[0] - start[0], "cpu": end[1] - start[1], "score": score, "peakBytes": peak}))
