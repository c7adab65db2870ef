#!/usr/bin/env python3
"""Puts labels of sentences and the articles that they stand in together.

    Datasets/article-labels/statements.py sourcing|stance train|dev|second CORPORA > statements.jsonl

The articles are other people's text and are not here: CORPORA is the folder of the corpora (one folder a corpus, named as in
`Datasets/corpora.json`), of which FNC-1 and BASIL are read. The tables have a row a sentence: corpus, article, where the
sentence begins in it and how long it is, both in code points, label, split. Prints the statements of one split as JSON
lines, articles in one piece and sentences in order; page furniture (label `-`) is `unattributed` and weighs nothing, so that it
is a neighbour of other sentences and no example. `second` is another reading of a part of dev (`standpoint data agreement`).
"""

import argparse
import csv
import hashlib
import io
import json
import pathlib
import signal
import sys

HERE = pathlib.Path(__file__).resolve().parent
csv.field_size_limit(10**9)


def checked(corpora, corpus, name):
    """The text of a corpus file, which must be the one that was labelled: places in any other are of other words."""
    with (HERE.parent / "corpora.json").open(encoding="utf-8") as stream:
        known = next(one for one in json.load(stream)["corpora"] if one["name"] == corpus)
    expected = next(file for file in known["files"] if file["name"] == name)
    path = corpora / corpus / name
    try:
        data = path.read_bytes()
    except OSError as error:
        sys.exit(f"statements.py: {path}: {error.strerror}; put the corpus there, see Datasets/corpora.json for where it is")
    if hashlib.sha256(data).hexdigest() != expected["sha256"]:
        sys.exit(f"statements.py: {path} is not the file that was labelled; Datasets/corpora.json has its SHA-256 and address")
    return data.decode("utf-8")


def fnc(corpora):
    """The bodies of FNC-1 by their ids."""
    bodies = io.StringIO(checked(corpora, "fnc-1", "train_bodies.csv"), newline="")
    return {body["Body ID"]: body["articleBody"] for body in csv.DictReader(bodies)}


def basil(corpora):
    """The articles of BASIL by their ids: a paragraph a line, its sentences joined by spaces."""
    articles = map(json.loads, io.StringIO(checked(corpora, "basil", "articles.jsonl")))
    return {one["uuid"]: "\n".join(map(" ".join, one["body-paragraphs"])) for one in articles}


READERS = {"fnc-1": fnc, "basil": basil}


def statements(task, split, corpora):
    """The labelled statements of a split, in the order of the table."""
    table = f"{task}-second.tsv" if split == "second" else f"{task}.tsv"
    with (HERE / table).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["split"] == split]
    texts = {corpus: READERS[corpus](corpora) for corpus in sorted({row["corpus"] for row in rows})}
    for row in rows:
        start = int(row["start"])
        text = texts[row["corpus"]][row["article"]][start:start + int(row["length"])]
        group = f"{row['corpus']}-{row['article']}"
        statement = {"id": f"{group}#{start}", "text": text}
        if "target" in row:
            statement["id"] += f" {row['target']}"
            statement["target"] = row["target"]
        statement["group"] = group
        statement[task] = row["label"] if row["label"] != "-" else "unattributed"
        if row["label"] == "-":
            statement["weight"] = 0
        yield statement


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=["sourcing", "stance"])
    parser.add_argument("split", choices=["train", "dev", "second"])
    parser.add_argument("corpora", type=pathlib.Path, help="the folder of the corpora, one folder a corpus")
    options = parser.parse_args()
    for statement in statements(options.task, options.split, options.corpora):
        print(json.dumps(statement, ensure_ascii=False))


if __name__ == "__main__":
    # A reader that has seen enough (`| head`) is no error.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
