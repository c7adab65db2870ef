#!/usr/bin/env python3
"""Trains and evaluates every benchmark with the shipped configurations, next to the peers on the same rows.

    STANDPOINT_CORPORA=FOLDER Benchmarks/Accuracy/run.sh [--only NAME,…] [--peers NAME,…|none] [--seeds N] [--quick]

Everything goes through the built binary: `data convert`, `train --preset`, `evaluate`; intervals and paired tests are those
of `compare`, which reads the peers' answers as runs. Results are written to Benchmarks/Runs/<date>-<cpu>/accuracy.md and
accuracy.json.
"""

import argparse
import os
import random
import sys
import time

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

import ablation
import calibration
import report
import stories
from benchmarks import ALL, SEEDS
from encoder import SentenceEncoder
from harness import ROOT, Work, machine, size
from kept import Kept
from peers import PEERS, Outcome, Settings, available, versions
from rows import group

OURS, IN_ARTICLES = "standpoint", ", in articles"
QUICK_ROWS = 1500


def log(*words):
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


class Answers:
    """What each system said of each row, and what it took."""

    def __init__(self, benchmark):
        self.benchmark = benchmark
        self.predictions = {}
        self.costs = {}

    def add(self, system, rows, outcome):
        """Takes one answer a row."""
        stored = self.predictions.setdefault(system, {})
        for place, row in enumerate(rows):
            entry = {"id": row["id"], "group": group(row), "gold": row[self.benchmark.task],
                     "predicted": outcome.predicted[place]}
            if outcome.probabilities is not None:
                entry["probabilities"] = {
                    label: float(p) for label, p in zip(outcome.labels, outcome.probabilities[place])}
            stored[row["id"]] = entry
        cost = self.costs.setdefault(system, {"choices": [], "train_seconds": [], "test_seconds_per_1000": [], "bytes": []})
        cost["choices"].append(outcome.choice)
        cost["train_seconds"].append(outcome.train_seconds)
        cost["test_seconds_per_1000"].append(1000 * outcome.test_seconds / len(rows))
        cost["bytes"].append(outcome.bytes)


def lone(rows):
    """Rows that stand alone: without the article that they come from."""
    return [{k: v for k, v in row.items() if k != "group"} for row in rows]


def ours(work, benchmark, options, train, test, name=OURS):
    """The outcomes of ours: of rows alone, and where the benchmark has it of rows in their articles."""
    model, _, seconds = work.train(train, benchmark.task, options)
    labels = sorted({row[benchmark.task] for row in train})
    outcomes = {}
    for suffix, rows in (("", lone(test)), (IN_ARTICLES, test)):
        if suffix and not benchmark.context:
            continue
        _, found, test_seconds = work.evaluate(model, rows)
        # A statement with nothing to read is an abstention; here every row counts.
        predicted = [f["predicted"] or max(f["probabilities"], key=f["probabilities"].get) for f in found]
        probabilities = [[f["probabilities"][label] for label in labels] for f in found]
        outcomes[name + suffix] = Outcome(predicted, labels, probabilities, " ".join(options), seconds, test_seconds,
                                          size(model))
    return outcomes


def rivals(work, benchmark, peers, encoder):
    """Ours and the peers: for a seed and rows, by name, what an answer follows from and what makes it."""
    preset = ["--preset", benchmark.preset]

    def systems(seed, train, test):
        yield OURS, [work.version, preset, benchmark.context], lambda: ours(work, benchmark, preset, train, test)
        settings = Settings(benchmark.task, benchmark.kind, benchmark.metric, seed, work.folder, encoder)
        for name, peer in peers.items():
            facts = [*versions(), settings.kind, settings.metric, settings.seed]
            yield name, facts, lambda: {name: peer(train, test, settings)}

    return systems


def families(work, benchmark):
    """The preset and its variants, in the same form. They are compared by what they predict: no folds calibrate them."""

    def systems(seed, train, test):
        for variant in (ablation.Variant(), *ablation.VARIANTS[benchmark.name][1]):
            options = [*(() if "--preset" in variant.options else ("--preset", benchmark.preset)), *variant.options,
                       "--folds", "0"]
            name = variant.name if variant.options or variant.hides_target else OURS
            yield name, [work.version, options, benchmark.context, variant.hides_target], lambda: ours(
                work, benchmark, options, variant.rows(train), variant.rows(test), name)

    return systems


def ask(work, benchmark, systems, seed, train, test, answers):
    """Has every system learn from `train` and answer `test`; those whose answers are kept are not asked again."""
    kept = Kept(work.path("answers"))
    for name, facts, make in systems(seed, train, test):
        start = time.monotonic()
        outcomes, known = kept.answer([name, *facts, benchmark.task, train, test], make)
        for system, outcome in outcomes.items():
            answers.add(system, test, outcome)
        log(f"  {name}: {outcome.choice}, {'kept' if known else f'{time.monotonic() - start:.0f} s'}")


def folds(benchmark, rows, seed):
    """Training and test rows of each fold; the test rows of a seed have ids of their own."""
    strata = [row[benchmark.task] + "/" + (row.get(benchmark.stratify, "") if benchmark.stratify else "") for row in rows]
    groups = [group(row) for row in rows]
    splitter = StratifiedGroupKFold(benchmark.folds, shuffle=True, random_state=seed)
    for a, b in splitter.split(rows, strata, groups):
        yield [rows[i] for i in a], [{**rows[i], "id": f"seed {seed}/{rows[i]['id']}"} for i in b]
        if benchmark.holdout:
            return


def words(row):
    """A text without its case and spaces."""
    return " ".join(row["text"].lower().split())


def measurements(benchmark, name, rows, train=()):
    """The sets of rows that are measured: all, those whose text training has not seen, the parts that the benchmark names."""
    yield name, rows
    if benchmark.repeats:
        known = {words(row) for row in train}
        yield f"{name}, new texts", [row for row in rows if words(row) not in known]
    for column, values in benchmark.parts.items():
        for value in values:
            part = [row for row in rows if row.get(column) == value]
            if part:
                yield f"{name}, {column} {value}", part


def baseline(system):
    """What a system is compared with: ours, and for variants of ours in articles ours in articles."""
    return OURS + IN_ARTICLES if system.endswith(IN_ARTICLES) and system != OURS + IN_ARTICLES else OURS


def measure(work, benchmark, title, rows, answers):
    """Every system's metrics on rows, and how it differs from ours, as `compare` has it."""
    labels = sorted({row[benchmark.task] for row in rows} | {
        label for row in answers.predictions[OURS].values() for label in row["probabilities"]})
    runs = {system: work.write_run(f"{number}", labels, [entries[row["id"]] for row in rows])
            for number, (system, entries) in enumerate(answers.predictions.items())}
    metrics = list(dict.fromkeys([benchmark.metric, "macro_f1", "accuracy", "ece"]))
    result = {"name": title, "items": len(rows), "groups": len({group(r) for r in rows}), "systems": {}}
    for system, path in runs.items():
        # Two at a time: the pairs among the peers are nobody's question.
        base = baseline(system)
        compared = work.compare([runs[base], path], metrics)
        found = {"metrics": {name: report.estimate(value) for name, value in compared["models"][1]["metrics"].items()}}
        sure = calibration.answers([answers.predictions[system][row["id"]] for row in rows])
        if sure:
            found["ece_by_chance"] = calibration.by_chance(sure[0], draws=200)
        if system != base:
            pair = compared["pairs"][0]["metrics"][benchmark.metric]
            found |= {"difference": report.estimate(pair["difference"]), "p": pair["randomization_p"]}
        result["systems"][system] = found
    report.adjust(result["systems"])
    return result


def run(work, benchmark, systems, arguments):
    """What each system is worth on a benchmark; nothing where its corpus is not at hand."""
    train = work.rows(benchmark.corpus, "train")
    if train is None:
        log(f"{benchmark.name}: not in the corpora folder")
        return None
    start = time.monotonic()
    measured, answers = [], Answers(benchmark)
    if arguments.quick:
        train = sample(train, benchmark, QUICK_ROWS)
    result = {"name": benchmark.name, "corpus": benchmark.corpus, "metric": benchmark.metric, "preset": benchmark.preset,
              "train_rows": len(train), "goals": benchmark.goal, "averaged": benchmark.averaged,
              "measurements": [], "seeds": []}
    if benchmark.folds:
        tested = []
        seeds = SEEDS[: 1 if benchmark.holdout else arguments.seeds]
        for seed in seeds:
            log(f"{benchmark.name}: {'hold-out' if benchmark.holdout else 'folds'} of seed {seed}")
            for part, test in folds(benchmark, train, seed):
                ask(work, benchmark, systems, seed, part, test, answers)
                tested += test
        name = "hold-out" if benchmark.holdout else f"{benchmark.folds} folds"
        measured += measurements(benchmark, name, tested)
        result["seeds"] = list(seeds)
    for seed in SEEDS[: min(benchmark.stories, arguments.seeds)]:
        log(f"{benchmark.name}: hold-out of whole stories, seed {seed}")
        part, test = stories.holdout(train, benchmark.task, seed)
        test = [{**row, "id": f"stories {seed}/{row['id']}"} for row in test]
        ask(work, benchmark, systems, seed, part, test, answers)
        measured += measurements(benchmark, f"whole stories {seed}", test)
    tests = {split: rows for split in benchmark.tests if (rows := work.rows(benchmark.corpus, split)) is not None}
    if tests:
        log(f"{benchmark.name}: {', '.join(tests)}")
        ask(work, benchmark, systems, SEEDS[0], train, [row for rows in tests.values() for row in rows], answers)
        for split, rows in tests.items():
            measured += measurements(benchmark, split, rows, train)
    result["measurements"] = [measure(work, benchmark, title, rows, answers) for title, rows in measured]
    result["costs"] = {system: {
        "choices": cost["choices"], **{k: float(np.median(v)) for k, v in cost.items() if k != "choices"},
    } for system, cost in answers.costs.items()}
    result["seconds"] = time.monotonic() - start
    log(f"{benchmark.name}: done in {result['seconds']:.0f} s")
    return result


def sample(rows, benchmark, count):
    """About `count` rows, by whole groups."""
    groups = sorted({group(row) for row in rows})
    kept = set(random.Random(1).sample(groups, max(10, min(len(groups), len(groups) * count // len(rows)))))
    return [row for row in rows if group(row) in kept]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", help="benchmarks, with commas between them: " + ", ".join(b.name for b in ALL))
    parser.add_argument("--peers", help="peers, with commas between them, or none: " + ", ".join(PEERS))
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="seeds of folds, at most (default: 5)")
    parser.add_argument("--quick", action="store_true", help="train on about 1,500 rows: to see that everything runs")
    parser.add_argument("--no-ablation", action="store_true", help="leave the table of feature families out")
    parser.add_argument("--ablation-only", action="store_true", help="measure nothing but the feature families")
    parser.add_argument("--work", default=os.path.join(ROOT, "Benchmarks/.build/accuracy"),
                        help="folder for conversions, models and sentence vectors; these are kept for the next run")
    parser.add_argument("--output", help="folder of the results (default: Benchmarks/Runs/<date>-<cpu>)")
    arguments = parser.parse_args()
    chosen = [b for b in ALL if not arguments.only or b.name in arguments.only.split(",")]
    peers = available()
    if arguments.peers:
        peers = {name: peer for name, peer in peers.items() if name in arguments.peers.split(",")}
    if not chosen or (arguments.peers not in (None, "none") and not peers):
        parser.error("--only or --peers names nothing that there is")
    missing = [name for name in PEERS if name not in available()]
    if missing:
        log(f"not on this machine, left out: {', '.join(missing)}")
    if arguments.quick:
        arguments.seeds = 1
    work = Work(arguments.work)
    encoder = SentenceEncoder(work.path("vectors"))
    start = time.monotonic()
    facts = machine()
    typed = iter(sys.argv[1:])
    # Without the folders of this machine.
    words = [word for word in typed if word not in ("--work", "--output") or not next(typed, None)]
    facts["command"] = " ".join(["Benchmarks/Accuracy/run.sh", *words])
    if arguments.quick:
        facts["command"] += " (no result, only a trial)"
    results = [] if arguments.ablation_only else [
        run(work, b, rivals(work, b, peers, encoder), arguments) for b in chosen]
    arguments.seeds = 1
    variants = [] if arguments.no_ablation else [
        run(work, b, families(work, b), arguments) for b in map(ablation.benchmark, chosen)]
    facts["seconds"] = round(time.monotonic() - start)
    facts["load at the end"] = " ".join(f"{load:.1f}" for load in os.getloadavg())
    folder = report.write(arguments.output or report.folder(), facts, [r for r in results if r], [r for r in variants if r])
    log(f"wrote {folder}/accuracy.md")


if __name__ == "__main__":
    main()
