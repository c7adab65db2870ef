"""Generates statements of 20 hashed tokens from a Zipf vocabulary, for the test of time and memory.

    python generate.py OUTPUT-FOLDER ROWS [--text]

Three labels depend on hidden weights of the tokens. 2^20 columns, rows of length 1. `--text` writes, beside the arrays, the
same statements as lines that `standpoint train --hash-bits 20 --word-ngrams 1-1` reads: text.jsonl.
"""

import json
import os
import sys

import numpy as np

folder, rows = sys.argv[1], int(sys.argv[2])
columns, tokens, vocabulary = 1 << 20, 20, 5_000_000
random = np.random.default_rng(0)
truth = random.normal(size=(columns, 3)).astype(np.float32)
share = np.cumsum(1.0 / np.arange(1, vocabulary + 1))
share /= share[-1]
os.makedirs(folder, exist_ok=True)
offsets, total = [np.zeros(1, np.int64)], 0
text = open(f"{folder}/text.jsonl" if "--text" in sys.argv else os.devnull, "w")
with (
    open(f"{folder}/columns.u32", "wb") as column_file,
    open(f"{folder}/values.f32", "wb") as value_file,
    open(f"{folder}/labels.i64", "wb") as label_file,
):
    for first in range(0, rows, 100_000):
        count = min(100_000, rows - first)
        words = np.searchsorted(share, random.random((count, tokens))).astype(np.uint64)
        hashed = np.sort(((words + 1) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(44), axis=1).astype(np.uint32)
        keep = np.ones(hashed.shape, bool)
        keep[:, 1:] = hashed[:, 1:] != hashed[:, :-1]
        lengths = keep.sum(axis=1)
        margins = (truth[hashed] * keep[:, :, None]).sum(axis=1) / np.sqrt(lengths)[:, None]
        labels = (2 * margins + random.gumbel(size=margins.shape)).argmax(axis=1)
        values = np.repeat(1 / np.sqrt(lengths), lengths).astype(np.float32)
        hashed[keep].tofile(column_file)
        values.tofile(value_file)
        labels.astype(np.int64).tofile(label_file)
        if "--text" in sys.argv:
            for row in range(count):
                said = " ".join(f"w{word:x}" for word in words[row].tolist())
                text.write(f'{{"text":"{said}","label":"{"abc"[labels[row]]}"}}\n')
        offsets.append(total + np.cumsum(lengths))
        total += int(lengths.sum())
text.close()
np.concatenate(offsets).astype(np.int64).tofile(f"{folder}/offsets.i64")
with open(f"{folder}/shape.json", "w") as file:
    json.dump({"rows": rows, "columns": columns, "labels": 3, "nnz": total, "dense": 0}, file)
