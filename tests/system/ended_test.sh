#!/bin/sh
# Ctrl-C, SIGTERM, SIGHUP and the time limit seal what there is; SIGKILL leaves nothing.
. "$(dirname "$0")/lib.sh"
has python3
manifest \
  '{"id": "test.quick", "title": {"en": "quick", "ja": "速い"}, "kind": "file", "with": {"paths": ["/etc/passwd"]}, "priority": 90}' \
  "$(command_item slow 50s "$child" spam-and-hang)"
complete() {
  "$casepack" show "$1" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["complete"])'
}
start() {
  mkdir "$work/$1"
  "$casepack" collect --product none --manifest "$work/m.json" --only 'test.*' -o "$work/$1" --quiet >"$work/$1.out" 2>&1 &
  pid=$!
  sleep 1
}
for signal in INT TERM HUP; do
  # A shell that is not interactive starts background jobs with SIGINT ignored.
  mkdir "$work/$signal"
  code=0
  python3 - "$casepack" "$work/$signal" "$work/m.json" "$signal" <<'PY' || code=$?
import signal, subprocess, sys, time
casepack, folder, manifest, name = sys.argv[1:]
process = subprocess.Popen([casepack, "collect", "--product", "none", "--manifest", manifest, "--only", "test.*", "-o", folder, "--quiet"])
time.sleep(1)
process.send_signal(getattr(signal, "SIG" + name))
sys.exit(process.wait(timeout=30))
PY
  [ "$code" -eq 130 ] || fail "SIG$signal: exit $code"
  bundle=$(ls "$work/$signal"/*.tar.gz)
  [ "$(complete "$bundle")" = False ] || fail "not marked as incomplete"
  case $(row "$bundle" test.quick) in ok*) ;; *) fail "what was there is gone" ;; esac
  case $(row "$bundle" test.slow) in partial*run.interrupted*) ;; *) fail "slow: $(row "$bundle" test.slow)" ;; esac
done
run 1 "$casepack" collect --product none --manifest "$work/m.json" --only 'test.*' -o "$work/limit.tar.gz" --quiet --timeout 3s
[ "$(complete "$work/limit.tar.gz")" = False ] || fail "not marked as incomplete"
case $(row "$work/limit.tar.gz" test.slow) in timed_out*run.time_limit*) ;; *) fail "slow: $(row "$work/limit.tar.gz" test.slow)" ;; esac

start killed
kill -KILL "$pid"
wait "$pid" 2>/dev/null || :
[ -z "$(ls -A "$work/killed")" ] || fail "a killed run left: $(ls -A "$work/killed")"
pkill -f "$child spam-and-hang" 2>/dev/null || :
