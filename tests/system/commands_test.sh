#!/bin/sh
# Twenty commands that misbehave: each has its row, and the run keeps its time.
. "$(dirname "$0")/lib.sh"
has python3
export TMPDIR="$work"
manifest \
  "$(command_item sleep 1s "$child" sleep)" \
  "$(command_item sleep2 2s "$child" sleep)" \
  "$(command_item flood 5s "$child" flood)" \
  "$(command_item flood_err 5s "$child" flood-stderr)" \
  "$(command_item ignore_term 1s "$child" ignore-term)" \
  "$(command_item ignore_term2 1s "$child" ignore-term)" \
  "$(command_item fork_and_exit 5s "$child" fork-and-exit)" \
  "$(command_item setsid 5s "$child" setsid-and-exit)" \
  "$(command_item stdin 5s "$child" read-stdin)" \
  "$(command_item binary 5s "$child" binary)" \
  "$(command_item stderr 5s "$child" stderr)" \
  "$(command_item exit3 5s "$child" exit 3)" \
  "$(command_item signal 5s "$child" signal)" \
  "$(command_item close 1s "$child" close-and-sleep)" \
  "$(command_item spam 1s "$child" spam-and-hang)" \
  "$(command_item missing 5s /no/such/program)" \
  "$(command_item folder 5s /etc)" \
  "$(command_item zeros 5s cat /dev/zero)" \
  "$(command_item random 5s cat /dev/urandom)" \
  "$(command_item env 5s "$child" env)"
begun=$(date +%s)
run 1 env SECRET_OF_OURS=do-not-pass-on "$casepack" collect --product none --manifest "$work/m.json" --only 'test.*' -o "$work/b.tar.gz" --timeout 60s --quiet
took=$(($(date +%s) - begun))
[ "$took" -le 60 ] || fail "the run took $took s of its 60"
run 0 "$casepack" verify "$work/b.tar.gz"
expect() {
  got=$(row "$work/b.tar.gz" "test.$1")
  case $got in $2) ;; *) fail "test.$1: $got, not $2" ;; esac
}
expect sleep 'timed_out*'
expect sleep2 'timed_out*'
expect flood 'partial*'
expect flood_err 'partial*'
expect ignore_term 'timed_out*'
expect fork_and_exit 'partial*'
expect setsid 'partial*'
expect stdin 'ok*'
expect binary 'partial*'
expect stderr 'ok*'
expect exit3 'partial*'
expect signal 'partial*'
expect close 'timed_out*'
expect spam 'timed_out*'
expect missing 'missing*'
expect random 'partial*'
expect env 'ok*'
expect folder '[dfms]*'
"$casepack" show "$work/b.tar.gz" test.env | grep -q do-not-pass-on && fail "our environment went to a child"
"$casepack" show "$work/b.tar.gz" test.spam | grep -q . || fail "what came before the deadline is gone"
rm -f "$work/m.json" "$work/out" "$work/err" "$work/b.tar.gz"
[ -z "$(ls -A "$work")" ] || fail "left behind: $(ls -A "$work")"
