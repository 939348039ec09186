#!/bin/sh
# plan runs nothing and writes nothing.
. "$(dirname "$0")/lib.sh"
has strace
strace -f -o "$work/trace" true 2>/dev/null || skip "strace may not trace here"
run 0 strace -f -o "$work/trace" -e trace=execve,execveat,fork,vfork,clone,clone3,open,openat,creat,unlink,rename,mkdir,connect "$casepack" plan
says "Nothing was run and nothing was written."
[ "$(grep -c 'execve' "$work/trace")" -eq 1 ] || fail "it ran something: $(grep execve "$work/trace" | tail -n 1)"
grep -E 'O_(WRONLY|RDWR|CREAT)|unlink|rename|mkdir|connect|creat\(' "$work/trace" && fail "it wrote"
grep -E '^[0-9]+ +(v?fork|clone3?)\(' "$work/trace" && fail "it made a process or thread"
run 0 "$casepack" plan --json
python3 -c 'import json, sys; p = json.load(open(sys.argv[1])); assert p["items"] and p["bytes"] > 0' "$work/out"
