"""Makes a large file of sentences, one a line, from a folder of corpora and the folder `articles` beside it, if there is
one: each sentence as often as the size needs, every round shuffled anew (seed 1). The text is other people's and stays out
of the repository.

Usage: python make_text.py CORPORA OUTPUT [BYTES]
"""
import glob
import json
import os
import random
import re
import sys

corpora, output = sys.argv[1:3]
size = int(sys.argv[3]) if len(sys.argv) > 3 else 120_000_000

sentences = []
for pattern in ("polnear-sourcing/train.jsonl", "newsmtsc/train.jsonl"):
    for path in sorted(glob.glob(os.path.join(corpora, pattern))):
        with open(path, encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                text = row.get("text") or row.get("sentence_normalized") or row.get("sentence")
                if text:
                    sentences.append(" ".join(text.split()))
articles = os.path.join(os.path.dirname(os.path.abspath(corpora)), "articles")
for path in sorted(glob.glob(os.path.join(articles, "**/*.txt"), recursive=True)):
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            # As good as needed: what stands after a full stop and white space begins a line of its own.
            sentences += [sentence for sentence in re.split(r"(?<=[.!?])\s+", line.strip()) if sentence]
if not sentences:
    sys.exit(f"no sentences under {corpora}: expected polnear-sourcing/train.jsonl or newsmtsc/train.jsonl")

random.seed(1)
written = count = 0
with open(output, "wb") as file:
    while written < size:
        random.shuffle(sentences)
        for sentence in sentences:
            line = sentence.encode() + b"\n"
            file.write(line)
            written += len(line)
            count += 1
            if written >= size:
                break
print(f"{count} sentences, {written} bytes, from {len(sentences)} distinct ones")
