"""Hold-outs of whole stories, for pairs of two texts most of which have nothing to do with each other (FNC-1).

Several headlines and several bodies tell one story: texts that a pair with any other label than `unrelated` joins. A
hold-out by pairs or by bodies leaves other headlines of its stories in the training part, where their words can be
remembered; here it has no text and no story in common with it.
"""

import random
from collections import defaultdict

SHARE = 4  # One in so many related pairs is held out
UNRELATED = 0.72  # Of the held-out pairs, as in the competition


def stories(rows, task):
    """The story of each row's target and of its text; one and the same where the pair is related."""
    parents = {}

    def root(text):
        while (above := parents.setdefault(text, text)) != text:
            parents[text] = text = parents.setdefault(above, above)
        return text

    for row in rows:
        if row[task] != "unrelated":
            parents[root(("target", row["target"]))] = root(("text", row["text"]))
    return [(root(("target", row["target"])), root(("text", row["text"]))) for row in rows]


def holdout(rows, task, seed):
    """Training and test rows, each grouped by the story of its text.

    Related pairs are held out by whole stories until they are a quarter of all. Few unrelated pairs have both texts
    among these, so held-out texts of different stories are paired anew, until as many are unrelated as in the competition.
    Pairs of a held-out text with one of another part are in neither.
    """
    found = stories(rows, task)
    names = {story: f"story {number}" for number, story in enumerate(dict.fromkeys(text for _, text in found))}
    related = defaultdict(list)
    for row, (target, text) in zip(rows, found):
        if row[task] != "unrelated":
            related[text].append({**row, "group": names[text]})
    order = list(related)
    chance = random.Random(seed)
    chance.shuffle(order)
    wanted = sum(map(len, related.values())) / SHARE
    held, test = set(), []
    for story in order:
        if len(test) >= wanted:
            break
        held.add(story)
        test += related[story]
    train = [{**row, "group": names[text]} for row, (target, text) in zip(rows, found) if not {target, text} & held]
    heads = sorted({(row["target"], row["group"]) for row in test})
    bodies = sorted({(row["text"], row["group"]) for row in test})
    across = [(head, body) for head in heads for body in bodies if head[1] != body[1]]
    count = min(len(across), round(len(test) * UNRELATED / (1 - UNRELATED)))
    test += [{"id": f"across#{number + 1}", "text": text, "target": head, task: "unrelated", "group": story}
             for number, ((head, _), (text, story)) in enumerate(chance.sample(across, count))]
    return train, test
