#!/bin/sh
# layering_test.sh REPO_ROOT | --self-test
# Includes go to a lower storey, and what one place may do only that place does.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)/layering.awk
GOOD='os/1.cc:<archive.h> os/1_posix.cc:<sys/stat.h> os/3_posix.cc:_exit(1) os/2.cc:p.exit(snprintf(a,"exit(1)printf("));//exit(1)
  cli/1.cc:<CLI/CLI.hpp> cli/2.cc:std::cout<<exit(1) base/json.cc:<nlohmann/json.hpp> base/1.cc:<fmt/format.h>
  ../redaction/1.cc:<vector> ../redaction/2.cc:"redaction/rule.h" manifest/1.h:"redaction/rule.h"
  kinds/1.cc:"collector/kinds/kind.h" kinds/2.cc:"collector/manifest/field.h" run/1.cc:"collector/report/words.h"
  kinds/host_facts.cc:"collector/kinds/host_facts_sources.h" records/1.cc:"collector/base/time.h"
  kinds/3.cc:"collector/records/window.h" analysis/1.cc:"collector/records/stamp.h" analysis/2.cc:"collector/manifest/event_table.h"'
BAD='base/9.cc:"redaction/rule.h" ../redaction/9.cc:"collector/base/utf8.h" ../redaction/8.h:<fmt/format.h>
  os/9.h:"collector/manifest/field.h" manifest/9.cc:"collector/os/host.h" manifest/8.cc:"redaction/stream.h"
  bundle/9.cc:"collector/manifest/field.h" bundle/8.h:"collector/kinds/kind.h" kinds/9.cc:"collector/kinds/file.h"
  kinds/8.cc:"collector/bundle/writer.h" kinds/7.cc:"collector/manifest/parse.h" analysis/9.cc:"collector/os/host.h" analysis/8.cc:"collector/kinds/kind.h" manifest/7.cc:"collector/analysis/event.h"
  report/9.cc:"collector/kinds/kind.h" report/8.cc:"collector/os/host.h" report/7.cc:"collector/run/plan.h"
  run/9.cc:"collector/fleet/load.h" fleet/9.cc:"collector/run/plan.h" run/8.cc:"collector/cli/flags.h"
  base/8.cc:"utf8.h" base/7.cc:"collector/base/../run/plan.h" base/6.cc:<collector/run/plan.h> wrong/9.cc:int
  base/5.cc:<nlohmann/json.hpp> run/7.cc:<CLI/CLI.hpp> cli/9.cc:<CLI/CLI.hpp> run/6.cc:<archive_entry.h>
  os/8.cc:<unistd.h> os/7.h:<sys/stat.h> cli/8.cc:<fcntl.h> os/6_posix.h:<poll.h> kinds/6.cc.in:std::cerr<<1
  kinds/host.cc:"collector/kinds/hosts_x.h" records/9.cc:"collector/os/file.h" os/2.h:"collector/records/stamp.h"
  os/5.cc:printf("x") os/4.cc:std::fprintf(f) run/5.cc:f(stderr) run/4.cc:std::exit(1) os/3.cc:quick_exit(1)'
run() (cd "$1" && [ -d collector ] && [ -d redaction ] &&
  find collector redaction -name '*.h' -o -name '*.cc' -o -name '*.in' | sort | xargs awk -f "$rules" /dev/null)
[ "$1" = --self-test ] || { run "$1" && echo "layering: ok" && exit 0; exit 1; }

fail() { echo "layering self-test: $*" >&2; exit 1; }
plant() {  # FOLDER/FILE:TEXT, an include when the text looks like one
  path=collector/${1%%:*}; path=${path#collector/../}; text=${1#*:}; mkdir -p "$tree/${path%/*}"
  case $text in [\<\"]*) text="#include $text" ;; esac
  printf '\n%s\n' "$text" > "$tree/$path"
}
tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
run "$tree" && fail "an empty tree passes"
for good in $GOOD; do plant "$good"; done
run "$tree" || fail "what is right does not pass"
for bad in $BAD; do plant "$bad"; done
found=$(run "$tree") && fail "passes with violations"
for bad in $BAD; do
  path=collector/${bad%%:*}; path=${path#collector/../}
  [ "$(echo "$found" | grep -c "^$path:[12]: ")" = 1 ] || fail "not found once: $bad"
done
echo "layering self-test: ok, $(echo "$found" | wc -l) violations found"
