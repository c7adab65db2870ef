"""Reads an exported matrix, as all peers get it: one sparse matrix in double precision, a dense block at its end."""

import json

import numpy as np
import scipy.sparse as sp


def read(folder):
    """The matrix, the labels, and how many of these there are."""
    shape = json.load(open(f"{folder}/shape.json"))
    x = sp.csr_matrix(
        (
            np.fromfile(f"{folder}/values.f32", np.float32).astype(np.float64),
            np.fromfile(f"{folder}/columns.u32", np.uint32).astype(np.int32),
            np.fromfile(f"{folder}/offsets.i64", np.int64).astype(np.int32),
        ),
        shape=(shape["rows"], shape["columns"]),
    )
    if shape["dense"]:
        block = np.fromfile(f"{folder}/dense.f32", np.float32).reshape(shape["rows"], shape["dense"])
        x = sp.hstack([x, sp.csr_matrix(block.astype(np.float64))]).tocsr()
    return x, np.fromfile(f"{folder}/labels.i64", np.int64), shape["labels"]
