#!/bin/sh
# Other people's tools open what we write: each member, byte for byte what the index says.
. "$(dirname "$0")/lib.sh"
has python3
root=$work/tree
mkdir -p "$root/var/log/日本語"
printf 'one line\n' >"$root/var/log/a.log"
printf 'ログ\n' >"$root/var/log/日本語/異常.log"
python3 -c 'print("x" * 79 + "\n" * 1, end=""); [print("line %d of a member that takes several chunks" % i) for i in range(16000)]' >"$root/var/log/big.log"
: >"$root/var/log/empty.log"
manifest '{"id": "test.logs", "title": {"en": "logs", "ja": "ログ"}, "kind": "file", "with": {"paths": ["/var/log/**/*.log", "/var/log/*.log"], "max_each": "8M"}}'

# check FOLDER BUNDLE: the unpacked files against the index.
check() {
  python3 - "$1" <<'PY'
import hashlib, json, os, sys
top = sys.argv[1]
folder, = os.listdir(top)
root = os.path.join(top, folder)
index = json.load(open(os.path.join(root, "index.json"), encoding="utf-8"))
assert index["format"] == "casepack-bundle/1"
count = 0
for item in index["items"]:
    for member in item["members"]:
        data = open(os.path.join(root, member["name"]), "rb").read()
        assert len(data) == member["bytes"], member
        assert hashlib.sha256(data).hexdigest() == member["sha256"], member
        count += 1
assert count == 4, count
assert os.path.exists(os.path.join(root, "SUMMARY.txt"))
PY
}

for format in tar.gz tar.zst zip; do
  bundle=$work/b.$format
  run 0 "$casepack" collect --root "$root" --product none --manifest "$work/m.json" --only test.logs -o "$bundle" --quiet
  [ "$(stat -c %a "$bundle")" = 600 ] || fail "mode $(stat -c %a "$bundle")"
  run 0 "$casepack" verify "$bundle"
  for tool in tar bsdtar 7z unzip python3; do
    command -v $tool >/dev/null || continue
    out=$work/out.$tool.$format
    mkdir "$out"
    case $tool-$format in
    tar-tar.gz) tar -xzf "$bundle" -C "$out" ;;
    tar-tar.zst) command -v zstd >/dev/null || continue; tar --zstd -xf "$bundle" -C "$out" ;;
    bsdtar-*) bsdtar -xf "$bundle" -C "$out" ;;
    7z-zip) 7z x -bd -o"$out" "$bundle" >/dev/null ;;
    7z-tar.gz) 7z x -bd -so "$bundle" >"$work/7.tar" && 7z x -bd -o"$out" "$work/7.tar" >/dev/null ;;
    unzip-zip) unzip -q "$bundle" -d "$out" ;;
    python3-tar.gz) python3 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' "$bundle" "$out" ;;
    python3-zip) python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$bundle" "$out" ;;
    *) continue ;;
    esac
    check "$out" || fail "$tool on $format"
    echo "$tool opens $format"
  done
done

# The first gzip member alone holds the summary and nothing of the rest.
python3 - "$work/b.tar.gz" <<'PY'
import io, sys, tarfile, zlib
data = open(sys.argv[1], "rb").read()
unpacker = zlib.decompressobj(31)
first = unpacker.decompress(data)
names = [m.name.split("/", 1)[1] for m in tarfile.open(fileobj=io.BytesIO(first + bytes(1024)))]
assert names == ["index.json", "SUMMARY.txt", "facts.json", "findings.json"], names
PY
