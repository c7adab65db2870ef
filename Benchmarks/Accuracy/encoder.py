"""Sentence vectors of all-MiniLM-L6-v2, kept from one run to the next: the slowest peer is paid for once a text."""

import functools
import hashlib
import os
import random
import sys

import numpy as np

from harness import processor_seconds

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Models/word-vectors"))

DIMENSION = 384
CHUNK = 1024
BATCH = 32
SAMPLE = 128


def key(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def letters(texts):
    """How much there is to encode: 128 word pieces, where the encoder stops, are about 600 letters."""
    return sum(min(len(text), 600) for text in texts)


class SentenceEncoder:
    """Mean-pooled, L2-normalized vectors of texts of at most 128 word pieces, with a store in a folder.

    `keys.txt` has a digest a line, `vectors.f16` a row for each: both only grow, so an interrupted run loses at most a
    chunk.
    """

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.keys_path, self.vectors_path = f"{folder}/keys.txt", f"{folder}/vectors.f16"
        self.rows = {}
        self.seconds_a_letter = None
        if os.path.exists(self.keys_path):
            with open(self.keys_path) as file:
                keys = file.read().split()
            # A key counts once its vector is on disk.
            whole = os.path.getsize(self.vectors_path) // (2 * DIMENSION)
            self.rows = {k: i for i, k in enumerate(keys[:whole])}
            with open(self.keys_path, "w") as file:
                file.writelines(k + "\n" for k in keys[:whole])
            os.truncate(self.vectors_path, 2 * DIMENSION * min(whole, len(keys)))

    def encode(self, texts):
        """The vectors, texts × 384; what is not stored yet is encoded first, some thousand word pieces a second."""
        missing = sorted({t for t in texts if key(t) not in self.rows}, key=lambda t: (len(t), t))
        if missing:
            self._extend(missing)
        stored = np.fromfile(self.vectors_path, np.float16).reshape(-1, DIMENSION)
        return stored[[self.rows[key(t)] for t in texts]].astype(np.float32)

    def seconds(self, texts):
        """What encoding texts would take now, by their length and the speed with some of the first that were asked for."""
        texts = sorted(set(texts))
        if self.seconds_a_letter is None:
            self._encoder  # noqa: B018 - reads the weights before the clock starts
            sample = random.Random(1).sample(texts, min(SAMPLE, len(texts)))
            start = processor_seconds()
            self._vectors(sample)
            self.seconds_a_letter = (processor_seconds() - start) / max(letters(sample), 1)
        return self.seconds_a_letter * letters(texts)

    @property
    def bytes(self):
        """The size of the encoder."""
        return self._encoder.size

    @functools.cached_property
    def _encoder(self):
        # Here, since a run whose vectors are all stored needs no encoder.
        from encoders import mini_lm

        return mini_lm()

    def _vectors(self, texts):
        vectors = np.empty((len(texts), DIMENSION), np.float32)
        for places, _, outputs in self._encoder.encoded(texts, BATCH):
            means = outputs.mean(1)
            vectors[places] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def _extend(self, texts):
        for start in range(0, len(texts), CHUNK):
            part = texts[start : start + CHUNK]
            with open(self.vectors_path, "ab") as file:
                file.write(self._vectors(part).astype(np.float16).tobytes())
            with open(self.keys_path, "a") as file:
                file.writelines(key(t) + "\n" for t in part)
            for text in part:
                self.rows[key(text)] = len(self.rows)
            print(f"\rsentence vectors: {start + len(part)} of {len(texts)}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
