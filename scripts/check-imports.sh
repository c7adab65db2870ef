#!/usr/bin/env bash
# Proves that rooms import one way: a room imports only rooms that stand before it on this list, which is the order in
# which data passes through them (ARCHITECTURE.md).
set -euo pipefail
cd "$(dirname "$0")/.."

rooms=(COpenBLAS CPlatform LinearAlgebra Optimization TextProcessing Corpus FeatureExtraction Classification ModelStore
  Evaluation RunRegistry Reporting Standpoint StandpointCLI)
declare -A place
for i in "${!rooms[@]}"; do place[${rooms[$i]}]=$i; done

status=0
for folder in Sources/*/; do
  room=$(basename "$folder")
  if [ -z "${place[$room]:-}" ]; then
    echo "check-imports: $room is not on the list of rooms in scripts/check-imports.sh" >&2
    status=1
    continue
  fi
  while IFS=: read -r file line text; do
    imported=$(sed -E 's/^ *(@[A-Za-z_]+(\([a-z]+\))? +)*((public|package|internal|private|fileprivate) +)?import +((struct|class|enum|func|protocol|typealias|let|var) +)?([A-Za-z_0-9]+).*/\7/' <<<"$text")
    [ -n "${place[$imported]:-}" ] || continue
    if [ "${place[$imported]}" -ge "${place[$room]}" ]; then
      echo "$file:$line: $room may not import $imported, which stands to the right of it" >&2
      status=1
    fi
  done < <(grep -rnE '^ *(@[A-Za-z_]+(\([a-z]+\))? +)*((public|package|internal|private|fileprivate) +)?import ' "$folder" --include='*.swift')
done
[ $status -eq 0 ] && echo "imports run one way through ${#rooms[@]} rooms"
exit $status
