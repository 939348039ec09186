#!/bin/sh
# Synthetic hosts, one for each cause: the verdict of the real binary in a chroot of each.
. "$(dirname "$0")/lib.sh"
has python3
has unshare
has openssl
[ "$(id -u)" -eq 0 ] || skip "namespaces and chroot need root"
case $(file -b "$casepack") in *"static-pie linked"*) ;; *) skip "a dynamic build" ;; esac
busybox=$(command -v busybox) || skip "busybox is not installed"
case $(file -bL "$busybox") in *"statically linked"*) ;; *) skip "busybox is not static" ;; esac
unshare --mount --pid --fork true 2>/dev/null || skip "no namespaces here"
python3 "$(dirname "$0")/hosts.py" "$casepack" "$work" "$busybox"
