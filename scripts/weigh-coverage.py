#!/usr/bin/env python3
"""Lets statements count less whose attribution covers only a small part of them.

    scripts/weigh-coverage.py CORPUS < statements > weighed statements

Reads the converted statements of PolNeAR on standard input, and from its own file which characters source, cue and
content of each attribution take. A sentence that is told by its writer but for a few words ("…, which critics call …")
carries the label of those words; as a full example it teaches that whoever is mentioned speaks. Where less than two
fifths are covered, the statement gets the weight 0.3.
"""

import json
import sys

LEAST_COVERAGE = 0.4
WEIGHT = 0.3

covered = {}
with open(sys.argv[1], encoding="utf-8") as corpus:
    for line in corpus:
        row = json.loads(line)
        places = {place for part in row["spans"].values() for start, end in part for place in range(start, end)}
        covered[row["id"]] = len(places) / max(1, len(row["text"]))

for line in sys.stdin:
    statement = json.loads(line)
    if statement["sourcing"] != "unattributed" and covered[statement["id"]] < LEAST_COVERAGE:
        statement["weight"] = WEIGHT
    print(json.dumps(statement, ensure_ascii=False))
