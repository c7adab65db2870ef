"""What the peers read of a statement: its text, its target, and for mentions what stands around them."""

import functools
import re

WINDOW = 10
# What the longest texts (articles of FNC-1) are cut to, in words.
LONGEST = 300


def sides(row):
    """The text left and right of the target's mention; the whole text and nothing where it is not marked."""
    span = row.get("target_span")
    if span is None:
        return row["text"], ""
    return row["text"][: span[0]], row["text"][span[1] :]


def window(row):
    """The mention with ten words on each side."""
    left, right = sides(row)
    words = [*left.split()[-WINDOW:], target(row), *right.split()[:WINDOW]]
    return " ".join(words)


def marked(row):
    """The text with the mention replaced by a symbol, as peers that read plain text know a target best."""
    left, right = sides(row)
    return f"{left} TARGETSYMBOL {right}" if "target_span" in row else row["text"]


def target(row):
    return row.get("target", "")


def opening(text):
    return " ".join(text.split()[:LONGEST])


@functools.lru_cache(maxsize=None)
def tokens(text):
    return re.findall(r"\w+|[^\w\s]", text.lower())


def bag(row, kind):
    """The tokens that tools without parts of their own read (fastText): those of the target carry a mark."""
    if kind in ("plain", "mention"):
        return tokens(marked(row) if kind == "mention" else row["text"])
    return [*("target_" + token for token in tokens(target(row))), *tokens(opening(row["text"]))]


def group(row):
    """What must not be torn apart by a split or a resample: the article, or the statement itself."""
    return row.get("group") or row["id"].rsplit("/", 1)[-1]
