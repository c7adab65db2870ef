"""scikit-learn, given the predictions of a run, finds the scores that `standpoint evaluate` printed."""

import json

import numpy as np
from common import WORK, predictions, runs
from sklearn import metrics

compared = 0
for name in ["strong", "weak"]:
    report = json.loads((WORK / f"{name}.json").read_text())
    run = next(run for run in runs("evaluate") if run["model"].endswith(name))
    rows = predictions(run)
    labels = report["confusion_matrix"]["labels"]
    gold = [row["gold"] for row in rows]
    predicted = [row["predicted"] for row in rows]
    probabilities = np.array([[row["probabilities"][label] for label in labels] for row in rows])
    expected = {
        "accuracy": metrics.accuracy_score(gold, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(gold, predicted),
        "macro_f1": metrics.f1_score(gold, predicted, labels=labels, average="macro", zero_division=0),
        "weighted_f1": metrics.f1_score(gold, predicted, labels=labels, average="weighted", zero_division=0),
        "matthews_correlation": metrics.matthews_corrcoef(gold, predicted),
        "cohen_kappa": metrics.cohen_kappa_score(gold, predicted),
    }
    for metric, value in expected.items():
        found = report["metrics"][metric]
        assert abs(found["value"] - value) < 1e-9, (name, metric, found, value)
        assert found["bca"][0] <= found["value"] <= found["bca"][1], (name, metric, found)
        compared += 1
    assert metrics.confusion_matrix(gold, predicted, labels=labels).tolist() == report["confusion_matrix"]["counts"]
    by_label = metrics.precision_recall_fscore_support(gold, predicted, labels=labels, zero_division=0)
    for index, figures in enumerate(report["labels"]):
        for metric, values in zip(["precision", "recall", "f1"], by_label):
            assert abs(figures[metric]["value"] - values[index]) < 1e-9, (name, metric, figures)
            compared += 1
        truth = [label == labels[index] for label in gold]
        if 0 < sum(truth) < len(truth):
            area = metrics.roc_auc_score(truth, probabilities[:, index])
            average = metrics.average_precision_score(truth, probabilities[:, index])
            assert abs(figures["roc_auc"]["value"] - area) < 1e-9, (name, figures, area)
            assert abs(figures["average_precision"]["value"] - average) < 1e-9, (name, figures, average)
            compared += 2
print(f"scikit-learn agrees on {compared} figures of two runs")
