"""The peers: each learns from rows and answers rows, with what its strength is chosen on the training rows alone.

A peer is a function (train, test, settings) → Outcome. `balanced` follows the metric: where every label counts alike,
rows are weighted so in the peers that can (scikit-learn, liblinear, sentence vectors).
"""

import os
import pickle
import random
import shutil
import sys
from dataclasses import dataclass, field
from importlib.metadata import version

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupShuffleSplit, StratifiedGroupKFold

from harness import processor_seconds, size, timed
from kept import digest
from ngrams import NGrams
from rows import bag, group, target, tokens, window

GRID = (0.03, 0.1, 0.3, 1, 3, 10, 30)
# More rows than this say no more about which C is best, but take longer.
SELECTION_ROWS = 6000


@dataclass
class Settings:
    """What peers are told of one pair of training and test rows."""

    task: str
    kind: str
    metric: str
    seed: int
    folder: str
    encoder: object = None
    matrices: dict = field(default_factory=dict)

    @property
    def balanced(self):
        return self.metric in ("macro_f1", "semeval_average")

    def score(self, gold, predicted):
        """What the peer's strength is chosen by."""
        if self.metric == "accuracy":
            return accuracy_score(gold, predicted)
        if self.metric == "semeval_average":
            return f1_score(gold, predicted, average="macro", labels=["favor", "against"], zero_division=0)
        return f1_score(gold, predicted, average="macro", zero_division=0)


@dataclass
class Outcome:
    predicted: list
    labels: list
    probabilities: np.ndarray | None
    choice: str
    train_seconds: float
    test_seconds: float
    bytes: int


def selection(rows, settings):
    """Three folds by groups over at most SELECTION_ROWS rows, as pairs of places."""
    places = np.arange(len(rows))
    groups = np.array([group(r) for r in rows])
    gold = np.array([r[settings.task] for r in rows])
    if len(rows) > SELECTION_ROWS:
        share = GroupShuffleSplit(1, train_size=SELECTION_ROWS / len(rows), random_state=settings.seed)
        places = next(share.split(places, groups=groups))[0]
    folds = StratifiedGroupKFold(3, shuffle=True, random_state=settings.seed)
    return [(places[a], places[b]) for a, b in folds.split(places, gold[places], groups[places])]


def choose(x, rows, settings, grid, path):
    """The C with the best mean over the folds of the training rows; the first of equals.

    `path` yields, for each C of the grid in turn, what a model of its first two arguments predicts for its third."""
    gold = np.array([r[settings.task] for r in rows])
    scores = [[settings.score(gold[b], predicted) for predicted in path(x[a], gold[a], x[b])]
              for a, b in selection(rows, settings)]
    return grid[int(np.mean(scores, axis=0).argmax())]


def regression(settings, c):
    return LogisticRegression(C=c, solver="newton-cg", tol=1e-5, max_iter=100,
                              class_weight="balanced" if settings.balanced else None)


def linear(x, z, train, settings, grid, extra):
    """Logistic regression by scikit-learn on given matrices; `extra`: seconds and bytes that making them took."""
    start = processor_seconds()
    gold = np.array([r[settings.task] for r in train])

    def path(a, y, b):
        # Each C starts from the optimum of the one before it.
        model = regression(settings, grid[0]).set_params(warm_start=True)
        return (model.set_params(C=c).fit(a, y).predict(b) for c in grid)

    best = choose(x, train, settings, grid, path)
    model = regression(settings, best).fit(x, gold)
    middle = processor_seconds()
    probabilities = model.predict_proba(z)
    end = processor_seconds()
    labels = list(model.classes_)
    return Outcome([labels[i] for i in probabilities.argmax(1)], labels, probabilities, f"C {best}",
                   middle - start + extra[0], end - middle + extra[1], extra[2] + len(pickle.dumps(model)))


def matrices(train, test, settings, mix):
    """The n-gram matrices of both, and the seconds and bytes that they took; made once for the peers that share them."""
    if mix not in settings.matrices:
        start = processor_seconds()
        grams = NGrams(settings.kind, mix).fit(train)
        x = grams.transform(train)
        middle = processor_seconds()
        z = grams.transform(test)
        settings.matrices[mix] = x, z, (middle - start, processor_seconds() - middle, len(pickle.dumps(grams)))
    return settings.matrices[mix]


def sklearn_words(train, test, settings):
    x, z, extra = matrices(train, test, settings, mix=False)
    return linear(x, z, train, settings, GRID, extra)


def sklearn_mix(train, test, settings):
    x, z, extra = matrices(train, test, settings, mix=True)
    return linear(x, z, train, settings, GRID, extra)


def liblinear(train, test, settings):
    """One against the rest (`-s 0`), on the matrix of sklearn_mix."""
    from liblinear.liblinearutil import problem
    from liblinear.liblinearutil import train as fit

    x, z, extra = matrices(train, test, settings, mix=True)
    start = processor_seconds()
    names = sorted({r[settings.task] for r in train})
    numbers = {name: i for i, name in enumerate(names)}

    def read(a, y):
        return problem(np.array([numbers[n] for n in y], float), sp.csr_matrix(a, dtype=np.float64))

    def model(data, y, c):
        options = f"-s 0 -q -B 1 -c {c}"
        if settings.balanced:
            counts = {name: max((y == name).sum(), 1) for name in names}
            options += "".join(f" -w{numbers[n]} {len(y) / (len(names) * counts[n]):.6f}" for n in names)
        return fit(data, options)

    def answers(m, b):
        """Labels and probabilities by one product of matrices: the package's own `predict` goes row by row in Python."""
        order = m.get_labels()
        width = 1 if len(order) == 2 else len(order)
        weights = np.ctypeslib.as_array(m.w, (m.get_nr_feature() + 1, width))
        sigmoids = 1 / (1 + np.exp(-(b @ weights[:-1] + weights[-1])))
        if width == 1:
            sigmoids = np.hstack([sigmoids, 1 - sigmoids])
        probabilities = np.zeros((b.shape[0], len(names)))
        probabilities[:, order] = sigmoids / sigmoids.sum(1, keepdims=True)
        return [names[i] for i in probabilities.argmax(1)], probabilities

    def path(a, y, b):
        data = read(a, y)
        return (answers(model(data, y, c), b)[0] for c in GRID)

    best = choose(x, train, settings, GRID, path)
    gold = np.array([r[settings.task] for r in train])
    final = model(read(x, gold), gold, best)
    middle = processor_seconds()
    predicted, probabilities = answers(final, z)
    weights = 8 * x.shape[1] * (1 if len(names) == 2 else len(names))
    return Outcome(predicted, names, probabilities, f"C {best}", middle - start + extra[0],
                   processor_seconds() - middle + extra[1], extra[2] + weights)


def sentence_vectors(train, test, settings):
    """all-MiniLM-L6-v2 and logistic regression: of text, of target, of how they differ, as the kind of rows asks for."""
    topics = sorted({target(r) for r in train})

    def texts(rows):
        """What is encoded of rows: their texts, and for some kinds as many texts more."""
        second = {"mention": window, "proposition": target, "pair": target}.get(settings.kind)
        return [[r["text"] for r in rows], *([[second(r) for r in rows]] if second else [])]

    def features(rows):
        u, *others = map(settings.encoder.encode, texts(rows))
        if settings.kind == "topic":
            chosen = np.array([target(r) for r in rows])
            return np.hstack([u, *(u * (chosen == topic)[:, None] for topic in topics)])
        if settings.kind in ("proposition", "pair"):
            v = others[0]
            return np.hstack([u, v, np.abs(u - v), u * v])
        return np.hstack([u, *others])

    # What was stored counts as if it were encoded now, and what is not stored yet counts once.
    settings.encoder.encode(sum(texts(train + test), []))
    start = processor_seconds()
    x = features(train)
    middle = processor_seconds()
    z = features(test)
    end = processor_seconds()
    extra = (middle - start + settings.encoder.seconds(sum(texts(train), [])),
             end - middle + settings.encoder.seconds(sum(texts(test), [])), settings.encoder.bytes)
    return linear(x, z, train, settings, (*GRID, 100), extra)


def held_out(train, settings):
    """Training rows without a fifth by groups, and that fifth."""
    groups = [group(r) for r in train]
    a, b = next(GroupShuffleSplit(1, test_size=0.2, random_state=settings.seed).split(train, groups=groups))
    return [train[i] for i in a], [train[i] for i in b]


def by_process(train, test, settings, grid, fit, predict, path):
    """A peer that is a program of its own; what is chosen, is chosen on a held-out fifth of the training rows."""
    start = processor_seconds()
    # These learn row by row: in files that go by label or topic they would forget what came first.
    train = random.Random(settings.seed).sample(train, len(train))
    part, rest = held_out(train, settings)
    gold = [r[settings.task] for r in rest]
    scores = {}
    for choice in grid:
        fit(part, choice)
        scores[choice] = settings.score(gold, predict(rest)[0])
    best = max(grid, key=lambda choice: scores[choice])
    fit(train, best)
    middle = processor_seconds()
    predicted, labels, probabilities = predict(test)
    return Outcome(predicted, labels, probabilities, " ".join(map(str, best)), middle - start, processor_seconds() - middle,
                   size(path))


def fasttext(train, test, settings):
    """The command `fasttext supervised`: words 1–2, on one thread, which makes it repeatable."""
    model, names = f"{settings.folder}/fasttext", sorted({r[settings.task] for r in train})

    def lines(path, rows, with_label):
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                # A line without words would be passed over.
                words = " ".join(bag(row, settings.kind)) or "nothing"
                file.write((f"__label__{row[settings.task]} " if with_label else "") + words + "\n")
        return path

    def fit(rows, choice):
        timed(["fasttext", "supervised", "-input", lines(f"{settings.folder}/fasttext.txt", rows, True), "-output", model,
               *choice, "-wordNgrams", "2", "-dim", "50", "-bucket", "500000", "-thread", "1", "-seed",
               str(settings.seed), "-verbose", "0"])

    def predict(rows):
        text, _ = timed(["fasttext", "predict-prob", f"{model}.bin", lines(f"{settings.folder}/fasttext.in", rows, False),
                         str(len(names))])
        probabilities = np.zeros((len(rows), len(names)))
        for place, line in enumerate(text.splitlines()):
            fields = line.split()
            for label, share in zip(fields[::2], fields[1::2]):
                probabilities[place, names.index(label.removeprefix("__label__"))] = float(share)
        return [names[i] for i in probabilities.argmax(1)], names, probabilities

    # Twelve million words, as FNC-1 has, say in few epochs what shorter data say in many.
    epochs = (2, 5) if sum(len(bag(row, settings.kind)) for row in train) > 4_000_000 else (5, 25)
    grid = [("-epoch", str(e), "-lr", rate) for e in epochs for rate in ("0.1", "0.5")]
    return by_process(train, test, settings, grid, fit, predict, f"{model}.bin")


def vowpal_wabbit(train, test, settings):
    """`vw` by the wheel's own command line: one against all, logistic loss, pairs of words; text and target apart."""
    model, names = f"{settings.folder}/vw.model", sorted({r[settings.task] for r in train})

    def escaped(words):
        return " ".join(w.replace("|", "/").replace(":", ".") for w in words)

    def lines(path, rows, with_label):
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                parts = "|t " + escaped(t for t in bag(row, settings.kind) if not t.startswith("target_"))
                if settings.kind in ("topic", "proposition", "pair"):
                    parts += " |g " + escaped(tokens(target(row)))
                file.write((f"{names.index(row[settings.task]) + 1} " if with_label else "") + parts + "\n")
        return path

    command = [sys.executable, "-m", "vowpalwabbit", "--quiet"]

    def fit(rows, choice):
        timed([*command, "-d", lines(f"{settings.folder}/vw.txt", rows, True), "-f", model, "--oaa", str(len(names)),
               "--loss_function", "logistic", "--ngram", "t2", "-b", "22", *choice, "--cache_file",
               f"{settings.folder}/vw.cache", "-k", "--holdout_off", "--random_seed", str(settings.seed),
               *(["-q", "tg"] if settings.kind == "topic" else [])])

    def predict(rows):
        out = f"{settings.folder}/vw.out"
        timed([*command, "-t", "-i", model, "-d", lines(f"{settings.folder}/vw.in", rows, False), "-p", out])
        with open(out) as file:
            predicted = [names[int(float(line.split()[0])) - 1] for line in file if line.strip()]
        return predicted, names, None

    grid = [("--passes", passes, "-l", rate) for passes in ("2", "8") for rate in ("0.2", "0.5")]
    return by_process(train, test, settings, grid, fit, predict, model)


PEERS = {
    "scikit-learn words 1–2": sklearn_words,
    "scikit-learn mix": sklearn_mix,
    "liblinear mix": liblinear,
    "fastText": fasttext,
    "Vowpal Wabbit": vowpal_wabbit,
    "MiniLM + logistic regression": sentence_vectors,
}


def versions():
    """What a peer's answers follow from beside the rows: its own code, and the packages that it calls."""
    here = os.path.dirname(os.path.abspath(__file__))
    code = [os.path.join(here, name) for name in ("peers.py", "ngrams.py", "rows.py", "encoder.py", "requirements.txt")]
    return [digest(*code), *map(version, ("numpy", "scipy", "scikit-learn"))]


def available():
    """The peers that this machine has."""
    return {name: peer for name, peer in PEERS.items() if peer is not fasttext or shutil.which("fasttext")}
