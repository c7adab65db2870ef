#!/usr/bin/env python3
"""Makes the table of static word vectors out of two sentence encoders, all-MiniLM-L6-v2 and all-mpnet-base-v2.

    pip install --no-deps vaderSentiment==3.3.2    # and what encoders.py needs
    STANDPOINT_CORPORA=… python3 make_vectors.py --words american-english --output vectors.safetensors

A word's vector joins four things that the encoders know of it:
1. for each encoder, its mean output over the sentences of the training corpora in which the word occurs (what it means in
   news), shrunk toward
2. the encoder's output for the word alone, mapped linearly to the space of 1 (for words that the corpora lack), and
3. half of MiniLM's input embedding (what it is before any context; keeps words of opposite meaning further apart).
The mean is removed, and a principal component analysis keeps the leading dimensions. One more dimension is what the others
tell of a word's valence, by ridge regression on people's ratings of four thousand words (VADER's lexicon): nothing new, but
spread over many small components it costs a model much weight to read. Each vector is made as long as the logarithm of
its place in the list says, which runs roughly from frequent words to rare ones. Rows are stored as 8-bit integers with a
factor each.

Words: the whole words of MiniLM's vocabulary (in its order) and, from a list with a word a line (Debian's package
wamerican, which is SCOWL), those that it cuts into two pieces; then contractions. No development or test split of any
corpus is read.
"""

import argparse
import csv
import json
import os
import random
import re

import numpy as np
import vaderSentiment
from encoders import mini_lm, mpnet
from safetensors.numpy import save_file

CONTRACTIONS = """don't didn't doesn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't haven't
hadn't mustn't needn't ain't i'm i've i'd i'll you're you've you'd you'll he'd he'll she'd she'll it'd it'll we're we've
we'd we'll they're they've they'd they'll that'd that'll who'd who'll there'd there'll what're how'd let's y'all""".split()

# Occurrences that weigh as much as the prior of a word that the corpora lack.
PRIOR_OCCURRENCES = 3
INPUT_SHARE = 0.5
# What a word without a rating counts as one that is neither kind nor unkind, and the penalty of the regression on vectors
# that are 10 long in the mean.
UNRATED_WEIGHT = 0.02
VALENCE_PENALTY = 3


def word_list(path, tokenizer):
    vocabulary = tokenizer.get_vocab()
    words = [w for w in sorted(vocabulary, key=vocabulary.get) if re.fullmatch(r"[a-z]+", w)]
    whole = len(words)
    known = set(words)
    with open(path, encoding="utf8") as lines:
        listed = {line.strip().lower().removesuffix("'s") for line in lines}
    listed = sorted(w for w in listed if re.fullmatch(r"[a-z]{2,}", w) and w not in known)
    pieces = [len(e.ids) - 2 for e in tokenizer.encode_batch(listed)]
    words += [w for w, n in zip(listed, pieces) if n == 2]
    return words + CONTRACTIONS, whole


def sentences(corpora):
    """About 58 thousand sentences of the training parts of the corpora, without repetitions, in a fixed order."""

    def split(text):
        return [s.strip() for s in re.split(r'(?<=[.!?”"])\s+(?=[A-Z“"])|\n+', text) if 15 < len(s) < 600]

    def lines(path):
        with open(os.path.join(corpora, path), encoding="utf8") as file:
            return [json.loads(line) for line in file]

    def rows(path, delimiter=","):
        csv.field_size_limit(10**9)
        with open(os.path.join(corpora, path), encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))

    def some(texts, count):
        texts = sorted(set(texts))
        return random.Random(1).sample(texts, min(count, len(texts)))

    texts = [r["sentence_normalized"] for r in lines("newsmtsc/train.jsonl")]
    texts += [r["sentence"] for r in rows("gwstance/GWSD-train.tsv", "\t")]
    for name in ("training", "trial"):
        with open(f"{corpora}/semeval2016-task6/semeval2016-task6-{name}data.txt", encoding="latin-1") as file:
            texts += [line.split("\t")[2].replace("#SemST", "").strip() for line in list(file)[1:]]
    texts += some([r["text"] for r in lines("polnear-sourcing/train.jsonl")], 12000)
    texts += some([s for r in rows("fnc-1/train_bodies.csv") for s in split(r["articleBody"])], 14000)
    texts += some([s for t in {r["post"] for r in rows("vast/vast_train.csv")} for s in split(t)], 9000)
    texts += some([r["Tweet"] for n in ("bernie", "biden", "trump") for r in rows(f"p-stance/raw_train_{n}.csv")], 7000)
    claims = rows("ibm-claim-stance/claim_stance_dataset_v1.csv")
    texts += [r["claims.claimCorrectedText"] for r in claims if r["split"] == "train"]
    with open(f"{corpora}/perspectrum/perspective_pool_v1.0.json", encoding="utf8") as file:
        pool = {p["pId"]: p["text"] for p in json.load(file)}
    with open(f"{corpora}/perspectrum/dataset_split_v1.0.json", encoding="utf8") as file:
        split_of = json.load(file)
    with open(f"{corpora}/perspectrum/perspectrum_with_answers_v1.0.json", encoding="utf8") as file:
        trained = [c for c in json.load(file) if split_of[str(c["cId"])] == "train"]
    texts += some([pool[i] for claim in trained for part in claim["perspectives"] for i in part["pids"]], 4000)
    texts = sorted(set(texts))
    random.Random(1).shuffle(texts)
    return texts


def context_sums(encoder, words, texts):
    """The sum of each word's outputs over its occurrences, and their number."""
    row = {w: i for i, w in enumerate(words)}
    sums, counts = np.zeros((len(words), encoder.dimension)), np.zeros(len(words))
    pattern = re.compile(r"[a-z]+(?:['’][a-z]+)?")
    # Letters stand where they stood only if none becomes two by folding.
    texts = [text for text in texts if len(text.lower()) == len(text)]
    for part, encodings, outputs in encoder.encoded(texts, 32):
        for output, place in zip(outputs, part):
            offsets = encodings[place].offsets
            token, last = 1, len(offsets) - 1
            for match in pattern.finditer(texts[place].lower()):
                word = match.group().replace("’", "'")
                i = row.get(word, row.get(word.removesuffix("'s")))
                if i is None:
                    continue
                while token < last and offsets[token][1] <= match.start():
                    token += 1
                end = token
                while end < last and offsets[end][0] < match.end():
                    end += 1
                if end > token:
                    sums[i] += output[token:end].mean(0)
                    counts[i] += 1
    return sums, counts


def known(encoder, words, texts, cache):
    """What an encoder knows of words: their outputs alone, their input embeddings, the sums over contexts, how many."""
    if cache and os.path.exists(cache):
        stored = np.load(cache)
        if stored["words"].tolist() == words:
            return stored["alone"], stored["inputs"], stored["sums"], stored["counts"]
    alone = np.zeros((len(words), encoder.dimension), np.float32)
    inputs = np.zeros((len(words), encoder.dimension), np.float32)
    for part, encodings, outputs in encoder.encoded(words, 256):
        alone[part] = outputs.mean(1)
        for i in part:
            inputs[i] = encoder.inputs[encodings[i].ids[1:-1]].mean(0)
    sums, counts = context_sums(encoder, words, texts)
    if cache:
        np.savez(cache, words=np.array(words), alone=alone, inputs=inputs, sums=sums, counts=counts)
    return alone, inputs, sums, counts


def in_context(alone, sums, counts):
    """The mean output over a word's contexts, and where they are few, what its output alone lets expect of it."""
    # The linear map from a word alone to the word in context, fitted where contexts are many.
    often = counts >= 10
    weight = np.sqrt(np.minimum(counts[often], 100))[:, None]
    left = np.hstack([alone, np.ones((len(alone), 1), np.float32)])
    x, y = left[often] * weight, sums[often] / counts[often][:, None] * weight
    prior = left @ np.linalg.solve(x.T @ x + np.eye(x.shape[1]), x.T @ y)
    return (sums + PRIOR_OCCURRENCES * prior) / (counts + PRIOR_OCCURRENCES)[:, None]


def table(words, whole, small, large, dimension):
    """The vectors, words × dimension, of what `known` has of the two encoders."""

    def normalized(m):
        m = m - m[:whole].mean(0)
        return m / np.linalg.norm(m[:whole], axis=1).mean()

    (alone, inputs, *contexts), (large_alone, _, *large_contexts) = small, large
    joined = np.hstack(
        [
            normalized(in_context(alone, *contexts)),
            INPUT_SHARE * normalized(inputs),
            normalized(in_context(large_alone, *large_contexts)),
        ]
    )
    directions = np.linalg.svd(joined[:whole].T @ joined[:whole])[0][:, : dimension - 1]
    vectors = joined @ directions
    # A fixed sign, so that the same encoders give the same table: the largest element of each direction is positive.
    vectors *= np.sign(directions[np.abs(directions).argmax(0), np.arange(dimension - 1)])
    vectors = np.hstack([vectors, valence(words, vectors)[:, None]])
    return vectors * np.log(np.arange(2, len(words) + 2))[:, None]


def valence(words, vectors):
    """The valence of each word as its vector tells it, from unkind to kind; rated words reach as far as vectors are long."""
    ratings = {}
    path = os.path.join(os.path.dirname(vaderSentiment.__file__), "vader_lexicon.txt")
    with open(path, encoding="utf8") as lines:
        for line in lines:
            word, rating = line.split("\t")[:2]
            ratings[word] = float(rating) / 4
    rated_words = np.array([word in ratings for word in words])
    rated = np.array([ratings.get(word, 0) for word in words])
    length = np.linalg.norm(vectors, axis=1).mean()
    x = np.hstack([vectors / length * 10, np.ones((len(words), 1))])
    weighted = x * np.where(rated_words, 1, UNRATED_WEIGHT)[:, None]
    found = x @ np.linalg.solve(weighted.T @ x + VALENCE_PENALTY * np.eye(x.shape[1]), weighted.T @ rated)
    print(f"valence of {rated_words.sum()} words, correlation {np.corrcoef(found[rated_words], rated[rated_words])[0, 1]:.3f}")
    return found * length


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--words", required=True, help="a word a line: american-english of Debian's wamerican")
    parser.add_argument("--output", default="vectors.safetensors")
    parser.add_argument("--dimension", type=int, default=192)
    parser.add_argument("--cache", help="a folder that keeps what the encoders said of the corpora")
    arguments = parser.parse_args()
    texts = sentences(os.environ["STANDPOINT_CORPORA"])
    cache = {name: arguments.cache and f"{arguments.cache}/{name}.npz" for name in ("mini-lm", "mpnet")}
    if arguments.cache:
        os.makedirs(arguments.cache, exist_ok=True)
    encoder = mini_lm("bf16")
    words, whole = word_list(arguments.words, encoder.tokenizer)
    small = known(encoder, words, texts, cache["mini-lm"])
    large = known(mpnet("bf16"), words, texts, cache["mpnet"])
    vectors = table(words, whole, small, large, arguments.dimension)
    factors = np.abs(vectors).max(1) / 127
    elements = np.rint(vectors / factors[:, None]).astype(np.int8)
    save_file(
        {
            "elements": elements,
            "factors": factors.astype(np.float32),
            "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        },
        arguments.output,
    )
    print(f"{len(words)} words × {arguments.dimension}, {os.path.getsize(arguments.output) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
