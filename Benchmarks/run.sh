#!/usr/bin/env bash
# The benchmarks that need nothing but the checkout: how long whole commands take on the project's own statements, and
# the micro-benchmarks, which fail above a stored threshold. Of a command it prints the median of nine runs, after one
# that is not counted; compare two builds on one machine, side by side.
set -euo pipefail
cd "$(dirname "$0")/.."
standpoint=${STANDPOINT_BINARY:-.build/release/standpoint}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export STANDPOINT_RUNS="$work/runs"

# A megabyte of lines and of JSONL, made of the project's statements over and over.
for _ in $(seq 1 20); do cat Datasets/standpoint-news/train.jsonl; done > "$work/many.jsonl"
sed -E 's/^.*"text":"(([^"\\]|\\.)*)".*$/\1/' "$work/many.jsonl" > "$work/many.txt"

median() {
  local times=()
  for run in $(seq 0 9); do
    local start end
    start=$(date +%s%N)
    "$@" > /dev/null 2>&1
    end=$(date +%s%N)
    [ "$run" -eq 0 ] || times+=($(((end - start) / 1000)))
  done
  printf '%s\n' "${times[@]}" | sort -n | sed -n 5p
}

report() {
  local name=$1
  shift
  printf '%-52s %8.1f ms\n' "$name" "$(median "$@" | awk '{print $1 / 1000}')"
}

report "start: --version" "$standpoint" --version
report "one sentence, both shipped models, cold" \
  sh -c "echo 'She praised Halvorsen Lines.' | '$standpoint' score - --input lines --target 'Halvorsen Lines'"
report "lines, labels only, both shipped models" \
  "$standpoint" score "$work/many.txt" --input lines --labels-only --target NATO
report "lines, labels only, sourcing-en" \
  "$standpoint" score "$work/many.txt" --input lines --labels-only --model sourcing-en
report "jsonl to jsonl, both shipped models" "$standpoint" score "$work/many.jsonl" --format jsonl
report "train stance by n-grams, five folds" "$standpoint" train Datasets/standpoint-news/train.jsonl --task stance \
  --preset words --output "$work/model" --quiet
report "wc -w on the same lines" wc -w "$work/many.txt"

"${SWIFT:-swift}" build -c release --package-path Benchmarks --product standpoint-suite
python3 Benchmarks/Suite/run.py
