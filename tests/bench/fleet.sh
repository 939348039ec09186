#!/bin/sh
# fleet.sh BINARY GENERATE [LARGEST [FOLDER]]: fleets of 100, 1,000, 10,000 and 100,000 hosts (as
# far as LARGEST and the disk allow): wall, CPU and memory, warm, medians of three; is the planted
# separator first? Then 20 seeds of each kind of fleet with 412 hosts: is the planted one first,
# and is any other told? Needs /usr/bin/time and python3. FOLDER: where there is room, default
# build/fleet; what is made there is removed.
set -eu
casepack=$(readlink -f "$1")
generate=$(readlink -f "$2")
largest=${3:-10000}
base=${4:-build/fleet}
mkdir -p "$base"
work=$(mktemp -d "$base/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

# judge REPORT TRUTH: what was planted, is it what was found? Prints "ok" or what is wrong.
cat >"$work/judge.py" <<'PY'
import json, sys
report = json.load(open(sys.argv[1]))
truth = {line.strip() for line in open(sys.argv[2]) if line.strip()}
kind = sys.argv[3]
def text(fact): return "%(key)s %(is)s %(value)s" % fact
# A range begins where the data have a gap: any bound above the healthy is right.
def planted(fact): return text(fact) in truth or (kind == "range" and fact["key"] == "disk./var.used_percent")
found = report["separators"]["found"]
false = [text(f) for one in found for f in one["facts"] if not planted(f)]
wrong = []
if truth and not found: wrong.append("nothing found")
if truth and found and not all(planted(f) for f in found[0]["facts"]): wrong.append("first: " + text(found[0]["facts"][0]))
if kind == "pair" and found and len(found[0]["facts"]) != 2: wrong.append("not a pair")
if kind == "two" and len(found) != 2: wrong.append("%d separators" % len(found))
if false: wrong.append("false: " + ", ".join(false))
print("; ".join(wrong) or "ok")
PY

measure() {
  : >"$work/times"
  for _ in 1 2 3; do
    rm -f "$work/r.json"
    /usr/bin/time -a -o "$work/times" -f '%e %U %S %M' "$casepack" fleet "$work/f" --json "$work/r.json" >"$work/text"
  done
  sort -n "$work/times" | awk -v name="$1" 'NR == 2 { wall = $1 } { cpu[NR] = $2 + $3; if ($4 > most) most = $4 }
    END { printf "%-16s %8.2f s wall %8.2f s cpu %8.1f MiB  ", name, wall, cpu[2], most / 1024 }'
}

for hosts in 100 1000 10000 100000; do
  [ "$hosts" -le "$largest" ] || continue
  # About 34 KB a host on a real one; less here, and 1.5 times that to be sure.
  free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
  [ "$free" -gt $((hosts * 30)) ] || { echo "$hosts hosts: not enough room in $base"; continue; }
  "$generate" "$work/f" "$hosts" 1 single >"$work/truth"
  cat "$work"/f/* >/dev/null
  measure "$hosts hosts"
  python3 "$work/judge.py" "$work/r.json" "$work/truth" single
  rm -rf "$work/f"
done

bad=0
for kind in single pair range two none; do
  good=0
  seed=1
  while [ "$seed" -le 20 ]; do
    "$generate" "$work/f" 412 "$seed" "$kind" 300 >"$work/truth"
    rm -f "$work/r.json"
    "$casepack" fleet "$work/f" --json "$work/r.json" >/dev/null
    verdict=$(python3 "$work/judge.py" "$work/r.json" "$work/truth" "$kind")
    if [ "$verdict" = ok ]; then good=$((good + 1)); else bad=1; echo "$kind, seed $seed: $verdict"; fi
    rm -rf "$work/f"
    seed=$((seed + 1))
  done
  echo "412 hosts, $kind: $good of 20 seeds right"
done
exit "$bad"
