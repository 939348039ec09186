#!/bin/sh
# mirror_test.sh REPO_ROOT | --self-test
# Each source has its test and each test its source: collector/LAYER/x.cc (or x_posix.cc,
# x_linux.cc, x_windows.cc) and tests/LAYER/x_test.cc. Generated sources (x.cc.in) and
# headers may have a test; main.cc has none: tests/system runs the program.
set -eu

untested() {
  find collector redaction -name '*.cc' ! -name main.cc | sort | while read -r source; do
    layer=${source#collector/}; layer=${layer%%/*}
    stem=$(basename "$source" .cc); stem=${stem%_posix}; stem=${stem%_linux}; stem=${stem%_windows}
    stem=${stem%_portable}; stem=${stem%_sse2}; stem=${stem%_avx2}; stem=${stem%_avx512}
    [ -f "tests/$layer/${stem}_test.cc" ] || echo "$source:1: no tests/$layer/${stem}_test.cc"
  done
}
orphans() {
  find tests -name '*_test.cc' ! -path 'tests/system/*' | sort | while read -r test; do
    layer=${test#tests/}; layer=${layer%%/*}; stem=$(basename "$test" _test.cc); folder=collector/$layer
    [ "$layer" != redaction ] || folder=redaction
    [ ! -f "tests/$layer/$stem.h" ] || continue  # of a tool of the tests
    [ -d "$folder" ] && [ -n "$(find "$folder" -name "$stem.cc" -o -name "$stem.h" -o -name "$stem.cc.in" \
      -o -name "${stem}_posix.cc" -o -name "${stem}_linux.cc" -o -name "${stem}_windows.cc")" ] ||
      echo "$test:1: mirrors nothing in $folder"
  done
}
run() (
  cd "$1" && [ -d collector ] && [ -d redaction ] && [ -d tests ] || return 1
  found=$(untested; orphans)
  [ -z "$found" ] || { echo "$found"; return 1; }
)
[ "$1" = --self-test ] || { run "$1" && echo "mirror: ok" && exit 0; exit 1; }

fail() { echo "mirror self-test: $*" >&2; exit 1; }
plant() { for file in "$@"; do mkdir -p "$tree/${file%/*}"; : > "$tree/$file"; done; }
tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
run "$tree" && fail "an empty tree passes"
plant collector/cli/main.cc collector/os/a_posix.cc collector/os/a_linux.cc tests/os/a_test.cc collector/base/b.h \
  tests/base/b_test.cc redaction/c.cc tests/redaction/c_test.cc collector/report/d.cc.in tests/report/d_test.cc \
  collector/base/e.h collector/kinds/f.cc tests/kinds/f_test.cc tests/system/g_test.cc tests/support/child.cc
run "$tree" || fail "what is right does not pass"
bad='collector/os/h_posix.cc collector/base/f.cc redaction/i.cc collector/run/a.cc tests/os/f_test.cc
  tests/redaction/a_test.cc tests/nowhere/j_test.cc tests/base/a_test.cc tests/k_test.cc'
# shellcheck disable=SC2086  # a list
plant $bad
found=$(run "$tree") && fail "passes with violations"
for file in $bad; do
  [ "$(echo "$found" | grep -c "^$file:1: ")" = 1 ] || fail "not found once: $file"
done
echo "mirror self-test: ok, $(echo "$found" | wc -l) violations found"
