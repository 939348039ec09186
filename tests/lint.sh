#!/bin/sh
# Formatting and the shape of the tree; with --tidy also static analysis, which takes
# minutes and needs build/release configured. lint.sh JOBS [--tidy], from the repository.
set -eu
jobs=$1
sources() { git ls-files "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }
sources '*.cc' '*.h' | xargs clang-format-14 --dry-run -Werror
long=$(sources 'collector/*.cc' 'collector/*.h' 'redaction/*.cc' 'redaction/*.h' | xargs wc -l | awk '$1 > 500 && $2 != "total" {print $2 ": " $1 " lines"}')
[ -z "$long" ] || { echo "over 500 lines: $long" >&2; exit 1; }
if [ "${2:-}" = --tidy ]; then
  # Sources only: what the tests include costs more time than it finds. The compile
  # commands are GCC's, and clang does not know each of its warnings.
  sources 'collector/*.cc' 'redaction/*.cc' |
    xargs -P "$jobs" -n 4 clang-tidy-14 -p build/release --quiet --extra-arg=-Wno-unknown-warning-option
fi
echo "lint: good"
