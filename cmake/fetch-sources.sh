#!/bin/sh
# fetch-sources.sh DEST PACKAGE...   unpacks distribution source packages below DEST.
# Needs dpkg-dev. Needs no root, and writes only below DEST: the machine's own apt
# lists are read, and used as source lists in a private apt state.
set -eu
dest=$(mkdir -p "$1" && cd "$1" && pwd)
shift
apt=$dest/.apt
mkdir -p "$apt/sources.list.d" "$apt/lists/partial" "$apt/cache/archives/partial"
for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  if [ -f "$f" ]; then sed -n 's/^deb /deb-src /p' "$f" > "$apt/sources.list.d/$(basename "$f" .list)-src.list"; fi
done
for f in /etc/apt/sources.list.d/*.sources; do
  if [ -f "$f" ]; then sed 's/^Types:.*/Types: deb-src/' "$f" > "$apt/sources.list.d/$(basename "$f")"; fi
done
cat > "$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources.list.d";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "";
CONF
export APT_CONFIG="$apt/apt.conf"
apt-get -qq update
cd "$dest"
for package in "$@"; do
  if [ -e "$package.done" ]; then continue; fi
  if ! apt-get -qq source "$package" > "$package.log" 2>&1; then
    # Some mirrors lack the .dsc of a security update: the upstream tarball alone then.
    rm -f "$package"_*.dsc
    apt-get -qq source --tar-only "$package" >> "$package.log" 2>&1
    for t in "$package"_*.orig.tar.*; do
      case $t in *.asc) ;; *) tar xf "$t" ;; esac
    done
  fi
  touch "$package.done"
done
rm -rf "$apt"
