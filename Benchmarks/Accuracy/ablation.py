"""What each family of features is worth: one `train` for each row of options, on the presets' own data."""

from harness import metric

NO_WORDS = ["--word-ngrams", "none"]

TOPIC = [
    ["--preset", "words"],
    ["--preset", "topic", "--word-vectors", "none"],
    ["--preset", "topic", "--char-ngrams", "none"],
    ["--preset", "topic", *NO_WORDS],
    ["--preset", "topic", "--contrast", "0"],
    ["--preset", "topic"],
]
PROPOSITION = [
    ["--preset", "words"],
    ["--preset", "proposition", "--word-vectors", "none"],
    ["--preset", "proposition", *NO_WORDS],
    ["--preset", "proposition"],
]
SOURCING = ["--preset", "sourcing"]

# Each corpus: task, metric, what is measured beside the training part (cross-validated where nothing is), the options.
VARIANTS = {
    "polnear-sourcing": ("sourcing", "macro_f1", ["dev"], [
        [*SOURCING, "--sourcing-features", "none"],
        [*SOURCING, "--sourcing-features", "none", "--char-ngrams", "2-5"],
        [*SOURCING, *NO_WORDS, "--sourcing-features", "attribution"],
        [*SOURCING, *NO_WORDS, "--sourcing-features", "classes"],
        [*SOURCING, *NO_WORDS, "--sourcing-features", "attribution,classes"],
        [*SOURCING, "--sourcing-features", "classes"],
        [*SOURCING, "--sourcing-features", "attribution"],
        [*SOURCING, "--sourcing-features", "attribution,classes"],
        SOURCING,
        [*SOURCING, "--char-ngrams", "2-5"],
    ]),
    "newsmtsc": ("stance", "macro_f1", ["dev_rw", "dev_mt"], [
        ["--preset", "words"],
        ["--preset", "mention", "--word-vectors", "none"],
        ["--preset", "mention", *NO_WORDS],
        ["--preset", "mention", "--char-ngrams", "none"],
        ["--preset", "mention"],
    ]),
    "semeval2016-task6": ("stance", "semeval_average", [], TOPIC),
    "gwstance": ("stance", "macro_f1", [], TOPIC),
    "p-stance": ("stance", "macro_f1", ["val"], TOPIC),
    "vast": ("stance", "macro_f1", ["dev"], PROPOSITION),
    "ibm-claim-stance": ("stance", "macro_f1", [], PROPOSITION),
}


def run(work, corpora, log, quick):
    """The tables of the corpora among `corpora` that are there."""
    tables = []
    for corpus, (task, name, splits, options) in VARIANTS.items():
        train = work.rows(corpus, "train") if corpus in corpora else None
        if train is None:
            continue
        log(f"families of features: {corpus}")
        if quick:
            train = train[:1500]
        tests = {split: work.rows(corpus, split) for split in splits}
        columns = [*tests, *(f"{split} in articles" for split in splits if task == "sourcing")] or ["cross-validation"]
        rows = []
        for row in options:
            model, measured, seconds = work.train(train, task, [*row, "--folds", "0" if tests else "5"])
            reports = [work.evaluate(model, [{k: v for k, v in r.items() if k != "group"} for r in rows_])[0]
                       for rows_ in tests.values()]
            if task == "sourcing":
                reports += [work.evaluate(model, rows_)[0] for rows_ in tests.values()]
            reports = reports or measured
            rows.append({"options": " ".join(row), "values": [metric(r, name) for r in reports],
                         "ece": metric(reports[0], "ece"), "seconds": seconds})
        tables.append({"corpus": corpus, "metric": name, "columns": columns, "rows": rows})
    return tables
