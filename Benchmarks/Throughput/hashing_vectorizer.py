"""scikit-learn's part: trains (`fit TRAIN MODEL`) or labels lines (`predict MODEL TEXT`) with a HashingVectorizer of word
1- and 2-grams, 2^20 columns, and LogisticRegression; lines are read in batches of 10,000."""
import itertools
import json
import pickle
import sys

from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

vectorizer = HashingVectorizer(ngram_range=(1, 2), n_features=1 << 20, alternate_sign=False)
if sys.argv[1] == "fit":
    rows = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    # Its speed does not depend on how far the weights have converged, so training stops early.
    model = LogisticRegression(max_iter=15)
    model.fit(vectorizer.transform([row["text"] for row in rows]), [row["sourcing"] for row in rows])
    pickle.dump(model, open(sys.argv[3], "wb"))
else:
    model = pickle.load(open(sys.argv[2], "rb"))
    with open(sys.argv[3], encoding="utf-8", newline="\n") as lines:
        while batch := list(itertools.islice(lines, 10_000)):
            print("\n".join(model.predict(vectorizer.transform(batch))))
