"""Times Standpoint's trainer and its peers on identical matrices and writes Benchmarks/Runs/<date>-<cpu>/.

    python Benchmarks/Peers/peers.py MATRICES STANDPOINT-FIT OUTPUT [--rounds 5] [--only newsmtsc,pstance]

Every fit is a process of its own that reads its arrays before the clock starts. Tools run in turn, several rounds
interleaved, all on one thread but where the table says otherwise. A tool's time to a gap is the least median among its
tolerances that reach the gap; processor seconds stand beside wall seconds because other programs may share the machine.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BENCHMARKS = {"newsmtsc": 10.0, "pstance": 3.0, "polnear": 3.0, "fnc": 3.0}
PEERS = {
    "liblinear-0": [1e-2, 1e-3, 1e-4, 1e-5],
    "liblinear-7": [1e-1, 1e-2, 1e-3],
    "sklearn-newton-cg": [1e-3, 1e-4, 1e-5, 1e-6],
    "sklearn-lbfgs": [1e-4, 1e-5],
    "sklearn-sag": [1e-2, 1e-3],
    "sklearn-saga": [1e-3],
}
OURS = [1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6]
# The large matrices: only the tools that end within the limit, and tolerances near the two gaps.
LARGE = {
    "standpoint": [3e-4, 3e-6],
    "liblinear-0": [1e-2, 1e-4],
    "liblinear-7": [1e-1, 1e-2],
    "sklearn-newton-cg": [1e-3, 1e-5],
}
GAPS = [1e-4, 1e-6]


def run(command, seconds):
    start = time.perf_counter()
    try:
        out = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True).stdout
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("matrices")
    parser.add_argument("fit")
    parser.add_argument("output")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(BENCHMARKS))
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a fit is given up")
    options = parser.parse_args()
    os.makedirs(options.output, exist_ok=True)
    for name in options.only.split(","):
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
        result = {
            "benchmark": name,
            "C": c,
            "shape": json.load(open(f"{folder}/shape.json")),
            "date": time.strftime("%Y-%m-%d"),
            "processor": processor(),
            "processors": os.cpu_count(),
            "load": os.getloadavg()[2],
            "python": platform.python_version(),
            "command": "peers.py --rounds %d --only %s" % (options.rounds, name),
            "optima": optima,
            "results": summary,
        }
        with open(f"{options.output}/{name}.json", "w") as file:
            json.dump(result, file, indent=1)
        print(name, "done", file=sys.stderr)
    report(options.output)


def best(rows, tool, gap, key):
    reached = [row for row in rows if row["tool"] == tool and row.get("gap", 1) <= gap]
    return min(reached, key=lambda row: row[key]) if reached else None


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
            f"{shape['labels']} labels, C = {result['C']:g}",
            "",
            f"{result['date']}, {result['processor']}, {result['processors']} processors, load {result['load']:.1f}; "
            f"medians of {max(row.get('rounds', 0) for row in rows)} round(s); `{result['command']}`.",
            "",
            "| tool | gap | tolerance | wall s | processor s | processor time ÷ ours | peak MB |",
            "|---|---|---|---:|---:|---:|---:|",
        ]
        verdicts = []
        tools = list(dict.fromkeys(row["tool"] for row in rows))
        for gap in GAPS:
            ours = best(rows, "standpoint-1", gap, "cpu")
            ratios = {}
            for tool in tools:
                row = best(rows, tool, gap, "cpu")
                if row is None:
                    text.append(f"| {tool} | {gap:g} | – | not reached | | | |")
                    continue
                ratio = row["cpu"] / ours["cpu"] if ours else float("nan")
                if not tool.startswith("standpoint"):
                    ratios[tool] = ratio
                text.append(
                    f"| {tool} | {gap:g} | {row['tolerance']:g} | {row['seconds']:.3f} | {row['cpu']:.3f} | "
                    f"{ratio:.1f} | {row['peakBytes'] / 1e6:.0f} |"
                )
            if ratios:
                fastest = min(ratios, key=ratios.get)
                goal = "reached" if ratios[fastest] >= 5 else "**missed**"
                verdicts.append(
                    f"- At {gap:g} the fastest peer, {fastest}, takes {ratios[fastest]:.1f} times our processor time: "
                    f"the goal of 5 on one thread is {goal}."
                )
            two = best(rows, "standpoint-2", gap, "seconds")
            one = best(rows, "standpoint-1", gap, "seconds")
            if one and two:
                verdicts.append(f"- At {gap:g} two threads are {one['seconds'] / two['seconds']:.2f} times as fast as one by the clock.")
        text += ["", *verdicts, ""]
    # What was measured apart from the tables, written by hand beside them.
    if os.path.exists(f"{output}/notes.md"):
        text.append(open(f"{output}/notes.md").read().rstrip())
    with open(f"{output}/README.md", "w") as file:
        file.write("\n".join(text).rstrip() + "\n")


if __name__ == "__main__":
    main()
