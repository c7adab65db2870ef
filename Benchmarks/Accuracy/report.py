"""Results as Markdown and JSON."""

import json
import os
import re
import time

from harness import ROOT

TITLES = {"macro_f1": "macro-F1", "semeval_average": "mean F1 of favor and against", "fnc_score": "organisers' score",
          "accuracy": "accuracy"}


def folder():
    """Benchmarks/Runs/<date>-<cpu>, named as its sisters are."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        name = next((line.split(":", 1)[1] for line in file if line.startswith("model name")), "cpu")
    words = re.findall(r"[a-z]+\d*", name.lower().replace("amd", "").replace("intel(r)", ""))
    return os.path.join(ROOT, "Benchmarks/Runs", f"{time.strftime('%Y-%m-%d')}-{words[0] if words else 'cpu'}")


def estimate(found):
    """A value with its 95 % interval, of what `compare` writes: BCa, or percentile where that is undefined."""
    lower, upper = found["bca"] or found["percentile"] or (None, None)
    return {"value": found["value"], "lower": lower, "upper": upper}


def adjust(systems):
    """Adds to each p-value the one adjusted over all peers (Holm)."""
    tested = sorted((s for name, s in systems.items() if s.get("p") is not None and not name.startswith("standpoint")),
                    key=lambda s: s["p"])
    largest = 0.0
    for place, system in enumerate(tested):
        largest = max(largest, min(1.0, (len(tested) - place) * system["p"]))
        system["p_holm"] = largest


def figure(found, digits=3):
    if found is None or found["value"] is None:
        return "–"
    text = f"{found['value']:.{digits}f}"
    if found["lower"] is not None:
        text += f" [{found['lower']:.{digits}f}, {found['upper']:.{digits}f}]"
    return text


def p_value(p):
    return "–" if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}"


def table(columns, rows):
    numeric = ["---"] + ["---:"] * (len(columns) - 1)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [columns, numeric, *rows]) + "\n"


def scores(result):
    """A table a measurement set: systems down, measurements across."""
    systems = list(result["measurements"][0]["systems"])
    rows = []
    for system in systems:
        cells = [system]
        for measurement in result["measurements"]:
            cells.append(figure(measurement["systems"][system]["metrics"].get(result["metric"])))
        for _, names in part_means(result):
            values = [m["systems"][system]["metrics"][result["metric"]]["value"]
                      for m in result["measurements"] if m["name"] in names]
            cells.append(f"{sum(values) / len(values):.3f}")
        rows.append(cells)
    columns = ["system"] + [m["name"] for m in result["measurements"]] + [name for name, _ in part_means(result)]
    return table(columns, rows)


def part_means(result):
    """The means over the parts of each test, as P-Stance is reported: a name, and the measurements in it."""
    parts = {}
    if not result["averaged"]:
        return []
    for measurement in result["measurements"]:
        found = re.match(r"(.+), (\w+) .+", measurement["name"])
        if found:
            parts.setdefault(f"{found[1]}, mean over {found[2]}", []).append(measurement["name"])
    return list(parts.items())


def differences(result):
    """How far ours is ahead of each peer, and how surely."""
    rows = []
    for measurement in result["measurements"]:
        for system, found in measurement["systems"].items():
            if "difference" not in found:
                continue
            rows.append([f"{measurement['name']}: ahead of {system}", figure(ahead(found)), p_value(found["p"]),
                         p_value(found.get("p_holm"))])
    return table(["", "difference", "p", "p (Holm)"], rows) if rows else ""


def negative(value):
    return None if value is None else -value


def variants(result):
    """A row a variant of ours: what it reaches, and how far the preset is ahead of it."""
    rows = []
    for system, cost in result["costs"].items():
        cells = [system.replace("standpoint", f"--preset {result['preset']}")]
        for measurement in result["measurements"]:
            found = measurement["systems"][system]
            cells += [figure(found["metrics"][result["metric"]]), figure(ahead(found)), p_value(found.get("p"))]
        rows.append([*cells, f"{cost['train_seconds']:.1f}", f"{cost['bytes'] / 1e6:.1f}"])
    columns = [column for m in result["measurements"] for column in (m["name"], "the preset is ahead by", "p")]
    return table(["options", *columns, "training, s", "size, MB"], rows)


def about(result):
    """What was trained on and measured."""
    seeds = f", seeds {', '.join(map(str, result['seeds']))}" if result["seeds"] else ""
    items = "; ".join(f"{m['name']} {m['items']} rows in {m['groups']} groups" for m in result["measurements"])
    return f"Trained on {result['train_rows']} rows of {result['corpus']}{seeds}; {items}."


def ahead(found):
    """Ours less theirs; `compare` gives second less first."""
    d = found.get("difference")
    return d and {"value": negative(d["value"]), "lower": negative(d["upper"]), "upper": negative(d["lower"])}


def costs(result):
    rows = []
    for system, cost in result["costs"].items():
        choices = sorted(set(cost["choices"]), key=cost["choices"].index)
        errors = [calibration_error(m["systems"][system]) for m in result["measurements"] if ", " not in m["name"]]
        rows.append([system, "; ".join(choices), f"{cost['train_seconds']:.1f}", f"{cost['test_seconds_per_1000']:.2f}",
                     f"{cost['bytes'] / 1e6:.1f}", "; ".join(errors)])
    return table(["system", "chosen", "training, s", "1,000 rows, s", "size, MB", "calibration error"], rows)


def calibration_error(found):
    """The error, and what it would be by chance in the mean and at the 95th percentile."""
    error = found["metrics"].get("ece")
    if not error or error["value"] is None:
        return "–"
    if "ece_by_chance" not in found:
        return f"{error['value']:.3f}"
    mean, high = found["ece_by_chance"]
    return f"{error['value']:.3f} ({mean:.3f}, {high:.3f})"


def goals(results):
    """What the project set out to reach, where it is measured here."""
    rows = []
    for result in results:
        values = {m["name"]: m["systems"]["standpoint"]["metrics"][result["metric"]]["value"]
                  for m in result["measurements"]}
        for m in result["measurements"]:
            if "standpoint, in articles" in m["systems"]:
                values[m["name"] + " in articles"] = (
                    m["systems"]["standpoint, in articles"]["metrics"][result["metric"]]["value"])
        for name, parts in part_means(result):
            values[name] = sum(values[p] for p in parts) / len(parts)
        for name, goal in result["goals"].items():
            if name in values:
                reached = "reached" if values[name] >= goal else "missed"
                rows.append([f"{result['name']}, {name}", f"{values[name]:.3f}", f"{goal:.3f}", reached])
    return table(["", "standpoint", "goal", ""], rows) if rows else "Not measured: the official tests are not here.\n"


def write(path, facts, results, families):
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "accuracy.json"), "w", encoding="utf-8") as file:
        json.dump({"facts": facts, "benchmarks": results, "families": families}, file, indent=1, ensure_ascii=False)
        file.write("\n")
    text = "# Accuracy, next to the peers on the same rows\n\n"
    text += "\n".join(f"- {name}: {value}" for name, value in facts.items()) + "\n\n"
    text += NOTES
    if results:
        text += "\n## Goals\n\n" + goals(results)
    for result in results:
        text += f"\n## {result['name']}: {TITLES[result['metric']]}\n\n{about(result)} {result['seconds']:.0f} s.\n\n"
        text += scores(result) + "\n" + differences(result) + "\n" + costs(result)
    if families:
        text += "\n## Families of features\n\n" + FAMILIES
        for result in families:
            text += f"\n### {result['name']}: {TITLES[result['metric']]}\n\n{about(result)}\n\n" + variants(result)
    with open(os.path.join(path, "accuracy.md"), "w", encoding="utf-8") as file:
        file.write(text)
    return path


NOTES = """Every system learns from the same training rows and answers the same test rows; nothing is chosen on what is
measured. Standpoint has the preset named, with everything as it comes. The peers choose their strength on the training rows:
scikit-learn, liblinear and sentence vectors their C (of 0.03, 0.1, 0.3, 1, 3, 10, 30; vectors also 100) by three folds of
whole groups over at most 6,000 rows, fastText and Vowpal Wabbit passes and rate on a held-out fifth. Where labels count
alike, scikit-learn, liblinear and sentence vectors weight classes. In brackets: 95 % bootstrap intervals by whole groups
(`standpoint compare`, 2,000 resamples); p by approximate randomization, and adjusted over the peers by Holm. Over several
seeds of folds the answers are pooled, and copies of a row are one group. Times are medians, in seconds of the processor (all
threads), training with the choice of settings, for sentence vectors with an estimate of the encoding. The calibration error
has 15 bins, a figure for each measurement that is no part of another; behind it what it would be in the mean and at the 95th
percentile if every probability were true, since a small set alone makes one.
"""

FAMILIES = """Each row is the preset with one thing changed, measured without folds of its own (which calibrate, but change no
label) on the development part and, where that is small or missing, on five folds of the training part. No test was read.
Beside each score: how far the preset is ahead, and p by approximate randomization, not adjusted.
"""
