#!/bin/sh
# redact.sh BINARY: `casepack redact` as a whole process: start-up, peak memory, and what it
# adds to compression. Medians of five. Needs /usr/bin/time, python3, gzip, zstd.
set -eu
casepack=$(readlink -f "$1")
gigabytes=${2:-4}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# measure NAME SHELL-COMMAND: medians of wall and CPU, the largest memory of one process.
measure() {
  : >times
  for _ in 1 2 3 4 5; do /usr/bin/time -a -o times -f '%e %U %S %M' sh -c "$2" >/dev/null; done
  sort -n times | awk -v name="$1" '{ wall[NR] = $1; if ($4 > most) most = $4 }
    END { printf "%-44s %8.3f s wall %8.1f MiB\n", name, wall[int((NR + 1) / 2)], most / 1024 }'
}

python3 - <<'PY'
import random
random.seed(1)
with open("log", "w") as out:
    for i in range(1500000):
        if i % 200 == 7: out.write("app: connect user=batch password=Zq%012x7x ok\n" % random.getrandbits(48))
        else: out.write("2026-11-22T10:%02d:%02d host app[%d]: GET /item/%d from 10.0.%d.%d took %d ms\n" % (
            i // 60 % 60, i % 60, i % 9999, i * 7919 % 100003, i % 7, i % 255, i * 31 % 977))
PY
ls -l log | awk '{print "log:", $5, "bytes"}'
measure "start-up: redact of nothing" "$casepack redact </dev/null"
measure "redact of the log" "$casepack redact log"
measure "gzip -6 of the log" "gzip -6 -c log"
measure "redact | gzip -6" "$casepack redact log | gzip -6 -c"
measure "zstd -3 of the log" "zstd -q -3 -c log"
measure "redact | zstd -3" "$casepack redact log | zstd -q -3 -c"
many=$((gigabytes * 1000000000 / $(stat -c %s log)))
/usr/bin/time -o t -f '%e %M' sh -c "i=0; while [ \$i -lt $many ]; do cat log; i=\$((i+1)); done | /usr/bin/time -o t2 -f '%e %M' $casepack redact >/dev/null"
awk -v g="$gigabytes" '{printf "%d GB through a pipe: %s s, peak %.1f MiB\n", g, $1, $2 / 1024}' t2
python3 -c '
import sys
piece = b"abc def=1 password=geheim7, \"x\": [1, 2] " * 25000
for _ in range(1000): sys.stdout.buffer.write(piece)' |
  /usr/bin/time -o t2 -f '%e %M' "$casepack" redact >/dev/null
awk '{printf "one line of 1 GB: %s s, peak %.1f MiB\n", $1, $2 / 1024}' t2
