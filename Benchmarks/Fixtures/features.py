"""Writes what scikit-learn's vectorizers make of a few invented sentences, for FeatureExtractionTests.

Usage: python features.py > ../../Tests/FeatureExtractionTests/Fixtures/vectorizers.json

Columns have no agreed order, so that each case holds what does not depend on it: the sorted values of each row, and the
products of all pairs of rows. The sentences hold words in small letters only, where all tokenizers agree.
"""
import json
import sys

import sklearn
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.pipeline import make_union

TEXTS = [
    "the harbour council voted against the new bridge",
    "a spokesman said the bridge would open in spring",
    "the minister said the talks failed and the talks would not resume",
    "critics of the bridge said it was too expensive",
    "the river commission published the report on the harbour",
    "residents welcomed the report and the new harbour",
    "nobody knows whether the commission will vote again",
    "the mayor said the mayor of the river town was wrong",
]
WORD = r"(?u)\b\w+\b"
CASES = {
    "sublinear": TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD),
    "pruned": TfidfVectorizer(ngram_range=(1, 3), min_df=2, token_pattern=WORD),
    "binary": CountVectorizer(ngram_range=(2, 3), binary=True, token_pattern=WORD),
    "characters": TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
    "union": make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True),
    ),
}


def case(vectorizer):
    matrix = vectorizer.fit_transform(TEXTS)
    return {
        "columns": matrix.shape[1],
        "values": [sorted(float(f"{value:.8g}") for value in matrix[row].data) for row in range(matrix.shape[0])],
        "products": [[float(f"{value:.8g}") for value in row] for row in (matrix @ matrix.T).toarray()],
    }


json.dump(
    {"scikit-learn": sklearn.__version__, "texts": TEXTS, "cases": {name: case(v) for name, v in CASES.items()}},
    sys.stdout, separators=(",", ":"))
