#!/usr/bin/env python3
"""Adds statements that do not mention their target, with stance `none`, to labelled statements on standard input.

In an article most sentences do not mention the target that is asked for; corpora of stance toward mentions have no such
row, and a model trained on them alone guesses. Every SHARE-th statement is repeated with a target drawn from another
statement, none of whose words it contains. Nothing is random: the same input gives the same output.

    python3 scripts/add-unmentioned.py SHARE < train.jsonl > more.jsonl
"""
import json
import sys

PRONOUNS = {"she", "he", "they", "his", "her", "him", "their", "it", "who", "i", "we", "you"}


def main():
    share = int(sys.argv[1])
    rows = [json.loads(line) for line in sys.stdin]
    for index, row in enumerate(rows):
        print(json.dumps(row, ensure_ascii=False))
        if index % share:
            continue
        text = row["text"].lower()
        # Two primes carry the search far from the statement's own article.
        for step in range(1, 50):
            target = rows[(index * 7919 + step * 104729) % len(rows)]["target"]
            words = target.lower().replace("’s", "").replace("'s", "").split()
            if len(target) < 4 or not target[0].isupper() or target.lower() in PRONOUNS:
                continue
            if any(word in text for word in words):
                continue
            added = {"id": row["id"] + "~unmentioned", "text": row["text"], "target": target}
            if "group" in row:
                added["group"] = row["group"]
            # Made rows teach; how often a model is right they do not tell (`train --calibrate-without unmentioned`).
            print(json.dumps({**added, "stance": "none", "unmentioned": True}, ensure_ascii=False))
            break


if __name__ == "__main__":
    main()
