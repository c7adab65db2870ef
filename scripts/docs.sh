#!/usr/bin/env bash
# Builds the documentation of the library Standpoint into .build/docs with the toolchain's own docc.
set -euo pipefail
cd "$(dirname "$0")/.."

graphs=.build/symbol-graphs
rm -rf "$graphs" .build/docs
mkdir -p "$graphs"
swift build -c release --static-swift-stdlib --product standpoint
modules=.build/release/Modules
for module in Standpoint Corpus TextProcessing FeatureExtraction Classification Evaluation ModelStore RunRegistry LinearAlgebra; do
  swift symbolgraph-extract -module-name "$module" -I "$modules" -I Sources/CPlatform/include \
    -Xcc -fmodule-map-file=Sources/COpenBLAS/module.modulemap $(pkg-config --cflags-only-I openblas | sed 's/-I/-I /g') \
    -target "$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p' | head -n 1)" \
    -minimum-access-level public -output-dir "$graphs"
done
docc convert --fallback-display-name Standpoint --fallback-bundle-identifier standpoint \
  --additional-symbol-graph-dir "$graphs" --output-path .build/docs
echo "documentation: .build/docs (docc preview, or any static file server, shows it)"
