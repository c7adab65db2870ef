"""Times Standpoint's trainer and its peers on identical matrices and writes Benchmarks/Runs/<date>-<cpu>/.

    python Benchmarks/Peers/peers.py MATRICES STANDPOINT-FIT OUTPUT [--rounds 5] [--only newsmtsc,pstance]

Every fit is a process of its own that reads its arrays before the clock starts. Tools run in turn, several rounds
interleaved, all on one thread but where the table says otherwise. A tool's time to a gap is the least median among its
tolerances that reach the gap, by the wall clock, or by the processor's where other programs took so much of the machine
that our own fits waited; the whole process's seconds stand beside them. Besides single fits (`newsmtsc`, `vectors`, `pstance`, `polnear`, `fnc`), `--only` knows `grid` (50 fits), `l1`, `online`
(fastText and Vowpal Wabbit, by score) and `size` (generated statements); without it all are run.
"""

import argparse
import importlib.metadata
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time

import apart

HERE = os.path.dirname(os.path.abspath(__file__))
BENCHMARKS = {"newsmtsc": 10.0, "vectors": 1.0, "pstance": 3.0, "polnear": 3.0, "fnc": 3.0}
PEERS = {
    "liblinear-0": [1e-1, 1e-2, 1e-3, 1e-4],
    "liblinear-7": [1, 1e-1, 1e-2],
    "sklearn-newton-cg": [1e-4, 1e-6],
    "sklearn-lbfgs": [1e-4],
    "sklearn-sag": [1e-2],
    "sklearn-saga": [1e-3],
}
OURS = [1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6]
# The large matrices: only the tools that end within the limit, and tolerances near the two gaps.
LARGE = {
    "standpoint": [3e-4, 1e-4, 2e-6, 1e-6],
    "liblinear-0": [1e-2],
    "liblinear-7": [1, 1e-1, 1e-2],
    "sklearn-newton-cg": [1e-3],
}
GAPS = [1e-4, 1e-6]
# OpenBLAS starts its threads when it is loaded and lets them wait busily; none of the tools here uses them.
ENVIRONMENT = dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")


def run(command, seconds):
    start = time.perf_counter()
    try:
        out = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True, env=ENVIRONMENT).stdout
    except subprocess.TimeoutExpired:
        return {"timeout": seconds}
    line = json.loads(out.strip().splitlines()[-1])
    line["processSeconds"] = time.perf_counter() - start
    return line


def processor():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return platform.machine()


def versions():
    names = ("numpy", "scipy", "scikit-learn", "liblinear-official", "vowpalwabbit")
    return {name: importlib.metadata.version(name) for name in names}


def write(options, name, result):
    about = {
        "benchmark": name,
        "date": time.strftime("%Y-%m-%d"),
        "processor": processor(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[2],
        "python": platform.python_version(),
        "versions": versions(),
        "command": f"run.sh --rounds {options.rounds} --only {name}",
    }
    with open(f"{options.output}/{name}.json", "w") as file:
        json.dump({**about, **result}, file, indent=1)
    print(name, "done", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("matrices")
    parser.add_argument("fit")
    parser.add_argument("output")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join([*BENCHMARKS, *apart.PARTS]))
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a fit is given up")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    for name in options.only.split(","):
        if name in apart.PARTS:
            result = apart.PARTS[name](options.matrices, options.fit, run, options.rounds)
            write(options, name, result)
            continue
        c = BENCHMARKS[name]
        folder = f"{options.matrices}/{name}"
        large = name in ("polnear", "fnc")
        ours = LARGE["standpoint"] if large else OURS
        peers = {tool: ts for tool, ts in LARGE.items() if tool != "standpoint"} if large else PEERS
        jobs = [(f"standpoint-{threads}", tolerance) for threads in (1, 2) for tolerance in ours]
        jobs += [(tool, tolerance) for tool, tolerances in peers.items() for tolerance in tolerances]
        lines = {job: [] for job in jobs}
        given_up = set()
        for _ in range(options.rounds):
            for tool, tolerance in jobs:
                if (tool, tolerance) in given_up:
                    continue
                if tool.startswith("standpoint"):
                    command = [options.fit, folder, "--C", str(c), "--tol", str(tolerance), "--threads", tool[-1]]
                else:
                    command = [sys.executable, f"{HERE}/worker.py", folder, tool, str(c), str(tolerance)]
                line = run(command, options.limit)
                if "timeout" in line:
                    given_up.add((tool, tolerance))
                lines[tool, tolerance].append(line)
        # Optima: liblinear's own objective, and that of all others.
        def family(tool):
            return "one against rest" if tool.startswith("liblinear") else "multinomial"

        optima = {}
        for (tool, _), found in lines.items():
            for line in found:
                if "objective" in line:
                    key = family(tool)
                    optima[key] = min(optima.get(key, float("inf")), line["objective"])
        summary = []
        for (tool, tolerance), found in lines.items():
            found = [line for line in found if "objective" in line]
            if not found:
                summary.append({"tool": tool, "tolerance": tolerance, "timeout": options.limit})
                continue
            optimum = optima[family(tool)]
            row = {"tool": tool, "tolerance": tolerance}
            for key in ("seconds", "cpu", "processSeconds", "objective", "peakBytes"):
                row[key] = statistics.median(line[key] for line in found)
            row["gap"] = row["objective"] / optimum - 1
            row["rounds"] = len(found)
            summary.append(row)
        shape = json.load(open(f"{folder}/shape.json"))
        write(options, name, {"C": c, "shape": shape, "optima": optima, "results": summary})
    report(options.output)


def clock(rows):
    """What ratios are made of: wall seconds, or processor seconds where one thread of ours got less than nine tenths."""
    ours = [row for row in rows if row["tool"].startswith("standpoint") and "1" in row["tool"] and "seconds" in row]
    return "seconds" if sum(row["cpu"] for row in ours) > 0.9 * sum(row["seconds"] for row in ours) else "cpu"


def best(rows, tool, gap, clock):
    reached = [row for row in rows if row["tool"] == tool and row.get("gap", 1) <= gap]
    return min(reached, key=lambda row: row[clock]) if reached else None


def verdict(gap, ours, peers, threads, goal):
    fastest = min(peers, key=lambda tool: peers[tool])
    ratio = peers[fastest] / ours
    said = "reached" if ratio >= goal else "**missed**"
    return f"- At {gap:g} the fastest peer, {fastest}, takes {ratio:.1f} times our time on {threads}: the goal of {goal} is {said}."


def report(output):
    """Writes README.md from every result in the folder."""
    text = ["# The trainer and its peers", ""]
    for name in BENCHMARKS:
        try:
            result = json.load(open(f"{output}/{name}.json"))
        except FileNotFoundError:
            continue
        shape, rows = result["shape"], result["results"]
        text += [
            f"## {name}: {shape['rows']:,} rows, {shape['columns']:,} columns, {shape['nnz']:,} entries, "
            + (f"{shape['dense']} dense columns, " if shape.get("dense") else "")
            +             f"{shape['labels']} labels, C = {result['C']:g}",
            "",
            f"{result['date']}, {result['processor']}, {result['processors']} processors, load {result['load']:.1f}; "
            f"medians of {max(row.get('rounds', 0) for row in rows)} round(s); `{result['command']}`.",
            "",
            "| tool | gap | tolerance | wall s | processor s | whole process s | time ÷ ours | peak MB |",
            "|---|---|---|---:|---:|---:|---:|---:|",
        ]
        verdicts = []
        by = clock(rows)
        if by == "cpu":
            verdicts.append("- The machine was shared: ratios are of processor seconds, and nothing is said of two threads.")
        tools = list(dict.fromkeys(row["tool"] for row in rows))
        for gap in GAPS:
            ours = best(rows, "standpoint-1", gap, by)
            peers = {}
            for tool in tools:
                row = best(rows, tool, gap, by)
                if row is None:
                    late = [row for row in rows if row["tool"] == tool and "timeout" in row]
                    why = f"not within {late[0]['timeout']:g} s" if late else "not reached"
                    text.append(f"| {tool} | {gap:g} | – | {why} | | | | |")
                    continue
                if not tool.startswith("standpoint"):
                    peers[tool] = row[by]
                text.append(
                    f"| {tool} | {gap:g} | {row['tolerance']:g} | {row['seconds']:.3f} | {row['cpu']:.3f} | "
                    f"{row['processSeconds']:.2f} | {row[by] / ours[by] if ours else math.nan:.1f} | "
                    f"{row['peakBytes'] / 1e6:.0f} |"
                )
            two = best(rows, "standpoint-2", gap, by)
            if peers and ours:
                verdicts.append(verdict(gap, ours[by], peers, "one thread", 5))
            if peers and two and by == "seconds":
                verdicts.append(verdict(gap, two["seconds"], peers, "two threads", 8))
            if ours and two and by == "seconds":
                speedup = ours["seconds"] / two["seconds"]
                verdicts.append(f"- At {gap:g} two threads are {speedup:.2f} times as fast as one.")
        # 4 bytes for each weight of the classifier, 8 for each entry of the matrix, 4 for each of the dense block.
        dense = shape.get("dense", 0)
        needed = 8 * shape["nnz"] + 4 * dense * shape["rows"] + 4 * (shape["columns"] + dense) * shape["labels"]
        peaks = [row["peakBytes"] for row in rows if row["tool"].startswith("standpoint") and "peakBytes" in row]
        verdicts.append(f"- Our peak memory is {max(peaks) / needed:.1f} times matrix and weights, the program included.")
        text += ["", *verdicts, ""]
    for name in apart.PARTS:
        try:
            result = json.load(open(f"{output}/{name}.json"))
        except FileNotFoundError:
            continue
        text += apart.table(name, result, clock)
    # What was measured apart from the tables, written by hand beside them.
    if os.path.exists(f"{output}/notes.md"):
        text.append(open(f"{output}/notes.md").read().rstrip())
    with open(f"{output}/README.md", "w") as file:
        file.write("\n".join(text).rstrip() + "\n")


if __name__ == "__main__":
    main()
