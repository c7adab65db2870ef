#!/usr/bin/env bash
# Installs the system packages that Standpoint needs, and only those that are missing. Debian and Ubuntu.
# OpenBLAS carries the dense linear algebra, SQLite the index of runs, pkg-config finds them.
set -euo pipefail

packages=(libopenblas-dev libsqlite3-dev pkg-config)
missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)" = "install ok installed" ] || missing+=("$package")
done

if ! command -v swift >/dev/null; then
  echo "setup: Swift 6.2 or later is needed and is not on the PATH: see https://www.swift.org/install/linux/" >&2
  exit 1
fi
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "setup: please install with your system's package manager: ${missing[*]}" >&2
  exit 1
fi
run() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
echo "setup: installing ${missing[*]}" >&2
run apt-get update -qq
DEBIAN_FRONTEND=noninteractive run apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
