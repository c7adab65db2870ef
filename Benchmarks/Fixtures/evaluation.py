"""Writes what scikit-learn, SciPy, statsmodels and krippendorff say of invented predictions.

    pip install numpy scipy scikit-learn statsmodels krippendorff
    python evaluation.py ../../Tests/EvaluationTests/Fixtures/evaluation.json

Tests compare the measures of Sources/Evaluation with this file. Everything is seeded; the versions that wrote it stand
in the file.
"""

import json
import sys
import warnings

import krippendorff
import numpy as np
import scipy
import scipy.stats
import sklearn
import statsmodels
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

warnings.filterwarnings("ignore")


def invented(seed, count, labels, groups, ties, unsupported=()):
    """Predictions that are right about two times in three; `ties` rounds probabilities so that they tie."""
    generator = np.random.default_rng(seed)
    supported = [index for index in range(len(labels)) if index not in unsupported]
    gold = generator.choice(supported, count)
    scores = generator.uniform(0.05, 1, (count, len(labels)))
    scores[np.arange(count), gold] += generator.uniform(0, 1, count)
    if ties:
        scores = np.round(scores, 1)
    probabilities = (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)
    predicted = probabilities.argmax(axis=1)
    return {
        "labels": labels,
        "gold": gold.tolist(),
        "predicted": predicted.tolist(),
        "probabilities": [float(value) for value in probabilities.ravel()],
        "groups": None if groups == 1 else [str(index // groups) for index in range(count)],
    }


def calibration_errors(gold, predicted, probabilities):
    """ECE and MCE over 15 bins of equal width, open below and closed above."""
    confidence = probabilities[np.arange(len(gold)), predicted].astype(float)
    bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
    correct = gold == predicted
    gaps = [abs(correct[bins == b].mean() - confidence[bins == b].mean()) for b in range(15) if (bins == b).any()]
    sizes = [(bins == b).mean() for b in range(15) if (bins == b).any()]
    return float(np.dot(gaps, sizes)), float(max(gaps))


def scores(case):
    """Every figure of one case."""
    labels = case["labels"]
    indices = list(range(len(labels)))
    gold, predicted = np.array(case["gold"]), np.array(case["predicted"])
    probabilities = np.array(case["probabilities"], dtype=np.float32).reshape(-1, len(labels))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        gold, predicted, labels=indices, zero_division=0)
    one_hot = np.eye(len(labels))[gold]
    ece, mce = calibration_errors(gold, predicted, probabilities)
    defined = [label for label in indices if 0 < (gold == label).sum() < len(gold)]
    double = probabilities.astype(float)
    truth = np.clip(double[np.arange(len(gold)), gold], np.finfo(np.float32).eps, 1 - np.finfo(np.float32).eps)
    result = {
        "macro_f1": metrics.f1_score(gold, predicted, labels=indices, average="macro", zero_division=0),
        "micro_f1": metrics.f1_score(gold, predicted, labels=indices, average="micro", zero_division=0),
        "weighted_f1": metrics.f1_score(gold, predicted, labels=indices, average="weighted", zero_division=0),
        "macro_precision": metrics.precision_score(gold, predicted, labels=indices, average="macro", zero_division=0),
        "macro_recall": metrics.recall_score(gold, predicted, labels=indices, average="macro", zero_division=0),
        "accuracy": metrics.accuracy_score(gold, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(gold, predicted),
        "matthews_correlation": metrics.matthews_corrcoef(gold, predicted),
        "cohen_kappa": metrics.cohen_kappa_score(gold, predicted, labels=indices),
        "log_loss": float(-np.log(truth).mean()),
        "brier_score": float(((double - one_hot) ** 2).sum(axis=1).mean()) / (2 if len(labels) == 2 else 1),
        "ece": ece,
        "mce": mce,
    }
    if not case["unsupported"]:
        # The same by scikit-learn, which wants every label to occur.
        assert np.isclose(result["log_loss"], metrics.log_loss(gold, probabilities, labels=indices), rtol=1e-5)
        positive = probabilities[:, 1] if len(labels) == 2 else probabilities
        assert np.isclose(result["brier_score"], metrics.brier_score_loss(gold, positive), rtol=1e-5)
    for name, values in [("precision", precision), ("recall", recall), ("f1", f1)]:
        result |= {f"{name}.{labels[index]}": float(values[index]) for index in indices}
    for label in indices:
        truth, score = gold == label, probabilities[:, label]
        isDefined = label in defined
        result[f"roc_auc.{labels[label]}"] = metrics.roc_auc_score(truth, score) if isDefined else None
        result[f"average_precision.{labels[label]}"] = (
            metrics.average_precision_score(truth, score) if truth.any() else None)
    if {"favor", "against"} <= set(labels):
        result["semeval_average"] = float(f1[[labels.index("favor"), labels.index("against")]].mean())
    if set(labels) == {"agree", "disagree", "discuss", "unrelated"}:
        result["fnc_score"] = fnc([labels[i] for i in gold], [labels[i] for i in predicted])
    return {
        "metrics": {name: None if value is None else float(value) for name, value in result.items()},
        "support": support.tolist(),
        "confusion": metrics.confusion_matrix(gold, predicted, labels=indices).ravel().tolist(),
    }


def fnc(gold, predicted):
    """The score of the Fake News Challenge, relative to the best one."""
    def score(pairs):
        total = 0.0
        for truth, answer in pairs:
            if truth == answer:
                total += 0.25 + (0.5 if truth != "unrelated" else 0)
            if truth != "unrelated" and answer != "unrelated":
                total += 0.25
        return total
    return score(zip(gold, predicted)) / score(zip(gold, gold))


def accuracy(gold, predicted):
    """The accuracy, faster than scikit-learn's."""
    return float((gold == predicted).mean())


def macro_f1(width):
    """The macro F1 over so many labels, faster than scikit-learn's."""
    def score(gold, predicted):
        matrix = np.bincount(gold * width + predicted, minlength=width ** 2).reshape(width, -1)
        sums = matrix.sum(axis=0) + matrix.sum(axis=1)
        return float(np.divide(2 * np.diag(matrix), sums, out=np.zeros(width), where=sums > 0).mean())
    return score


def intervals(case):
    """SciPy's percentile and BCa intervals of accuracy and macro F1 over items."""
    gold, predicted = np.array(case["gold"]), np.array(case["predicted"])
    result = {}
    for name, statistic in [("accuracy", accuracy), ("macro_f1", macro_f1(len(case["labels"])))]:
        for method in ["percentile", "BCa"]:
            interval = scipy.stats.bootstrap(
                (gold, predicted), statistic, paired=True, vectorized=False, n_resamples=20000, method=method,
                rng=np.random.default_rng(1)).confidence_interval
            result[f"{name}.{method.lower()}"] = [float(interval.low), float(interval.high)]
    return result


def resampled(case):
    """SciPy's percentile and BCa intervals from a distribution that is given: nothing in them is left to chance.

    The statistic is the accuracy; items are drawn, and whole groups too, whose sums stand for them.
    """
    correct = (np.array(case["gold"]) == np.array(case["predicted"])).astype(float)
    groups = np.arange(len(correct)) // 3
    totals = np.array([correct[groups == group].sum() for group in range(groups.max() + 1)])
    sizes = np.array([(groups == group).sum() for group in range(groups.max() + 1)], dtype=float)
    result = []
    for data, statistic in [((correct,), lambda a: a.mean()), ((totals, sizes), lambda a, b: a.sum() / b.sum())]:
        count = len(data[0])
        options = {"paired": True, "vectorized": False, "rng": np.random.default_rng(3)}
        drawn = scipy.stats.bootstrap(data, statistic, n_resamples=499, method="percentile", **options)
        interval = scipy.stats.bootstrap(
            data, statistic, n_resamples=0, bootstrap_result=drawn, method="BCa", **options).confidence_interval
        left_out = [statistic(*[np.delete(part, index) for part in data]) for index in range(count)]
        result.append({
            "value": float(statistic(*data)), "resampled": drawn.bootstrap_distribution.tolist(), "jackknife": left_out,
            "percentile": list(map(float, drawn.confidence_interval)), "bca": list(map(float, interval)),
        })
    return result


def selection(case):
    """The reliability table, and the coverage–risk curve of items answered from the surest down, ties together."""
    gold, predicted = np.array(case["gold"]), np.array(case["predicted"])
    probabilities = np.array(case["probabilities"], dtype=np.float32).reshape(len(gold), -1)
    confidence = probabilities[np.arange(len(gold)), predicted].astype(float)
    correct = (gold == predicted).astype(float)
    edges = np.arange(16) / 15
    edges[0] = -1
    counts = scipy.stats.binned_statistic(-confidence, correct, "count", bins=-edges[::-1]).statistic[::-1]
    means = [scipy.stats.binned_statistic(-confidence, values, "mean", bins=-edges[::-1]).statistic[::-1]
             for values in (correct, confidence)]
    thresholds = np.unique(confidence)[::-1]
    coverage = [float((confidence >= threshold).mean()) for threshold in thresholds]
    risk = [1 - metrics.accuracy_score(gold[confidence >= threshold], predicted[confidence >= threshold])
            for threshold in thresholds]
    return {
        "counts": counts.astype(int).tolist(),
        "accuracy": [None if np.isnan(value) else float(value) for value in means[0]],
        "confidence": [None if np.isnan(value) else float(value) for value in means[1]],
        "thresholds": thresholds.tolist(), "coverage": coverage, "risk": list(map(float, risk)),
        "area": float(np.dot(np.diff([0, *coverage]), risk)),
    }


def paired(case, other):
    """Two models on the same items: SciPy's permutation test, paired bootstrap and exact interval of the odds ratio."""
    gold, first = np.array(case["gold"]), np.array(case["predicted"])
    second = np.array(other)
    result = {"predicted": second.tolist(), "kappa": float(metrics.cohen_kappa_score(first, second))}
    for name, score in [("accuracy", accuracy), ("macro_f1", macro_f1(len(case["labels"])))]:
        test = scipy.stats.permutation_test(
            (second, first), lambda a, b: score(gold, a) - score(gold, b), permutation_type="samples", vectorized=False,
            n_resamples=9999, rng=np.random.default_rng(5))
        drawn = scipy.stats.bootstrap(
            (gold, first, second), lambda g, a, b: score(g, b) - score(g, a), paired=True, vectorized=False,
            n_resamples=9999, method="BCa", rng=np.random.default_rng(6))
        result[name] = {
            "difference": float(test.statistic), "permutation_p": float(test.pvalue),
            "bca": list(map(float, drawn.confidence_interval)),
        }
    answers = np.stack([first, second])
    result["alpha"] = float(krippendorff.alpha(reliability_data=answers, level_of_measurement="nominal"))
    return result


def curves(case, label):
    """ROC and precision–recall points of one label."""
    gold = np.array(case["gold"]) == label
    score = np.array(case["probabilities"], dtype=np.float32).reshape(-1, len(case["labels"]))[:, label]
    false_rate, true_rate, _ = metrics.roc_curve(gold, score, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(gold, score)
    return {
        "label": label, "false_rate": false_rate[1:].tolist(), "true_rate": true_rate[1:].tolist(),
        "precision": precision[:-1][::-1].tolist(), "recall": recall[:-1][::-1].tolist(),
    }


def main(path):
    """Writes the fixture."""
    cases = []
    for seed, count, labels, groups, ties, unsupported in [
        (1, 120, ["favor", "against", "none"], 1, False, ()),
        (2, 90, ["agree", "disagree", "discuss", "unrelated"], 6, True, ()),
        (3, 40, ["person", "organization", "media", "document"], 1, True, (2,)),
        (4, 60, ["no", "yes"], 1, False, ()),
    ]:
        case = invented(seed, count, labels, groups, ties, unsupported)
        case["unsupported"] = list(unsupported)
        case |= scores(case)
        case["curves"] = curves(case, 0)
        case["selection"] = selection(case)
        cases.append(case)
    cases[0]["intervals"] = intervals(cases[0])
    cases[0]["resampled"] = resampled(cases[0])
    gold, chance = np.array(cases[0]["gold"]), np.random.default_rng(11).uniform(size=120)
    worse = np.where(chance < 0.6, (gold + 1) % 3, cases[0]["predicted"])
    cases[0]["paired"] = paired(cases[0], np.where(chance < 0.5, gold, worse).tolist())

    tables = []
    for both, first, second, neither in [(30, 8, 15, 7), (10, 0, 6, 4), (5, 4, 4, 5), (50, 30, 61, 9), (3, 0, 0, 2)]:
        discordant = first + second
        midp = min(1.0, float(
            2 * scipy.stats.binom.cdf(min(first, second), discordant, 0.5)
            - scipy.stats.binom.pmf(min(first, second), discordant, 0.5))) if discordant else 1.0
        share = proportion_confint(second, discordant, alpha=0.05, method="beta") if discordant else (0.0, 1.0)
        tables.append({
            "counts": [both, first, second, neither],
            "exact": float(mcnemar([[both, first], [second, neither]], exact=True).pvalue) if discordant else 1.0,
            "mid": midp,
            "interval": [float(np.nan_to_num(share[0], nan=0)), float(np.nan_to_num(share[1], nan=1))],
        })

    p_values = [0.01, 0.04, 0.03, 0.005, 0.6, 0.04]
    generator = np.random.default_rng(7)
    ratings = generator.integers(0, 3, (30, 4)).astype(float)
    ratings[:, 1:][generator.uniform(size=(30, 3)) < 0.6] = np.nan
    ratings[:, 1:] = np.where(np.isnan(ratings[:, 1:]), ratings[:, :1], ratings[:, 1:])
    ratings[generator.uniform(size=ratings.shape) < 0.15] = np.nan
    fixture = {
        "versions": {
            "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__,
            "statsmodels": statsmodels.__version__,
        },
        "cases": cases,
        "mcnemar": tables,
        "adjustment": {
            "p": p_values,
            "holm": multipletests(p_values, method="holm")[1].tolist(),
            "benjamini_hochberg": multipletests(p_values, method="fdr_bh")[1].tolist(),
        },
        "krippendorff": {
            "ratings": [[None if np.isnan(value) else int(value) for value in row] for row in ratings],
            "alpha": float(krippendorff.alpha(reliability_data=ratings.T, level_of_measurement="nominal")),
        },
        "normal": [
            [p, float(scipy.stats.norm.ppf(p))]
            for p in [1e-12, 1e-5, 0.01, 0.024, 0.025, 0.2, 0.5, 0.75, 0.975, 0.99999]
        ],
    }
    with open(path, "w") as file:
        json.dump(fixture, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
