#!/bin/sh
# Formatting, static analysis and the shape of the tree. lint.sh JOBS, from the repository.
set -eu
jobs=$1
sources() { git ls-files "$@" | while read -r f; do [ -f "$f" ] && echo "$f"; done; }
sources '*.cc' '*.h' | xargs clang-format-14 --dry-run -Werror
# Sources only: what the tests include costs more time than it finds.
sources 'collector/*.cc' 'redaction/*.cc' |
  xargs -P "$jobs" -n 4 clang-tidy-14 -p build/release --quiet --extra-arg=-Wno-unknown-warning-option 2>build/tidy.err || { cat build/tidy.err >&2; exit 1; }
long=$(sources '*.cc' '*.h' | xargs wc -l | awk '$1 > 500 && $2 != "total" {print $2 ": " $1 " lines"}')
[ -z "$long" ] || { echo "over 500 lines: $long" >&2; exit 1; }
echo "lint: good"
