#!/bin/sh
# Builds Standpoint's trainer and every peer in an environment of its own, exports the matrices once, and times them all
# in turn. Needs Python 3.11, Swift 6.3, and the corpora of Datasets/corpora.json in the folder $STANDPOINT_CORPORA.
#
#     STANDPOINT_CORPORA=folder Benchmarks/Peers/run.sh [--rounds 5] [--only newsmtsc,pstance]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${STANDPOINT_CORPORA:?name the folder of the public corpora}"
matrices=${STANDPOINT_MATRICES:-$here/.venv/matrices}
if [ ! -x "$here/.venv/bin/python" ]; then
  python3 -m venv "$here/.venv"
  "$here/.venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
[ -d "$matrices" ] || "$here/.venv/bin/python" "$here/export.py" "$matrices"
swift build --package-path "$here/.." --configuration release --product standpoint-fit
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1 | tr 'A-Z ' 'a-z-' | sed 's/(r)//g; s/^amd-//; s/^intel-//; s/-processor$//')
exec "$here/.venv/bin/python" "$here/peers.py" "$matrices" "$here/../.build/release/standpoint-fit" \
  "$here/../Runs/$(date +%Y-%m-%d)-$cpu/trainer" "$@"
