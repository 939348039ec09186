#!/bin/sh
# Nothing raw is stored: not in the bundle, and not in anything that was written on the way.
. "$(dirname "$0")/lib.sh"
has python3
root=$work/tree
mkdir -p "$root/etc/app" "$root/var/log/password=CANARY7name"
cat >"$root/etc/app/app.conf" <<'CONF'
user = admin
password = CANARY1plain
url = https://user:CANARY2url@db.example.test/
{"api_key": "CANARY3json"}
Authorization: Bearer CANARY4bearer
CONF
printf -- '-----BEGIN RSA PRIVATE KEY-----\nCANARY5pem\n-----END RSA PRIVATE KEY-----\n' >"$root/etc/app/key.pem"
echo "x" >"$root/var/log/password=CANARY7name/a.log"
gzip -c "$root/etc/app/app.conf" >"$root/etc/app/old.conf.gz"
manifest \
  '{"id": "test.conf", "title": {"en": "conf", "ja": "設定"}, "kind": "file", "with": {"paths": ["/etc/app/*", "/var/log/*/*.log"]}}' \
  '{"id": "test.tree", "title": {"en": "tree", "ja": "一覧"}, "kind": "file_tree", "with": {"path": "/"}}'
for format in tar.gz tar.zst zip; do
  code=0
  "$casepack" collect --root "$root" --product none --manifest "$work/m.json" --only 'test.*' -o "$work/b.$format" --quiet >"$work/out" 2>"$work/err" || code=$?
  [ "$code" -le 1 ] || { cat "$work/err"; fail "exit $code"; }
  mkdir "$work/open.$format"
  bsdtar -xf "$work/b.$format" -C "$work/open.$format" 2>/dev/null || tar -xf "$work/b.$format" -C "$work/open.$format"
  grep -raoE 'CANARY[0-9][a-z]+' "$work/open.$format" "$work/out" "$work/err" && fail "a secret is in the $format"
  find "$work/open.$format" | grep CANARY && fail "a secret is in a name"
  grep -rqF '[REDACTED:' "$work/open.$format" || fail "nothing says that something was removed"
done
"$casepack" plan --root "$root" --product none --manifest "$work/m.json" --only 'test.*' | grep CANARY && fail "plan shows a secret"
has strace
strace -f -o "$work/trace" true 2>/dev/null || skip "strace may not trace here"
strace -f -s 200000 -o "$work/trace" -e trace=write,pwrite64,writev,sendto "$casepack" collect --root "$root" --product none --manifest "$work/m.json" \
  --only 'test.*' -o "$work/traced.tar.gz" --quiet >/dev/null 2>&1 || :
grep -c write "$work/trace" >/dev/null || fail "the trace is empty"
grep CANARY "$work/trace" && fail "a secret was written somewhere" || :
