#!/bin/sh
# What a manager says of its agents, and what it may not do to us: dsm_cases.py against the
# stand-in dsm_server.py.
. "$(dirname "$0")/lib.sh"
for tool in python3 openssl strace tar getent; do has "$tool"; done
python3 "$(dirname "$0")/dsm_cases.py" "$casepack" "$work"
