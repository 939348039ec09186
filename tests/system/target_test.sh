#!/bin/sh
# Where it cannot be written is known before anything is gathered; a full disk leaves nothing.
. "$(dirname "$0")/lib.sh"
collect() { "$casepack" collect --product none --only host.memory "$@"; }
run 3 collect -o "$work/no/such/folder/b.tar.gz"
says "casepack: error:"
echo mine >"$work/mine.tar.gz"
run 3 collect -o "$work/mine.tar.gz"
[ "$(cat "$work/mine.tar.gz")" = mine ] || fail "it overwrote a file"
run 2 collect -o "$work/b.tar.gz" --format zip
[ ! -e "$work/b.tar.gz" ] || fail "it wrote all the same"

# Standard output: the bundle and nothing else, and nothing left behind.
mkdir "$work/tmp" "$work/here"
(cd "$work/here" && TMPDIR=$work/tmp collect -o - >"$work/out.tar.gz" 2>"$work/err") || fail "collect -o -: $(cat "$work/err")"
"$casepack" verify "$work/out.tar.gz" >/dev/null || fail "what came from standard output is no bundle"
[ -z "$(ls -A "$work/tmp" "$work/here" | grep -v :)" ] || fail "left behind: $(ls -A "$work/tmp" "$work/here")"
# A reader that goes away.
code=0
{ collect -o - 2>"$work/err" || code=$?; echo $code >"$work/code"; } | head -c 10 >/dev/null
# Closed streams: what is printed must not end up in the bundle.
collect -o "$work/closed.tar.gz" >&- 2>&- <&- || fail "exit $? of a collect that nobody listens to"
code=0
collect -o - >&- 2>"$work/err" || code=$?
[ "$code" -eq 3 ] || fail "exit $code, not 3, of a bundle into a closed stream"
"$casepack" verify "$work/closed.tar.gz" >/dev/null || fail "closed streams spoilt the bundle"

[ "$(id -u)" -eq 0 ] || skip "a full disk needs root to be made"
mkdir "$work/small" "$work/tree"
mount -t tmpfs -o size=256k tmpfs "$work/small" 2>/dev/null || skip "no tmpfs may be mounted here"
trap 'umount "$work/small"; rm -rf "$work"' EXIT
head -c 3000000 /dev/urandom | od -An -tx1 >"$work/tree/noise.log"
manifest '{"id": "test.noise", "title": {"en": "noise", "ja": "雑音"}, "kind": "file", "with": {"paths": ["/noise.log"], "max_each": "20M"}}'
run 3 "$casepack" collect --root "$work/tree" --product none --manifest "$work/m.json" --only test.noise -o "$work/small/b.tar.gz"
says "casepack: error:"
[ -z "$(ls -A "$work/small")" ] || fail "a full disk is left with: $(ls -A "$work/small")"
