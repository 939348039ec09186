#!/bin/sh
# log_window.sh BINARY [LARGEST_MB]: a window of about 1 MB out of logs of 10 MB, 1 GB and
# 10 GB (as far as LARGEST_MB and the disk allow), a gzip log of 1 GB, and what grep, awk and
# zcat take for the same in the same run. Medians of five, with the files in the page cache
# as far as they fit.
set -eu
casepack=$(readlink -f "$1")
largest=${2:-10240}
work=$(mktemp -d "${TMPDIR:-/tmp}/log_window.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p tree/var/log

cat >m.json <<'JSON'
{"casepack_manifest": 1, "id": "bench", "title": {"en": "bench", "ja": "bench"}, "items": [
 {"id": "bench.log", "title": {"en": "log", "ja": "log"}, "kind": "log_window", "with": {"paths": ["/var/log/a.log*"]}, "limits": {"max_bytes": "1G", "timeout": "10m"}}]}
JSON

# make MB: a log of that size that ends at 12:00, five lines a second; 32 minutes are 1 MB.
make() {
  python3 - "$1" <<'PY'
import sys, time, calendar
size = int(sys.argv[1]) << 20
end = calendar.timegm((2026, 11, 22, 12, 0, 0))
line = b".%d00000 host app[%05d]: GET /item/%07d from 192.0.2.7 took 031 ms, and the rest of a line\n"
length = 19 + len(line % (0, 0, 0))
with open("tree/var/log/a.log", "wb", 1 << 20) as out:
    for second in range(end - size // length // 5, end):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)).encode()
        out.write(b"".join([stamp + line % (2 * i, second % 99999, second % 9999999) for i in range(5)]))
PY
}

# measure NAME COMMAND...: median of five walls.
measure() {
  name=$1
  shift
  : >times
  for _ in 1 2 3 4 5; do
    rm -rf out && mkdir out
    begin=$(date +%s%N)
    "$@" >out/stdout 2>/dev/null || :
    echo "$((($(date +%s%N) - begin) / 1000))" >>times
  done
  sort -n times | awk -v name="$name" 'NR == 3 { printf "  %-44s %9.1f ms\n", name, $1 / 1000 }'
}

window="--error-time 2026-11-22T11:00:00Z --window -16m/+16m"
collect() {
  # shellcheck disable=SC2086
  "$casepack" collect --root "$work/tree" --manifest m.json --only bench.log $window -o out/b.tar.gz --quiet
}
empty() {
  "$casepack" collect --root "$work/tree" --manifest m.json --only bench.log \
    --error-time 2020-01-01T00:00:00Z --window -1m/+1m -o out/b.tar.gz --quiet
}
read_rows() {
  "$casepack" show out/b.tar.gz --json | python3 -c '
import json, sys
for item in json.load(sys.stdin)["items"]:
    for log in item.get("logs", []): print("  window: %d bytes of it, %d bytes read" % (log["bytes"], item["bytes_read"]))'
}
by_awk() { awk '$0 >= "2026-11-22T10:44:00" && $0 <= "2026-11-22T11:16:00"' tree/var/log/a.log; }
by_grep() { LC_ALL=C grep -E '^2026-11-22T(10:4[4-9]|10:5|11:0|11:1[0-5])' tree/var/log/a.log; }
by_zcat() { zcat tree/var/log/a.log.1.gz | awk '$0 >= "2026-11-22T10:44:00" && $0 <= "2026-11-22T11:16:00"'; }

for mb in 10 1024 10240; do
  [ "$mb" -le "$largest" ] || continue
  free=$(df -Pm . | awk 'NR == 2 { print $4 }')
  [ "$free" -gt $((mb + 512)) ] || { echo "$mb MB: not enough room here"; continue; }
  make "$mb"
  echo "log of $(stat -c %s tree/var/log/a.log) bytes"
  measure "casepack, window of 1 MB" collect
  rm -rf out && mkdir out
  collect && read_rows
  measure "casepack, window outside of the log" empty
  measure "awk" by_awk
  measure "grep" by_grep
  if [ "$mb" = 1024 ]; then
    gzip -1 -c tree/var/log/a.log >a.gz
    mv tree/var/log/a.log .
    mv a.gz tree/var/log/a.log.1.gz
    echo "the same, as $(stat -c %s tree/var/log/a.log.1.gz) bytes of gzip"
    measure "casepack, window of 1 MB" collect
    measure "zcat | awk" by_zcat
    measure "casepack, window outside of the log" empty
    rm tree/var/log/a.log.1.gz && mv a.log tree/var/log/
  fi
done

if command -v journalctl >/dev/null && [ -d /var/log/journal ]; then
  echo "journal of this machine"
  measure "journalctl, the last hour" journalctl --no-pager -q --since=-1h
fi
