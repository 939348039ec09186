#!/bin/sh
# Memory stays small whatever the host holds: a line of 100 MB, 300 GB of holes, many files.
. "$(dirname "$0")/lib.sh"
has python3
case $(file -b "$casepack") in *"static-pie"*) ;; *) skip "sanitizers have their own idea of memory" ;; esac
root=$work/tree
mkdir -p "$root/logs"
python3 - "$root/logs" <<'PY'
import os, sys
top = sys.argv[1]
with open(top + "/line.log", "w") as f:
    for _ in range(100): f.write("abc def=" * 131072)
with open(top + "/many.log", "w") as f:
    for i in range(600000): f.write("2026-11-22T10:00:00 host app[%d]: request %d took %d ms\n" % (i % 999, i, i * 7 % 301))
with open(top + "/hole.log", "wb") as f: f.truncate(300 << 30)
for i in range(3000):
    with open("%s/%04d.small.log" % (top, i), "w") as f: f.write("small %d\n" % i)
PY
manifest '{"id": "test.logs", "title": {"en": "logs", "ja": "ログ"}, "kind": "file", "with": {"paths": ["/logs/*.log"], "max_each": "200M"}, "limits": {"max_bytes": "500M", "max_files": 5000, "timeout": "100s"}}'
code=0
"$casepack" collect --root "$root" --product none --manifest "$work/m.json" --only test.logs -o "$work/b.tar.gz" --json >"$work/out" 2>"$work/err" || code=$?
[ "$code" -le 1 ] || { cat "$work/err"; fail "exit $code"; }
"$casepack" show "$work/b.tar.gz" --json | python3 -c '
import json, sys
index = json.load(sys.stdin)
peak = index["resources"]["peak_memory_bytes"]
members = sum(len(i["members"]) for i in index["items"])
print("peak memory", peak >> 20, "MiB,", members, "members,", index["resources"])
assert members >= 3000, members
assert peak <= 64 << 20, peak
'
