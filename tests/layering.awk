# The storeys, and what only one place may do. Fed by layering_test.sh with all sources.
BEGIN {  # lowest storey first: a row names rows above it, never one beside it
  may["base"] = "base"; may["redaction"] = "redaction"
  may["os"] = "os base"; may["records"] = "records base"; may["manifest"] = "manifest base redaction/rule.h"
  may["bundle"] = "bundle base redaction os"; may["archive"] = "archive base redaction os"
  may["kinds"] = "kinds/kind.h kinds/files.h kinds/registry.h base os records manifest/options.h manifest/field.h bundle/entry.h bundle/digest.h archive/byte_source.h archive/zip_table.h archive/zip_content.h"
  may["analysis"] = "analysis base records manifest bundle"; may["report"] = "report base bundle analysis"
  may["run"] = "run base redaction os records manifest archive bundle kinds analysis report"
  may["fleet"] = "fleet base records manifest bundle analysis report"
  may["cli"] = "cli base redaction os records manifest archive bundle kinds analysis report run fleet"
  word = "(^|[^A-Za-z0-9_])"
  prints = word "((f|d|v|vf|vd)?printf|f?puts|perror|fmt::v?print) *\\(|std::c(out|err|log)|" word "std(out|err)([^A-Za-z0-9_]|$)"
  ends = "(^|[^A-Za-z0-9_.>])(quick_)?exit *\\("  # _exit and _Exit are for signal handlers
  library = "^((fmt|openssl)/.*|archive|archive_entry|zlib|zstd|lzma|bzlib|lz4frame|libdeflate)\\.h$"
}
function bad(why) { print FILENAME ":" FNR ": " why; failed = 1 }
function check(wrong, why) { if (wrong) bad(why ": " name) }
function allowed(    list, i, stem) {
  # A kind's own header carries the kind's name: host_facts_sources.h is host_facts.cc's.
  # So do its headers among themselves.
  if (layer == "kinds" && target ~ /^kinds\//) { stem = FILENAME; sub(/.*\//, "", stem); sub(/\..*/, "", stem); if (FILENAME ~ /\.h$/) sub(/_[^_]*$/, "", stem); if (index(target, "kinds/" stem "_") == 1) return 1 }
  for (i = split(may[layer], list, " "); i > 0; --i) if (target == list[i] || index(target, list[i] "/") == 1) return 1
  return 0
}
FNR == 1 { split(FILENAME, part, "/"); layer = part[1] == "collector" ? part[2] : part[1] }
FNR == 1 && !(layer in may) { bad("no such layer: " layer) }
match($0, /^[ \t]*#[ \t]*include[ \t]*["<]/) {
  name = substr($0, RLENGTH + 1); sub(/[">].*/, "", name); target = name; sub(/^collector\//, "", target)
  rooted = name ~ /^(collector|redaction)\// && name !~ /\.\./
  if (substr($0, RLENGTH, 1) == "\"") { check(!rooted, "not from the root"); check(rooted && !allowed(), layer " may not include"); next }
  if (rooted) { bad("ours in angle brackets: " name); next }
  # Its libraries each in the one file that needs it (RE2 in two).
  single = FILENAME ~ /^redaction\/(ruleset|capture)\.cc$/ ? "^re2/re2\\.h$" : FILENAME == "redaction/processor.cc" ? "^cpuid\\.h$" : FILENAME == "redaction/pseudonyms.cc" ? "^openssl/(sha|crypto)\\.h$" : FILENAME ~ /_(sse2|avx2|avx512)\.cc$/ ? "^(emm|imm)intrin\\.h$" : "^$"
  check(layer == "redaction" && name !~ /^[a-z0-9_]+$/ && name !~ single, "redaction includes std only")
  check(name ~ /^nlohmann\// && FILENAME != "collector/base/json.cc", "outside base/json.cc")
  check(name ~ /^archive(_entry)?\.h$/ && layer != "os" && layer != "bundle" && layer != "archive", "outside os, bundle and archive")
  check(name ~ /^CLI\// && (FILENAME !~ /^collector\/cli\/.*\.cc$/ || (parser && parser != FILENAME)), "outside one file of cli")
  if (name ~ /^CLI\//) parser = FILENAME
  # The standard library has no .h: what is none of our libraries is the platform.
  check(name ~ /\.h$/ && name !~ library && name !~ single && !(name ~ /^re2\// && FILENAME == "collector/base/pattern.cc") && FILENAME !~ /_(posix|linux|windows)\.cc$/, "a platform header")
  next
}
layer != "cli" {
  gsub(/"([^"\\]|\\.)*"/, "\"\""); sub(/\/\/.*/, "")
  if ($0 ~ prints) bad("only cli prints")
  if ($0 ~ ends) bad("only cli ends the program")
}
END { exit failed }
