#!/usr/bin/env python3
"""How much of a calibration error is chance: what a model would have whose every probability is true.

    Benchmarks/Accuracy/calibration.py RUN…

reads runs of `standpoint evaluate` (folders with predictions.jsonl). The calibration error sums up absolute differences
over 15 bins, so that in a small set it is above 0 even where each answer is right by chance with just the probability that
it was given. The mean and the 95th percentile of that are drawn here; an error within them says nothing against a model,
and no model can be expected to stay below the mean.
"""

import json
import os
import sys

import numpy as np

BINS = 15
DRAWS = 1000


def error(confidences, right):
    """The expected calibration error, as `standpoint evaluate` has it: bins of equal width, closed above."""
    bins = np.clip(np.ceil(confidences * BINS).astype(int) - 1, 0, BINS - 1)
    gaps = np.bincount(bins, confidences - right, BINS)
    return float(np.abs(gaps).sum() / len(confidences))


def by_chance(confidences, draws=DRAWS):
    """The mean and the 95th percentile of the error where every probability is true."""
    chance = np.random.default_rng(1)
    errors = [error(confidences, chance.random(len(confidences)) < confidences) for _ in range(draws)]
    return float(np.mean(errors)), float(np.quantile(errors, 0.95))


def answers(predictions):
    """The confidence of each answer and whether it was right; nothing where there are no probabilities."""
    if not all("probabilities" in one for one in predictions):
        return None
    # An abstention is counted by its likeliest label, as in accuracy.py.
    given = [one["predicted"] or max(one["probabilities"], key=one["probabilities"].get) for one in predictions]
    return (np.array([one["probabilities"][label] for one, label in zip(predictions, given)]),
            np.array([one["gold"] == label for one, label in zip(predictions, given)], float))


def main():
    print("run\titems\terror\tby chance\t95th percentile\tconfidence - right")
    for run in sys.argv[1:] or sys.exit(__doc__):
        with open(os.path.join(run, "predictions.jsonl"), encoding="utf-8") as file:
            found = answers([json.loads(line) for line in file])
        if found is None:
            sys.exit(f"{run}: no probabilities")
        confidences, right = found
        mean, high = by_chance(confidences)
        print(f"{run}\t{len(right)}\t{error(*found):.3f}\t{mean:.3f}\t{high:.3f}\t{(confidences - right).mean():+.3f}")


if __name__ == "__main__":
    main()
