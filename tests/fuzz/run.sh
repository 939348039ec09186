#!/bin/sh
# run.sh BUILD_FOLDER SECONDS: each fuzz target for that long, from the corpus beside it.
set -eu
build=$1
seconds=$2
for target in "$build"/tests/*_fuzz; do
  name=$(basename "$target" _fuzz)
  corpus=$(mktemp -d)
  seeds=tests/fuzz/corpus/$name
  [ -d "$seeds" ] || seeds=
  echo "fuzz: $name for $seconds s"
  # shellcheck disable=SC2086
  "$target" -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=10 -verbosity=0 "$corpus" $seeds
  rm -rf "$corpus"
done
