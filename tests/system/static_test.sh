#!/bin/sh
# One file that needs nothing: no interpreter, no shared library, an empty chroot is enough.
. "$(dirname "$0")/lib.sh"
case $(file -b "$casepack") in
*"static-pie linked"*) ;;
*) skip "a dynamic build" ;;
esac
file -b "$casepack" | grep -q 'for GNU/Linux 3.2.0' || fail "not for kernels from 3.2: $(file -b "$casepack")"
readelf -lW "$casepack" | grep -q INTERP && fail "it asks for an interpreter"
readelf -dW "$casepack" | grep -q NEEDED && fail "it needs a shared library"
# What would load the host's libraries at run time.
for word in libnss_ /usr/lib/x86_64-linux-gnu/gconv; do
  grep -qaF "$word" "$casepack" && echo "note: the binary names $word" >&2
done
[ "$(id -u)" -eq 0 ] || skip "chroot needs root"

mkdir "$work/root"
cp "$casepack" "$work/root/casepack"
run 0 chroot "$work/root" /casepack version
says casepack
run 0 chroot "$work/root" /casepack help --lang ja
says 使い方
# There is nothing to gather: a bundle that says so is what we want, not a crash.
code=0
chroot "$work/root" /casepack collect -o /b.tar.gz >"$work/out" 2>&1 || code=$?
[ "$code" -le 1 ] || { cat "$work/out"; fail "collect in an empty chroot: exit $code"; }
run 0 chroot "$work/root" /casepack verify /b.tar.gz
says good
[ "$(ls -A "$work/root" | tr '\n' ' ')" = "b.tar.gz casepack " ] || fail "it left: $(ls -A "$work/root")"
