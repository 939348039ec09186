#!/bin/sh
# The table of CP932 is what its generator makes of Python's codec.
. "$(dirname "$0")/lib.sh"
has python3
analysis=$(dirname "$0")/../../collector/analysis
PYTHONIOENCODING=utf-8 python3 "$analysis/event_cp932.py" >"$work/table.h"
cmp "$work/table.h" "$analysis/event_cp932_table.h" || fail "run event_cp932.py again"
