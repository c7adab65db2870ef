"""Times scikit-learn on the grid of `standpoint-fit --grid`: 10 values of C × 5 folds, one line of JSON.

    python grid.py MATRIX-FOLDER SOLVER TOLERANCE

Each fold's fits start where the last, smaller C ended (`warm_start`), which is scikit-learn's fastest way to them.
"""

import json
import os
import resource
import sys
import time
import warnings

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

import matrix  # noqa: E402

warnings.filterwarnings("ignore")
folder, solver, tolerance = sys.argv[1], sys.argv[2], float(sys.argv[3])
x, y, _ = matrix.read(folder)
folds = np.fromfile(f"{folder}/folds.i64", np.int64)


def processor():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


start, used = time.perf_counter(), processor()
for fold in range(5):
    inside = folds != fold
    model = LogisticRegression(solver=solver, tol=tolerance, max_iter=1000, warm_start=True)
    for c in 0.03 * 1000 ** (np.arange(10) / 9):
        model.C = c
        model.fit(x[inside], y[inside])
        model.decision_function(x[~inside])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": time.perf_counter() - start, "cpu": processor() - used, "peakBytes": peak}))
