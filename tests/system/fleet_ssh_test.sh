#!/bin/sh
# The README's lines for many hosts, as they stand there, against real sshd in a network
# namespace for each host: three that are well, of which the anti-malware engine of one is
# offline, one whose packets are dropped, and one that breaks the connection off.
# Everything is made in namespaces of this test; nothing leaves them.
set -eu
sshd=$(command -v sshd || echo /usr/sbin/sshd)
if [ -z "${FLEET_INSIDE:-}" ]; then
  [ "$(id -u)" -eq 0 ] || { echo "SKIP: namespaces need root" >&2; exit 77; }
  for tool in ssh ip nft unshare python3 "$sshd"; do
    command -v "$tool" >/dev/null || { echo "SKIP: $tool is not installed" >&2; exit 77; }
  done
  export FLEET_INSIDE=1
  exec unshare --mount --net --uts --pid --fork --kill-child --mount-proc sh "$0" "$@"
fi
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/sshd /run/fleet
export TMPDIR=/run/fleet
. "$(dirname "$0")/lib.sh"
casepack=$(readlink -f "$casepack")
readme=$(dirname "$(readlink -f "$0")")/../../README.md
home=$(getent passwd 0 | cut -d: -f6)
case $(file -bL "$casepack") in *"static"*) ;; *) skip "a dynamic build" ;; esac

# --- the hosts

ip link set lo up
ip link add br0 type bridge
ip addr add 10.77.0.1/24 dev br0
ip link set br0 up
mount -t tmpfs tmpfs "$home"
mkdir -m 700 "$home/.ssh"
ssh-keygen -q -t ed25519 -N '' -f "$home/.ssh/id_ed25519"
ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
printf 'Host *\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n' >"$home/.ssh/config"
printf '127.0.0.1 localhost\n' >"$work/hosts"
for i in 1 2 3 4 5; do printf '10.77.0.1%s host%s\n' "$i" "$i"; done >>"$work/hosts"
mount --bind "$work/hosts" /etc/hosts

# host NUMBER: its network, and a root of its own for what a visitor may leave behind.
host() {
  ip netns add "h$1"
  ip link add "v$1" type veth peer name eth0 netns "h$1"
  ip link set "v$1" master br0 up
  ip -n "h$1" addr add "10.77.0.1$1/24" dev eth0
  ip -n "h$1" link set eth0 up
  ip -n "h$1" link set lo up
  mkdir -p "$work/tmp$1" "$work/home$1"
  chmod 1777 "$work/tmp$1"
  cat >"$work/sshd$1" <<EOF
HostKey $work/host_key
AuthorizedKeysFile $work/authorized_keys
PidFile none
StrictModes no
UsePAM no
MaxStartups 100
$2
EOF
}
cp "$home/.ssh/id_ed25519.pub" "$work/authorized_keys"

# serve NUMBER: sshd, in namespaces where the host has its name, /tmp and home.
serve() {
  ip netns exec "h$1" unshare --uts --mount sh -c "
    hostname host$1
    mount --bind $work/tmp$1 /tmp && mount --bind $work/home$1 $home
    [ ! -d $work/opt$1 ] || mount --bind $work/opt$1 /opt
    exec $sshd -D -e -f $work/sshd$1" 2>"$work/sshd$1.log" &
}

# What the agent of host 3 says, in the shape of dsa_query's answers.
mkdir -p "$work/opt3/ds_agent"
cat >"$work/opt3/ds_agent/dsa_query" <<'EOF'
#!/bin/sh
case $2 in
GetComponentInfo) printf 'Component.AM.mode: driver-offline\nComponent.AM.driverOffline: true\n' ;;
GetPluginVersion) printf 'PluginVersion.core: 20.0.1-7380\n' ;;
GetAgentStatus) printf 'AgentStatus.agentState: green\nAgentStatus.dsmUrl: https://dsm.example.test:4120/\n' ;;
esac
EOF
chmod 755 "$work/opt3/ds_agent/dsa_query"
for i in 1 2 3 4; do host "$i" ""; done
host 5 "ForceCommand head -c 70000 /dev/zero; kill -9 \$PPID"
for i in 1 2 3 5; do serve "$i"; done
ip netns exec h4 nft -f - <<'EOF'
table inet t { chain in { type filter hook input priority 0; policy drop; }; }
EOF
cd "$work"
for i in 1 2 3 4 5; do echo "host$i"; done >hosts.txt
cp "$casepack" casepack
for _ in $(seq 50); do
  ssh -o BatchMode=yes -o ConnectTimeout=2 host3 true 2>/dev/null && break
  sleep 0.2
done

# nothing_left: as it was before anybody came, and no process of ours.
nothing_left() {
  for i in 1 2 3 5; do
    left=$(find "$work/tmp$i" "$work/home$i" -mindepth 1)
    [ -z "$left" ] || fail "left behind on host$i: $left"
  done
  ! pgrep -x casepack >/dev/null || fail "casepack still runs"
}

# --- the README's lines: what stands in the block behind a marker

block() { awk -v mark="<!-- fleet: $1 -->" '$0 == mark { on = 1; next } on && /^```$/ { exit } on && !/^```/ { print }' "$readme"; }

# try NAME EXIT [PROGRAM]: runs the block, as it stands, and shows what came out.
try() {
  command -v "${3:-sh}" >/dev/null || { echo "$1: $3 is not installed"; return 1; }
  line=$(block "$1")
  [ -n "$line" ] || fail "the README has no block for $1"
  code=0
  sh -c "$line" >report 2>said || code=$?
  [ "$code" -eq "$2" ] || { cat report said; fail "$1: exit $code, not $2"; }
  nothing_left
  cat report
}
# report_says TEXT...: blanks count as one.
report_says() {
  for text in "$@"; do tr -s ' ' <report | grep -qF -- "$text" || fail "the report does not say: $text"; done
}

try xargs 1
for i in 1 2 3; do
  "$casepack" verify "bundles/host$i.tar.gz" >/dev/null || fail "the bundle of host$i"
done
report_says "3 hosts (5 bundles)" "affected 1 offline" "bundles/host4.tar.gz" "bundles/host5.tar.gz"
if try clush 1 clush; then report_says "affected 1 offline" "host4" "host5"; fi
# pdsh tells no line without its end: what host 5 sent is nothing to it.
if try pdsh 0 pdsh; then report_says "affected 1 offline" "host4" "host5"; fi
