#!/bin/sh
# run.sh BINARY: what casepack costs, beside others in the same run. Medians of five.
# Needs /usr/bin/time; sos is compared when its package is there and we are root.
set -eu
casepack=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# measure NAME COMMAND...: medians of wall, CPU and peak memory.
measure() {
  name=$1
  shift
  : >times
  for _ in 1 2 3 4 5; do
    rm -rf out && mkdir out
    /usr/bin/time -a -o times -f '%e %U %S %M' "$@" >/dev/null 2>&1 || :
  done
  grep -v Command times | awk -v name="$name" '
    { wall[NR] = $1; cpu[NR] = $2 + $3; rss[NR] = $4 }
    function median(a, n,   i, j, t) { for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j-1]; j--) { t = a[j]; a[j] = a[j-1]; a[j-1] = t } return a[int((n + 1) / 2)] }
    END { printf "%-34s %8.2f s wall %8.2f s cpu %8.1f MiB\n", name, median(wall, NR), median(cpu, NR), median(rss, NR) / 1024 }'
}

echo "binary: $(stat -Lc %s "$casepack") bytes"
measure "start (version)" "$casepack" version
measure "plan" "$casepack" plan
measure "collect" "$casepack" collect -o out/b.tar.gz --quiet
ls -l out/b.tar.gz | awk '{print "  bundle:", $5, "bytes"}'
"$casepack" show out/b.tar.gz --json >index.json
# tar and gzip over the same files, for what the redaction and the digests add.
python3 - >files <<'PY'
import json, os
for item in json.load(open("index.json"))["items"]:
    if item["kind"] == "file":
        for member in item["members"]:
            path = "/" + member["name"].split("/", 2)[2]
            if os.path.isfile(path) and not path.startswith(("/proc", "/sys")): print(path)
PY
measure "tar czf of its $(wc -l <files) files" tar czf out/t.tar.gz -T files
if [ "$(id -u)" -eq 0 ] && command -v sosreport >/dev/null; then
  : >times
  rm -rf sos && mkdir sos
  /usr/bin/time -a -o times -f '%e %U %S %M' sosreport --batch --tmp-dir sos >/dev/null 2>&1 || :
  tail -n 1 times | awk '{printf "%-34s %8.2f s wall %8.2f s cpu %8.1f MiB (one run)\n", "sosreport --batch", $1, $2 + $3, $4 / 1024}'
  ls -l sos/*.tar.* 2>/dev/null | awk 'NR == 1 {print "  archive:", $5, "bytes"}'
fi

# Throughput of the file kind: a dense log through redaction, digest and compression.
python3 -c '
for i in range(1200000): print("2026-11-22T10:%02d:%02d host app[%d]: GET /item/%d from 192.0.2.%d took %d ms" % (i // 60 % 60, i % 60, i % 9999, i * 7919 % 100003, i % 255, i * 31 % 977))' >dense.log
mkdir tree && mv dense.log tree/
cat >m.json <<'JSON'
{"casepack_manifest": 1, "id": "bench", "title": {"en": "bench", "ja": "bench"}, "items": [
 {"id": "bench.log", "title": {"en": "log", "ja": "log"}, "kind": "file", "with": {"paths": ["/dense.log"], "max_each": "1G"}, "limits": {"max_bytes": "1G", "timeout": "10m"}}]}
JSON
echo "dense.log: $(stat -c %s tree/dense.log) bytes"
measure "collect of dense.log" "$casepack" collect --root "$work/tree" --manifest m.json --only bench.log -o out/b.tar.gz --quiet
measure "tar czf of dense.log" tar czf out/t.tar.gz -C tree dense.log
measure "gzip -6 of dense.log" gzip -6 -c tree/dense.log
