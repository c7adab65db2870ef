"""Sentence vectors of all-MiniLM-L6-v2, kept from one run to the next: the slowest peer is paid for once a text."""

import hashlib
import os
import random
import sys

import numpy as np

from harness import processor_seconds

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Models/word-vectors"))

DIMENSION = 384
CHUNK = 256


def key(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class SentenceEncoder:
    """Mean-pooled, L2-normalized vectors of texts of at most 128 word pieces, with a store in a folder.

    `keys.txt` has a digest a line, `vectors.f16` a row for each: both only grow, so an interrupted run loses at most a
    chunk.
    """

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.keys_path, self.vectors_path = f"{folder}/keys.txt", f"{folder}/vectors.f16"
        self.rows = {}
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
        """The vectors, texts × 384; what is not stored yet is encoded first, about 1,000 word pieces a second and core."""
        missing = sorted({t for t in texts if key(t) not in self.rows}, key=lambda t: (len(t), t))
        if missing:
            self._extend(missing)
        stored = np.fromfile(self.vectors_path, np.float16).reshape(-1, DIMENSION)
        return stored[[self.rows[key(t)] for t in texts]].astype(np.float32)

    def seconds(self, texts):
        """What encoding texts would take now, estimated on 48 of them by their length (128 pieces are about 600 letters)."""
        from make_vectors import encoded

        texts = sorted(set(texts))
        sample = random.Random(1).sample(texts, min(48, len(texts)))
        start = processor_seconds()
        for _ in encoded(sample, 32):
            pass
        letters = [sum(min(len(t), 600) for t in part) for part in (texts, sample)]
        return (processor_seconds() - start) * letters[0] / max(letters[1], 1)

    @property
    def bytes(self):
        """The size of the encoder."""
        from make_vectors import FOLDER

        return os.path.getsize(os.path.join(FOLDER, "model.safetensors"))

    def _extend(self, texts):
        from make_vectors import encoded

        for start in range(0, len(texts), CHUNK):
            part = texts[start : start + CHUNK]
            vectors = np.empty((len(part), DIMENSION), np.float32)
            for places, _, outputs in encoded(part, 32):
                means = outputs.mean(1)
                vectors[places] = means / np.linalg.norm(means, axis=1, keepdims=True)
            with open(self.vectors_path, "ab") as file:
                file.write(vectors.astype(np.float16).tobytes())
            with open(self.keys_path, "a") as file:
                file.writelines(key(t) + "\n" for t in part)
            for text in part:
                self.rows[key(text)] = len(self.rows)
            print(f"\rsentence vectors: {start + len(part)} of {len(texts)}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
