"""The n-gram matrices that scikit-learn and liblinear get.

`words`: tf-idf of words 1–2 (sublinear), of the text and, where there is one, of the target. `mix`: the best that plain
n-grams gave on these data: words 1–3 with case and punctuation, characters 2–5, a mention replaced by a symbol and the
words around it once more, n-grams crossed with one of a few topics, cosine and overlap of text and target in bins.
"""

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from rows import marked, opening, target, tokens, window

BINS = 20


class NGrams:
    """Vectorizers fitted on training rows."""

    def __init__(self, kind, mix):
        self.kind, self.mix = kind, mix
        self.parts = []
        self.topics = []
        self.likeness = None

    def fit(self, rows):
        words = dict(ngram_range=(1, 2), sublinear_tf=True, min_df=1, dtype=np.float32)
        if not self.mix:
            self._add(rows, text, TfidfVectorizer(**words))
            if self.kind in ("topic", "proposition", "pair"):
                self._add(rows, target, TfidfVectorizer(**words))
            return self
        exact = dict(sublinear_tf=True, lowercase=False, token_pattern=r"\w+|[^\w\s]", dtype=np.float32, min_df=2)
        characters = dict(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32, min_df=3)
        if self.kind == "mention":
            self._add(rows, marked, TfidfVectorizer(ngram_range=(1, 3), **exact))
            self._add(rows, window, TfidfVectorizer(ngram_range=(1, 2), **exact))
        else:
            self._add(rows, text, TfidfVectorizer(ngram_range=(1, 2 if self.kind == "pair" else 3), **exact))
        if self.kind in ("plain", "mention", "topic"):
            self._add(rows, text, TfidfVectorizer(**characters))
        if self.kind in ("proposition", "pair"):
            self._add(rows, target, TfidfVectorizer(**words))
            both = [*{text(r) for r in rows}, *{target(r) for r in rows}]
            self.likeness = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32).fit(both)
        if self.kind == "topic":
            self.topics = sorted({target(r) for r in rows})
        return self

    def _add(self, rows, of, vectorizer):
        self.parts.append((of, vectorizer.fit(sorted({of(r) for r in rows}))))

    def transform(self, rows):
        blocks = [distinct(vectorizer.transform, [of(r) for r in rows]) for of, vectorizer in self.parts]
        if self.likeness is not None:
            blocks.append(self._comparison(rows))
        if len(self.topics) > 1:
            plain = sp.hstack(blocks, format="csr")
            chosen = np.array([target(r) for r in rows])
            blocks = [plain, *(sp.diags((chosen == topic).astype(np.float32)) @ plain for topic in self.topics)]
        return sp.hstack(blocks, format="csr", dtype=np.float32)

    def _comparison(self, rows):
        """Cosine and word overlap of text and target: as numbers, and as one of 20 bins."""
        left = distinct(self.likeness.transform, [text(r) for r in rows])
        right = distinct(self.likeness.transform, [target(r) for r in rows])
        cosine = np.asarray(left.multiply(right).sum(1)).ravel()
        words = {t: set(tokens(t)) for t in {*map(text, rows), *map(target, rows)}}
        overlap = np.array([len(words[text(r)] & words[target(r)]) / max(len(words[target(r)]), 1) for r in rows])
        blocks = []
        for value in (cosine, overlap):
            bins = np.clip((value * BINS).astype(int), 0, BINS - 1)
            blocks += [sp.csr_matrix(value[:, None]), sp.csr_matrix(np.eye(BINS, dtype=np.float32)[bins])]
        return sp.hstack(blocks, format="csr", dtype=np.float32)


def text(row):
    return opening(row["text"])


def distinct(transform, texts):
    """The rows of a matrix of texts, each text transformed once."""
    known = {t: i for i, t in enumerate(dict.fromkeys(texts))}
    return transform(list(known))[[known[t] for t in texts]]
