#!/usr/bin/env bash
# Builds the documentation of the library Standpoint into .build/docs with the toolchain's own docc.
set -euo pipefail
cd "$(dirname "$0")/.."

graphs=.build/symbol-graphs
rm -rf "$graphs" .build/docs
mkdir -p "$graphs"
swift build -c release --static-swift-stdlib --product standpoint
build=$(cd .build/release && pwd -P)
# Modules of C code, ours and those of packages, are found by their module maps.
maps=()
for map in Sources/COpenBLAS/module.modulemap "$build/CPlatform.build/module.modulemap" \
  .build/checkouts/GRDB.swift/Sources/GRDBSQLite/module.modulemap \
  $(find .build/checkouts/swift-crypto/Sources -name module.modulemap) "$build"/CCrypto*.build/module.modulemap; do
  [ ! -e "$map" ] || maps+=(-Xcc "-fmodule-map-file=$(realpath "$map")")
done
read -ra blas <<<"$(pkg-config --cflags-only-I openblas | sed 's/-I/-I /g')"
target=$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p' | head -n 1)
for module in Standpoint Corpus TextProcessing FeatureExtraction Classification Optimization LinearAlgebra Evaluation \
  ModelStore RunRegistry Reporting; do
  swift symbolgraph-extract -module-name "$module" -I "$build/Modules" "${maps[@]}" "${blas[@]}" -target "$target" \
    -minimum-access-level public -output-dir "$graphs"
done
docc convert --fallback-display-name Standpoint --fallback-bundle-identifier standpoint \
  --additional-symbol-graph-dir "$graphs" --output-path .build/docs
echo "documentation: .build/docs (docc preview, or any static file server, shows it)"
