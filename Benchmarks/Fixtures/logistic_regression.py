"""Writes the fixtures of ClassificationTests: small random problems and scikit-learn's optimum for each.

    pip install scikit-learn==1.9.1 numpy scipy
    python Benchmarks/Fixtures/logistic_regression.py Tests/ClassificationTests/Fixtures/logistic_regression.json

The data is random, from a fixed seed. Objectives are computed in double precision from scikit-learn's weights; solvers
run to a tolerance far below what the tests ask for.
"""

import json
import sys
import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore", category=FutureWarning)


def problem(seed, rows, columns, labels, dense=0):
    """Sparse rows with Zipf-like columns, of length 1 as n-grams have it, and labels that depend on them."""
    random = np.random.default_rng(seed)
    popularity = 1.0 / np.arange(1, columns + 1)
    popularity /= popularity.sum()
    entries = [], [], []
    for row in range(rows):
        chosen = np.unique(random.choice(columns, size=random.integers(3, 15), p=popularity))
        values = 1 + random.random(len(chosen))
        values /= np.linalg.norm(values)
        entries[0].extend([row] * len(chosen))
        entries[1].extend(chosen)
        entries[2].extend(np.round(values, 4))
    x = sp.csr_matrix((np.float32(entries[2]), (entries[0], entries[1])), shape=(rows, columns))
    d = np.round(random.normal(size=(rows, dense)), 3).astype(np.float32) if dense else None
    truth = random.normal(size=(columns, labels)) * 3
    margins = x @ truth + (d @ random.normal(size=(dense, labels)) if dense else 0)
    y = (margins + random.gumbel(size=(rows, labels))).argmax(axis=1)
    y[:labels] = np.arange(labels)
    return x, d, y, random


def objective(model, x, y, cost, l1, l2):
    """C Σ costs·losses + l1·‖W‖₁ + l2·½‖W‖² in double precision."""
    margins = x @ model.coef_.T + model.intercept_
    if len(model.classes_) == 2:
        margins = np.hstack([np.zeros_like(margins), margins])
    losses = np.logaddexp.reduce(margins, axis=1) - margins[np.arange(len(y)), y]
    return float((cost * losses).sum() + l1 * np.abs(model.coef_).sum() + l2 * 0.5 * (model.coef_**2).sum())


def case(name, seed, rows, columns, labels, c, dense=0, class_weight=None, weighted=False, l1_ratio=0.0):
    x, d, y, random = problem(seed, rows, columns, labels, dense)
    sample = np.round(random.random(rows) * 2, 3) if weighted else np.ones(rows)
    full = sp.hstack([x, sp.csr_matrix(d)]).tocsr().astype(np.float64) if dense else x.astype(np.float64)
    model = LogisticRegression(
        C=c,
        l1_ratio=l1_ratio,
        solver="newton-cg" if l1_ratio == 0 else "saga",
        tol=1e-12 if l1_ratio == 0 else 1e-10,
        max_iter=100_000,
        class_weight=class_weight,
        random_state=0,
    ).fit(full, y, sample_weight=sample)
    if class_weight == "balanced":
        counts = np.bincount(y, weights=sample, minlength=labels)
        per_label = sample.sum() / (labels * counts)
    elif class_weight:
        per_label = np.array([class_weight[k] for k in range(labels)])
    else:
        per_label = np.ones(labels)
    return {
        "name": name,
        "columnCount": columns,
        "labelCount": labels,
        "offsets": x.indptr.tolist(),
        "columns": x.indices.tolist(),
        "values": [float(str(v)) for v in x.data],
        "denseColumnCount": dense,
        "dense": [float(str(v)) for v in d.ravel()] if dense else [],
        "labels": y.tolist(),
        "weights": sample.tolist() if weighted else None,
        "classWeight": "balanced" if class_weight == "balanced" else None,
        "classWeights": per_label.tolist() if isinstance(class_weight, dict) else None,
        "inverseRegularization": c,
        "l1Ratio": l1_ratio,
        "objective": objective(model, full, y, c * sample * per_label[y], l1_ratio, 1 - l1_ratio),
        "nonZeroWeights": int((np.abs(model.coef_) > 1e-6).sum()),
        "probabilities": [round(float(p), 7) for p in model.predict_proba(full)[:40].ravel()],
    }


CASES = [
    case("three labels", 1, 160, 300, 3, 10.0),
    case("two labels", 2, 160, 300, 2, 3.0),
    case("six labels, balanced", 3, 200, 200, 6, 3.0, class_weight="balanced"),
    case("given class weights", 4, 120, 150, 3, 1.0, class_weight={0: 1.0, 1: 0.5, 2: 3.0}),
    case("statement weights", 5, 140, 150, 3, 30.0, weighted=True),
    case("statement weights and balance, two labels", 6, 120, 150, 2, 10.0, class_weight="balanced", weighted=True),
    case("dense block", 7, 120, 150, 3, 1.0, dense=8),
    case("dense block, two labels", 8, 120, 150, 2, 1.0, dense=5),
    case("L1, three labels", 9, 140, 120, 3, 10.0, l1_ratio=1.0),
    case("L1, two labels", 10, 140, 120, 2, 10.0, l1_ratio=1.0),
    case("elastic net, three labels", 11, 140, 120, 3, 3.0, l1_ratio=0.4),
    case("elastic net with a dense block, two labels", 12, 120, 100, 2, 3.0, dense=4, l1_ratio=0.7),
]

with open(sys.argv[1], "w") as file:
    json.dump(CASES, file, separators=(",", ":"))
    file.write("\n")
print(f"{len(CASES)} cases", file=sys.stderr)
