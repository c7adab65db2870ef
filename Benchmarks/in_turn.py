#!/usr/bin/env python3
"""Times commands in turn, round by round: what two builds, or two settings, are worth on a machine that wavers.

    python3 Benchmarks/in_turn.py ROUNDS [--field NAME] COMMAND COMMAND…

Each COMMAND is one word for the shell. Every other round goes backwards. Prints for each the median and the least seconds by
the clock, the median of processor seconds, and the medians of both's ratios to the first command in the same round. With
`--field` the time is a number of the JSON line that the command prints last, as `seconds` of `standpoint-fit`.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time


def run(command, field):
    """Seconds by the clock, or the field, and processor seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, shell=True, stdout=subprocess.PIPE if field else subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"failed ({done.returncode}): {command}")
    if field:
        seconds = json.loads(done.stdout.splitlines()[-1])[field]
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int)
    parser.add_argument("--field")
    parser.add_argument("commands", nargs="+")
    options = parser.parse_args()
    times = [[] for _ in options.commands]
    for number in range(options.rounds):
        places = range(len(times))
        for place in reversed(places) if number % 2 else places:
            times[place].append(run(options.commands[place], options.field))
    print("| command | median s | least s | processor s | ratio | processor ratio |\n|---|---:|---:|---:|---:|---:|")
    for command, found in zip(options.commands, times):
        clock, processor = zip(*found)
        ratios = [statistics.median(a[k] / b[k] for a, b in zip(found, times[0])) for k in (0, 1)]
        print(
            f"| `{command}` | {statistics.median(clock):.3f} | {min(clock):.3f} | {statistics.median(processor):.3f} "
            f"| {ratios[0]:.3f} | {ratios[1]:.3f} |")


main()
