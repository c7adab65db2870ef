"""Exports the benchmark matrices once, as plain arrays: the same numbers for every tool.

    STANDPOINT_CORPORA=folder python export.py OUTPUT [NAME…]

Reads the corpora's original files (see Datasets/corpora.json) and scikit-learn's TfidfVectorizer makes the n-grams, so that no
tool meets features of its own making. `vectors` has a dense block beside them: word vectors of the shipped table, averaged.
"""

import csv
import json
import os
import re
import struct
import sys

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

CORPORA = os.environ.get("STANDPOINT_CORPORA", ".")
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Models/word-vectors/vectors.safetensors")


def words(high, **options):
    return TfidfVectorizer(ngram_range=(1, high), sublinear_tf=True, **options)


def newsmtsc():
    texts, labels = [], []
    for line in open(f"{CORPORA}/newsmtsc/train.jsonl", encoding="utf-8"):
        row = json.loads(line)
        for target in row["targets"]:
            texts.append(row["sentence_normalized"])
            labels.append(str(target["polarity"]))
    return words(2).fit_transform(texts), labels, texts


def vectors():
    """NewsMTSC's n-grams; word vectors of the sentence, and of what stands left and right of the target, averaged."""
    with open(TABLE, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
        data = file.read()

    def tensor(name, kind):
        begin, end = header[name]["data_offsets"]
        return np.frombuffer(data[begin:end], kind)

    shape = header["elements"]["shape"]
    table = tensor("elements", np.int8).reshape(shape) * tensor("factors", np.float32)[:, None]
    place = {word: row for row, word in enumerate(tensor("words", np.uint8).tobytes().decode().split("\n"))}

    def mean(text):
        rows = [place[word] for word in re.findall(r"\w+", text.lower()) if word in place]
        return table[rows].mean(axis=0) if rows else np.zeros(shape[1], np.float32)

    blocks = []
    for line in open(f"{CORPORA}/newsmtsc/train.jsonl", encoding="utf-8"):
        row = json.loads(line)
        text = row["sentence_normalized"]
        for target in row["targets"]:
            parts = text, text[: target["from"]], text[target["to"] :]
            blocks.append(np.concatenate([mean(part) for part in parts]))
    matrix, labels, groups = newsmtsc()
    # About as long as the n-grams.
    dense = np.array(blocks, np.float32)
    return matrix, labels, groups, dense / np.sqrt((dense**2).sum(axis=1).mean())


def polnear():
    rows = [json.loads(line) for line in open(f"{CORPORA}/polnear-sourcing/train.jsonl", encoding="utf-8")]
    texts = [row["text"] for row in rows]
    both = [
        words(3, lowercase=False, token_pattern=r"\w+|[^\w\s]").fit_transform(texts),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=False).fit_transform(texts),
    ]
    return sp.hstack(both), [row["sourcing"] for row in rows], [row["document"] for row in rows]


def pstance():
    texts, labels = [], []
    for target in ("bernie", "biden", "trump"):
        with open(f"{CORPORA}/p-stance/raw_train_{target}.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                texts.append(row["Tweet"])
                labels.append(row["Stance"])
    return words(2).fit_transform(texts), labels, texts


def fnc():
    with open(f"{CORPORA}/fnc-1/train_bodies.csv", encoding="utf-8", newline="") as file:
        bodies = {row["Body ID"]: row["articleBody"] for row in csv.DictReader(file)}
    with open(f"{CORPORA}/fnc-1/train_stances.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["Headline"] + " \n " + bodies[row["Body ID"]] for row in rows]
    return words(2).fit_transform(texts), [row["Stance"] for row in rows], [row["Body ID"] for row in rows]


def export(name, folder):
    matrix, labels, groups, *blocks = globals()[name]()
    matrix = matrix.tocsr().astype(np.float32)
    matrix.sort_indices()
    os.makedirs(folder, exist_ok=True)
    names = sorted(set(labels))
    place = {group: index for index, group in enumerate(sorted(set(groups)))}
    folds = np.random.default_rng(0).integers(0, 5, size=len(place))[[place[group] for group in groups]]
    matrix.indptr.astype(np.int64).tofile(f"{folder}/offsets.i64")
    matrix.indices.astype(np.uint32).tofile(f"{folder}/columns.u32")
    matrix.data.tofile(f"{folder}/values.f32")
    for block in blocks:
        block.astype(np.float32).tofile(f"{folder}/dense.f32")
    dense = blocks[0].shape[1] if blocks else 0
    np.array([names.index(label) for label in labels], dtype=np.int64).tofile(f"{folder}/labels.i64")
    folds.astype(np.int64).tofile(f"{folder}/folds.i64")
    shape = {"rows": matrix.shape[0], "columns": matrix.shape[1], "labels": len(names), "nnz": int(matrix.nnz), "dense": dense}
    with open(f"{folder}/shape.json", "w") as file:
        json.dump(shape, file)
    print(name, shape, file=sys.stderr)


if __name__ == "__main__":
    for chosen in sys.argv[2:] or ["newsmtsc", "vectors", "pstance", "polnear", "fnc"]:
        export(chosen, f"{sys.argv[1]}/{chosen}")
