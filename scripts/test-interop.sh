#!/usr/bin/env bash
# Tests against big outside parts: scikit-learn recomputes the scores, MLflow opens the exported runs, Chromium renders
# the reports, Python's safetensors reads a model. Installs what is missing: a Python environment in .build/interop,
# Chromium as a system package. Wants a built binary: make build.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${STANDPOINT_BINARY:-.build/release/standpoint}
[ -x "$binary" ] || { echo "test-interop: $binary is not built: make build" >&2; exit 1; }
environment=.build/interop

run() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
missing=()
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
if [ ${#missing[@]} -gt 0 ]; then
  echo "test-interop: installing ${missing[*]}" >&2
  run apt-get update -qq
  DEBIAN_FRONTEND=noninteractive run apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi
if ! cmp -s Tests/Interop/requirements.txt "$environment/installed.txt"; then
  echo "test-interop: installing $(tr '\n' ' ' <Tests/Interop/requirements.txt)" >&2
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r Tests/Interop/requirements.txt
  cp Tests/Interop/requirements.txt "$environment/installed.txt"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
exec_tests() { STANDPOINT_BINARY=$(realpath "$binary") "$environment/bin/python" -B "Tests/Interop/$1" "$work"; }
exec_tests prepare.py
for test in scikit_learn.py safetensors_model.py mlflow_store.py browser.py; do
  exec_tests "$test"
done
