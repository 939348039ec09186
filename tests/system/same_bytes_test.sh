#!/bin/sh
# The same inputs give the same bytes, but for index.json, whatever the threads did.
. "$(dirname "$0")/lib.sh"
has python3
root=$work/tree
mkdir -p "$root/var/log" "$root/etc"
for i in 1 2 3 4 5 6 7 8; do seq 1 $((i * 3000)) >"$root/var/log/$i.log"; done
echo 'web01' >"$root/etc/hostname"
manifest \
  '{"id": "test.odd", "title": {"en": "odd", "ja": "奇数"}, "kind": "file", "with": {"paths": ["/var/log/[1357].log"]}}' \
  '{"id": "test.even", "title": {"en": "even", "ja": "偶数"}, "kind": "file", "with": {"paths": ["/var/log/[2468].log"]}}' \
  '{"id": "test.tree", "title": {"en": "tree", "ja": "一覧"}, "kind": "file_tree", "with": {"path": "/var"}}'
for n in 1 2 3; do
  sleep 1 # what tells the time of the run differs
  mkdir "$work/$n"
  SOURCE_DATE_EPOCH=1700000000 run 0 "$casepack" collect --root "$root" --product none --manifest "$work/m.json" --only 'test.*' \
    --jobs "$n" -o "$work/$n" --quiet
  mkdir "$work/$n/open"
  tar -xzf "$work/$n"/casepack-web01-20231114T221320Z.tar.gz -C "$work/$n/open"
done
rest() { python3 - "$1"/*.tar.gz <<'PY'
import hashlib, sys, zlib
data = open(sys.argv[1], "rb").read()
unpacker = zlib.decompressobj(31)
unpacker.decompress(data)
print(hashlib.sha256(unpacker.unused_data).hexdigest())
PY
}
[ "$(rest "$work/1")" = "$(rest "$work/2")" ] || fail "the data differs between two runs"
[ "$(rest "$work/1")" = "$(rest "$work/3")" ] || fail "the data differs between two runs"
different=$(diff -rq "$work/1/open" "$work/2/open" | sed 's/.*\/\([^/]*\) differ$/\1/')
case $different in index.json) ;; *) fail "these differ: $different" ;; esac
