"""Trains two models, evaluates and compares them: what the other tests look at."""

from common import DATA, WORK, standpoint

for name, strength in [("strong", 10), ("weak", 0.003)]:
    standpoint(
        "train", DATA / "train.jsonl", "--task", "sourcing", "--preset", "words", "--C", strength, "--folds", 0,
        "--output", WORK / name)
    for form in ["json", "html"]:
        standpoint(
            "evaluate", "--model", WORK / name, DATA / "test.jsonl", "--slice", "affair", "--slice", "length",
            "--format", form, "--output", WORK / f"{name}.{form}")
print("prepared: two models and four runs")
