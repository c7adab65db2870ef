"""One fit by one peer: arrays are read before the clock starts, one line of JSON comes out.

    python worker.py MATRIX-FOLDER TOOL C TOLERANCE

The objective is computed here in double precision from the tool's weights: scikit-learn's is the one that Standpoint
minimizes; liblinear trains one label against the rest and is judged by that objective, with its penalized bias.
"""

import json
import os
import resource
import sys
import time
import warnings

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402

import matrix  # noqa: E402

warnings.filterwarnings("ignore")
folder, tool, c, tolerance = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
x, y, labels = matrix.read(folder)


def clocks():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter(), own.ru_utime + own.ru_stime


def multinomial(coef, intercept):
    margins = x @ coef.T + intercept
    if labels == 2:
        margins = np.hstack([np.zeros_like(margins), margins])
    losses = np.logaddexp.reduce(margins, axis=1) - margins[np.arange(len(y)), y]
    return 0.5 * (coef**2).sum() + c * losses.sum()


def against_rest(weights, biases, penalized):
    total = 0.0
    for k in range(labels if labels > 2 else 1):
        sign = np.where(y == (k if labels > 2 else 1), 1.0, -1.0)
        margins = x @ weights[k] + biases[k]
        total += 0.5 * weights[k] @ weights[k] + c * np.logaddexp(0, -sign * margins).sum()
        total += 0.5 * biases[k] ** 2 if penalized else 0
    return total


def l1_saga():
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, solver="saga", l1_ratio=1.0, tol=tolerance, max_iter=10_000, random_state=0)
    start = clocks()
    model.fit(x, y)
    end = clocks()
    penalty = np.abs(model.coef_).sum() - 0.5 * (model.coef_**2).sum()
    return start, end, multinomial(model.coef_, model.intercept_) + penalty


def sklearn(solver):
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, solver=solver, tol=tolerance, max_iter=10_000, random_state=0)
    start = clocks()
    model.fit(x, y)
    end = clocks()
    return start, end, multinomial(model.coef_, model.intercept_)


def liblinear(kind):
    from liblinear.liblinearutil import parameter, problem, train

    data = problem(y.astype(np.float64), x, bias=1)
    start = clocks()
    model = train(data, parameter(f"-s {kind} -c {c} -e {tolerance} -B 1 -q"))
    end = clocks()
    rows = labels if labels > 2 else 1
    flat = np.ctypeslib.as_array(model.w, shape=((x.shape[1] + 1) * rows,)).reshape(-1, rows)
    order = [model.label[i] for i in range(labels)]
    weights = np.zeros((rows, x.shape[1]))
    biases = np.zeros(rows)
    for place in range(rows):
        # With two labels the one weight vector speaks for the label that came first.
        sign = 1.0 if labels > 2 or order[0] == 1 else -1.0
        k = int(order[place]) if labels > 2 else 0
        weights[k] = sign * flat[:-1, place]
        biases[k] = sign * flat[-1, place]
    if kind == 6:
        norms = np.abs(weights).sum() - 0.5 * (weights**2).sum() + np.abs(biases).sum()
        return start, end, against_rest(weights, biases, False) + norms
    return start, end, against_rest(weights, biases, True)


if tool == "l1-saga":
    start, end, objective = l1_saga()
elif tool.startswith("sklearn-"):
    start, end, objective = sklearn(tool.removeprefix("sklearn-"))
else:
    start, end, objective = liblinear(int(tool.rpartition("-")[2]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(
    json.dumps(
        {"seconds": end[0] - start[0], "cpu": end[1] - start[1], "objective": float(objective), "peakBytes": peak}
    )
)
