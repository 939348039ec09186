# What the system tests share. Sourced with the arguments BINARY CHILD; makes $work, a
# folder that is gone at the end. A test that cannot run here ends with 77 and says why.
set -eu
export LC_ALL=C.UTF-8
casepack=$1
child=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "FAIL: $*" >&2; exit 1; }
skip() { echo "SKIP: $*" >&2; exit 77; }
has() { command -v "$1" >/dev/null || skip "$1 is not installed"; }

# run EXPECTED_EXIT COMMAND...: output in $work/out and $work/err.
run() {
  expected=$1
  shift
  code=0
  "$@" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" -eq "$expected" ] || { cat "$work/out" "$work/err" >&2; fail "exit $code, not $expected: $*"; }
}
says() { grep -qF -- "$1" "$work/out" "$work/err" || { cat "$work/out" "$work/err" >&2; fail "nobody said: $1"; }; }

# row BUNDLE ITEM: outcome and reason of an item, from the index.
row() {
  "$casepack" show "$1" index.json | python3 -c '
import json, sys
for item in json.load(sys.stdin)["items"]:
    if item["id"] == sys.argv[1]:
        print(item["outcome"], item.get("reason", {}).get("key", ""), *[n["key"] for n in item.get("notes", [])])
' "$2"
}

# manifest ITEM_JSON...: a manifest of these items in $work/m.json.
manifest() {
  {
    printf '{"casepack_manifest": 1, "id": "test.items", "title": {"en": "test", "ja": "試験"}, "items": ['
    separator=
    for item in "$@"; do
      printf '%s\n%s' "$separator" "$item"
      separator=,
    done
    printf ']}\n'
  } >"$work/m.json"
}

# command_item ID TIMEOUT ARG...
command_item() {
  id=$1
  timeout=$2
  shift 2
  argv=
  for word in "$@"; do argv="$argv\"$word\","; done
  printf '{"id": "test.%s", "title": {"en": "%s", "ja": "%s"}, "kind": "command", "with": {"argv": [%s]}, "limits": {"timeout": "%s", "max_bytes": "256K"}}' \
    "$id" "$id" "$id" "${argv%,}" "$timeout"
}
