#!/bin/sh
# What probe says against real servers, in a network namespace of its own: probe_cases.py.
. "$(dirname "$0")/lib.sh"
[ "$(id -u)" -eq 0 ] || skip "a network namespace of its own needs root"
for tool in unshare ip nft dnsmasq openssl nginx tinyproxy dig nc curl getent setpriv; do has "$tool"; done
unshare --net --mount true 2>/dev/null || skip "namespaces are not to be had here"
unshare --net --mount --propagation private python3 "$(dirname "$0")/probe_cases.py" "$casepack" "$work"
