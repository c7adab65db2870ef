"""The benchmarks, a declaration each: which rows, which preset, which metric.

Splits that are not in the corpora folder are passed over, so an official test that is dropped there (under its published
name, see Datasets/README.md) is measured by the same command. BASIL is not among them: its spans of biased wording
are labels neither of sourcing nor of stance.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Benchmark:
    """What is trained and measured.

    - kind: what the peers can make of a row: `plain` text, a `mention` in it, one of a few topics (`topic`), a target that
      is a text itself (`proposition`), or two texts (`pair`).
    - metric: by the name that `standpoint compare` knows it by.
    - folds: cross-validation of the training part, by groups, stratified by label and by the column `stratify`.
    - holdout: one part of the folds only is measured.
    - stories: instead of folds, so many hold-outs of whole stories (`stories.py`), each measured by itself.
    - repeats: whether texts of the training part come again in the tests, so that new ones are also measured by themselves.
    - averaged: whether the mean over the parts is the metric that the corpus is known by.
    - parts: subsets of a test by the value of a column, each measured by itself, too.
    - context: whether sentences are also measured in their article.
    """

    name: str
    corpus: str
    preset: str
    kind: str
    tests: tuple
    task: str = "stance"
    metric: str = "macro_f1"
    folds: int = 0
    holdout: bool = False
    stories: int = 0
    stratify: str | None = None
    parts: dict = field(default_factory=dict)
    repeats: bool = False
    averaged: bool = False
    context: bool = False
    goal: dict = field(default_factory=dict)


ALL = (
    Benchmark("sourcing", "polnear-sourcing", "sourcing", "plain", ("dev", "test"), task="sourcing", context=True,
              goal={"test": 0.66, "test in articles": 0.70}),
    Benchmark("newsmtsc", "newsmtsc", "mention", "mention", ("dev_rw", "dev_mt", "test_rw", "test_mt"),
              goal={"test_rw": 0.70, "test_mt": 0.67}),
    Benchmark("semeval", "semeval2016-task6", "topic", "topic", ("test",), metric="semeval_average", folds=5,
              stratify="target", goal={"test": 0.725}),
    Benchmark("gwstance", "gwstance", "topic", "plain", ("test",), folds=5, goal={"5 folds": 0.68, "test": 0.68}),
    Benchmark("p-stance", "p-stance", "topic", "topic", ("val", "test"), goal={"test, mean over target": 0.79},
              parts={"target": ("Bernie Sanders", "Joe Biden", "Donald Trump")}, averaged=True),
    Benchmark("vast", "vast", "proposition", "proposition", ("dev", "test"), parts={"seen": ("0", "1")},
              goal={"test, seen 0": 0.57, "test, seen 1": 0.58}),
    Benchmark("fnc-1", "fnc-1", "pair", "pair", ("test",), task="fnc", metric="fnc_score", folds=5, holdout=True,
              goal={"test": 0.825}),
    Benchmark("fnc-1-stories", "fnc-1", "pair", "pair", (), task="fnc", metric="fnc_score", stories=2,
              goal={"whole stories 1": 0.825, "whole stories 2": 0.825}),
    Benchmark("ibm", "ibm-claim-stance", "proposition", "proposition", ("test",), metric="accuracy"),
    Benchmark("perspectrum", "perspectrum", "proposition", "proposition", ("dev", "test"), repeats=True),
    Benchmark("emergent", "emergent", "proposition", "proposition", ("test",), metric="accuracy"),
)

SEEDS = (1, 2, 3, 4, 5)
# The splits that settings may be chosen by.
DEVELOPMENT = ("dev", "dev_rw", "dev_mt", "val")
