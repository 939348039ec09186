#!/usr/bin/env python3
"""hosts.py CASEPACK WORK BUSYBOX [HOST...]: synthetic hosts, each with a known cause.

Each host is a small tree of the shapes that the product leaves on a real one, with scripts
in the place of its read-only commands and of its daemons. The real binary runs in a chroot
of it, in mount and process namespaces of its own, and what it concludes is compared with
what is known. A cause that is confirmed or likely and is not expected is a failure, too.
No file here comes from a customer.
"""
import concurrent.futures
import copy
import json
import os
import pathlib
import subprocess
import sys

KERNEL = os.uname().release
BUILT_IN = "D0:68:DE:48:1B:DC:4D:00:89:07:7F:85:15:20:C5:90:11:EB:56:6A"

STATUS = {
    "agentState": "green", "agentCertHash": "11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44",
    "dsmUrl": "https://dsm.example.test:4120/", "driverHooked": "7", "driverChecked": "7", "driverState": "7",
    "auStatus": "2", "pluginDownloadInProgress": "false", "FIPSMode": "0",
    "currentTime": "1747120480", "lastAgentToManagerSession": "1747120455",
}
COMPONENTS = {
    "CORE.version": "20.0.1.7380", "AM.mode": "on", "AM.driverOffline": "false", "AM.cap.realtime": "true",
    "AM.configurations": "3", "AM.licenseExpiry": "1786780000", "AM.moduleStatus": "0", "AM.scanStatus": "4",
    "AM.version.engine.ATSE": "21.600.1005",
    "AM.version.pattern.2.name": "Smart Scan Agent Pattern", "AM.version.pattern.2.version": "18.489.00",
    "FWDPI.mode": "on", "FWDPI.driverState": "7", "IM.mode": "off", "LI.mode": "off", "WRS.mode": "on",
}
LOG = [
    "2025-05-13 10:14:16.104893 [+0200]: [Info/5] | features am on=true | dsa/Features.lua:120:Update | 480C:27DC:dsa.Scheduler_0006",
    "2025-05-13 10:14:18.742209 [+0200]: [Cmd/5] | Received command GetEvents | dsa/ConnectionHandler.lua:1577:LogDsmCommand | 480C:27DC:dsa.Scheduler_0006",
]
MODULES = ["tmhook 225280 1 bmhook, Live 0x0000000000000000 (OE)", "bmhook 49152 0 - Live 0x0000000000000000 (OE)",
           "ext4 1007616 1 - Live 0x0000000000000000"]
DF = ["Filesystem     Type  1024-blocks    Used Available Capacity Mounted on",
      "/dev/vda2      xfs      41922560 9000000  32922560      22% /",
      "/dev/vda3      xfs      20961280 3000000  17961280      15% /var"]
PACKAGES = {"ds-agent": "20.0.1-7380", "bash": "5.1-6ubuntu1"}

HEALTHY = {
    "status": STATUS, "components": COMPONENTS, "plugins": {"core": "20.0.1-7380", "am": "20.0.1-7380"},
    "log": LOG, "modules": MODULES, "df": DF, "dmesg": ["[    1.0] Linux version"], "packages": PACKAGES,
    "kernels": [KERNEL, "5.4.0-1-generic"], "daemons": ["/opt/ds_agent/ds_agent", "/opt/ds_agent/ds_am"],
    "files": {}, "agent": True, "efi": None,
    # Nobody of its network is here: what is not probed is unknown, and not a problem.
    "options": "--skip 'connectivity.*'",
}


def host(state, causes, **changes):
    made = copy.deepcopy(HEALTHY)
    for key, value in changes.items():
        if isinstance(made.get(key), dict) and isinstance(value, dict):
            made[key].update(value)
        elif key == "add_log":
            made["log"] += value
        else:
            made[key] = value
    made["expected"] = {"state": state, "causes": causes}
    return made


OFFLINE = {"AM.mode": "driver-offline", "AM.driverOffline": "true"}


def line(text, level="Error/1", offset=" [+0200]"):
    return f"2025-05-13 10:20:42.000000{offset}: [{level}] | {text} | dsa/Update.lua:26:Run | 528:2FA0:dsp.am.service"


EVENTS = (
    "時刻,レベル,イベントID,イベント,タグ,イベント送信元,対象,処理実行者,Manager,説明\n"
    '"2021-06-30 12:39:30",エラー,2202,ソフトウェアアップデート: 不正プログラム対策モジュールのインストール失敗,,Agent,HOST01,System,m1,'
    '"不正プログラム対策のインストール失敗\n\nAgent/Applianceイベント:\n\n時刻: 2021-06-30 12:39:27\nレベル: エラー\nイベントID: 5102\n'
    'イベント: 保護モジュールの配信失敗\n説明: Feature 「am」のインストールに失敗しました: DSR\nCould not resolve host: DSR"\n')
HEADER = "Time,Level,Event ID,Event,Tag(s),Event Origin,Target,Action By,Manager,Description\n"
ENGLISH = HEADER + (
    '"May 13, 2025 10:11:48",Error,,Anti-Malware Engine Offline,,Agent,HOST01,System,m1,"Anti-Malware Engine Offline. Reason ID: 7"\n')
SKIPPED = HEADER + (
    '"May 13, 2025 10:11:48",Info,2206,Security Update: Pattern Update on Agents/Appliances Skipped,,Agent,HOST01,System,m1,'
    '"Security Update: Pattern Update on Agents/Appliances skipped\n\nAgent/Appliance Event(s):\n\nTime: May 13, 2025 10:11:44\n'
    'Level: Info\nEvent ID: 9020\nEvent: Security Update: Pattern Update on Agents/Appliances Skipped\n'
    'Description: Deep Security Agent did not perform a pattern update because Anti-malware is off."\n')



def some_root():
    """A certificate that is none of those wanted."""
    return subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-days", "30",
                           "-subj", "/CN=Example Root"], capture_output=True, text=True, check=True).stdout


HOSTS = {
    "healthy": host("online", {}),
    "healthy-older-agent": host("online", {}, plugins={"core": "12.0.0-967"}, log=[
        "2018-06-25 17:52:14.000000: [Info/5] | features am on=true | dsa\\Features.lua:12:Update | 1:2:dsa.Scheduler_0001"]),
    "ksp-missing": host("offline", {"cause.ksp_missing": "confirmed"}, components=OFFLINE,
                        kernels=["5.4.0-1-generic"], modules=MODULES[2:]),
    "ksp-not-on-relay": host("offline", {"cause.ksp_missing": "likely"}, components=OFFLINE, modules=MODULES[2:],
                             add_log=[line("Failed download of Feature-AM-RedHat_EL7-10.0.0-3953.x86_64.dsp from : https://dsr.example.test:4122"),
                                      line("HTTP/1.1 404 Not Found")]),
    "secure-boot": host("offline", {"cause.secure_boot": "likely"}, components=OFFLINE, modules=MODULES[2:],
                        efi="SecureBoot enabled",
                        dmesg=["[    9.1] Loading of module with unavailable key is rejected"]),
    "secure-boot-off": host("online", {}, efi="SecureBoot disabled"),
    "relay-unresolved": host("degraded", {"cause.update_failed.name_resolution": "likely"},
                             components={"AM.mode": "not-installed"},
                             add_log=[line("Installation of Feature 'am' failed: dsr.example.test"),
                                      line("Could not resolve host: dsr.example.test")]),
    "relay-unresolved-older-agent": host(
        "degraded", {"cause.update_failed.name_resolution": "likely"}, components={"AM.mode": "not-installed"},
        add_log=[line("Could not resolve host: dsr.example.test", offset="")]),
    "not-imported": host("degraded", {"cause.update_failed.not_imported": "likely"},
                         components={"AM.mode": "not-installed"},
                         add_log=[line("Not available: The DSA package has not been imported into Deep Security Manager.")]),
    "proxy-refuses": host("degraded", {"cause.update_failed.communication": "likely"},
                          components={"AM.mode": "not-installed"}, add_log=[line("HTTP/1.1 407 Proxy Authentication Required")]),
    "relay-times-out": host("degraded", {"cause.update_failed.communication": "likely"},
                            components={"AM.mode": "not-installed"}, add_log=[line("Connection timed out after 20001 ms")]),
    "signature": host("degraded", {"cause.update_failed.signature": "likely"}, components={"AM.mode": "not-installed"},
                      add_log=[line("Agent/Plugin package signature validation failed")]),
    "disk-full": host("degraded", {"cause.update_failed.disk_space": "likely"}, components={"AM.mode": "not-installed"},
                      df=DF[:2] + ["/dev/vda3      xfs      20961280 20961280         0     100% /var"]),
    "cache-damaged": host("degraded", {"cause.update_failed.cache": "likely"}, components={"AM.mode": "not-installed"},
                          files={"/var/opt/ds_agent/iAU/au/empty.ptn": "", "/var/opt/ds_agent/iAU/au/cut.zip": "PK\3\4" + "x" * 90}),
    "root-missing": host("degraded", {"cause.update_failed.trust_store": "likely"}, components={"AM.mode": "not-installed"},
                         files={"/etc/ssl/certs/ca-certificates.crt": some_root()},
                         add_log=[line("SSL: certificate verify failed")]),
    "relay-without-internet": host("degraded", {"cause.update_failed.internet": "likely"},
                                   components={"AM.mode": "not-installed"},
                                   files={"/var/opt/ds_agent/relay/www/index": "x\n"},
                                   options="--skip 'connectivity.[!i]*'"),
    # As ds_am.init does under load: gone at the first look, there at the second.
    "modules-reloading": host("online", {}, modules=MODULES[2:],
                              files={"/reload": "#!/bin/sh\nsleep 12\ncp /modules.all /proc/modules\n",
                                     "/modules.all": "\n".join(MODULES) + "\n"},
                              daemons=HEALTHY["daemons"] + ["/reload"]),
    "process-stopped": host("offline", {"cause.process_stopped": "confirmed"}, components=OFFLINE,
                            daemons=["/opt/ds_agent/ds_agent"]),
    "agent-stopped": host("unknown", {"cause.process_stopped": "likely"}, daemons=[], status=None, components=None,
                          plugins=None),
    "out-of-memory": host("offline", {"cause.process_stopped": "confirmed"}, components=OFFLINE,
                          daemons=["/opt/ds_agent/ds_agent"],
                          dmesg=["[ 99.0] Out of memory: Killed process 4711 (ds_am) total-vm:1kB, anon-rss:1kB"]),
    "crashed": host("degraded", {"cause.process_stopped": "likely"}, components={"AM.mode": "not-ready"},
                    dmesg=["[ 99.0] ds_am[812]: segfault at 0 ip 0000000000401136 sp 00007ffd error 4 in ds_am[401000+1000]"]),
    "busy": host("online", {"cause.performance": "likely"}, daemons=["/opt/ds_agent/ds_agent", "/opt/ds_agent/ds_am busy"]),
    "other-antivirus": host("degraded", {"cause.conflict": "likely"}, components={"AM.mode": "not-installed"},
                            files={"/opt/CrowdStrike/falcon-sensor": "#!/bin/sh\nwhile :; do sleep 1; done\n"},
                            daemons=HEALTHY["daemons"] + ["/opt/CrowdStrike/falcon-sensor"]),
    "never-activated": host("never_activated", {}, status={"agentCertHash": BUILT_IN, "dsmUrl": ""}),
    "green-but-offline": host("offline", {"cause.process_stopped": "confirmed"}, status={"agentState": "green"},
                              components=OFFLINE, daemons=["/opt/ds_agent/ds_agent"]),
    "ksp-and-resolution": host("offline", {"cause.ksp_missing": "confirmed",
                                           "cause.update_failed.name_resolution": "likely"},
                               components=OFFLINE, kernels=[], modules=MODULES[2:],
                               add_log=[line("Could not resolve host: dsr.example.test")]),
    "disk-and-conflict": host("degraded", {"cause.update_failed.disk_space": "likely", "cause.conflict": "likely"},
                              components={"AM.mode": "not-installed"},
                              df=DF[:1] + ["/dev/vda2      xfs      41922560 41922560         0     100% /"],
                              files={"/opt/x/clamd": "#!/bin/sh\nwhile :; do sleep 1; done\n"},
                              daemons=HEALTHY["daemons"] + ["/opt/x/clamd"]),
    "manager-refuses": host("degraded", {"cause.update_failed.communication": "likely"},
                            components={"AM.mode": "not-installed"}, status={"dsmUrl": "https://127.0.0.1:4120/"},
                            options=""),
    "event-in-utf8": host("degraded", {"cause.update_failed.name_resolution": "confirmed"},
                          components={"AM.mode": "not-installed"}, files={"/events.csv": EVENTS},
                          options="--skip 'connectivity.*' --events /events.csv"),
    "event-in-cp932": host("degraded", {"cause.update_failed.name_resolution": "confirmed"},
                           components={"AM.mode": "not-installed"}, files={"/events.csv": EVENTS.encode("cp932")},
                           options="--skip 'connectivity.*' --events /events.csv"),
    "event-reason-7": host("degraded", {"cause.ksp_missing": "confirmed"}, components={"AM.mode": "not-installed"},
                           files={"/events.csv": ENGLISH}, options="--skip 'connectivity.*' --events /events.csv"),
    "event-reason-11": host("degraded", {"cause.secure_boot": "confirmed"}, components={"AM.mode": "not-installed"},
                            files={"/events.csv": ENGLISH.replace("Reason ID: 7", "Reason ID: 11")},
                            options="--skip 'connectivity.*' --events /events.csv"),
    "manager-events": host("unknown", {"cause.update_failed.not_imported": "confirmed"}, agent=False,
                           packages={"bash": "5.1-6ubuntu1"}, daemons=[],
                           files={"/opt/dsm/dsm_s.vmoptions": "-Xmx4g\n", "/events.csv": EVENTS.replace(
                               "Could not resolve host: DSR",
                               "Not available: The DSA package has not been imported into Deep Security Manager.")},
                           options="--skip 'connectivity.*' --events /events.csv"),
    "event-skipped-update": host("online", {}, files={"/events.csv": SKIPPED},
                                 options="--skip 'connectivity.*' --events /events.csv"),
    "switched-off": host("off", {}, components={"AM.mode": "off"}, daemons=["/opt/ds_agent/ds_agent"]),
    "not-installed": host("not_installed", {}, agent=False, packages={"bash": "5.1-6ubuntu1"}, daemons=[]),
    "appliance": host("online", {"cause.appliance": "confirmed"},
                      files={"/var/opt/ds_agent/slowpath/README": "x\n"}),
    "relay": host("online", {}, files={"/var/opt/ds_agent/relay/www/index": "x\n"}),
    "manager": host("unknown", {}, agent=False, packages={"bash": "5.1-6ubuntu1"}, daemons=[],
                    files={"/opt/dsm/dsm_s.vmoptions": "-Xmx4g\n"}),
}

SCRIPT = "#!/bin/sh\n"
# Busy: several loops, each in a session of its own (the kernel shares its time among those),
# so that it is even where other tests take their share.
DAEMON = SCRIPT + """case $1 in
busy) for i in 1 2 3 4 5 6; do setsid $0 loop & done ;;
loop) while :; do :; done ;;
esac
while :; do sleep 1; done
"""


# /proc of the namespace, but for the list of modules: that of the tree. A kernel without
# modules has no file that one could put it on, so /proc is made of its parts.
START = SCRIPT + """
mount -t proc proc /realproc && mount -t tmpfs tmpfs /proc || exit 99
cp /modules /proc/modules
for name in stat cpuinfo meminfo uptime loadavg version cmdline; do
  : >/proc/$name && mount -o bind /realproc/$name /proc/$name || exit 99
done
ln -s /realproc/self /proc/self
DAEMONS
sleep 1
for path in /realproc/[0-9]*; do
  mkdir /proc/${path##*/} && mount -o bind $path /proc/${path##*/}
done
/casepack collect --product deep-security -o /out.tar.gz --json OPTIONS
"""


def write(root, path, text, mode=0o644):
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    file.chmod(mode)


def properties(prefix, values):
    """As dsa_query prints them: first an index of the names, then the values."""
    index = [f"{prefix}.{i}: {name}" for i, name in enumerate(values)]
    return "\n".join(index + [f"{prefix}.{name}: {value}" for name, value in values.items()]) + "\n"


def write_agent(root, spec):
    answers = {"GetAgentStatus": ("AgentStatus", spec["status"]), "GetComponentInfo": ("Component", spec["components"]),
               "GetPluginVersion": ("PluginVersion", spec["plugins"])}
    query = SCRIPT + "[ -f /answers/$2 ] || { echo 'Unable to connect to the agent' >&2; exit 1; }\ncat /answers/$2\n"
    write(root, "/opt/ds_agent/dsa_query", query, 0o755)
    for command, (prefix, values) in answers.items():
        if values is not None:
            write(root, f"/answers/{command}", properties(prefix, values))
    for kernel in spec["kernels"]:
        for module in ("tmhook", "bmhook"):
            write(root, f"/opt/ds_agent/{kernel}/{module}.ko", "module\n")
    for daemon in ("ds_agent", "ds_am"):
        write(root, f"/opt/ds_agent/{daemon}", DAEMON, 0o755)
    write(root, "/opt/ds_agent/secureboot/DS2022.der", "der\n")
    write(root, "/var/opt/ds_agent/dsa_core/ds_agent.config", "not read\n")
    write(root, "/var/opt/ds_agent/diag/ds_agent.log", "\n".join(spec["log"]) + "\n")
    write(root, "/var/opt/ds_agent/diag/ds_am.log",
          "2025-05-13 10:00:14.778069: [ds_am/4] | [MAIN] started | main.cpp:1:main | 1\n")


def build(root, spec, casepack, busybox):
    for folder in ("proc", "realproc", "sys", "tmp", "dev", "bin", "var/log"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    write(root, "/dev/null", "")
    write(root, "/etc/os-release", 'ID=ubuntu\nVERSION_ID="22.04"\nPRETTY_NAME="Ubuntu 22.04.4 LTS"\n')
    write(root, "/etc/resolv.conf", "nameserver 192.0.2.53\nsearch example.test\n")
    status = "".join(f"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n"
                     for name, version in spec["packages"].items())
    write(root, "/var/lib/dpkg/status", status)
    write(root, "/modules", "\n".join(spec["modules"]) + "\n")
    write(root, "/answers/df", "\n".join(spec["df"]) + "\n")
    write(root, "/answers/dmesg", "\n".join(spec["dmesg"]) + "\n")
    for tool in ("df", "dmesg"):
        write(root, f"/usr/bin/{tool}", SCRIPT + f"case \"$*\" in *-i*) exit 1 ;; esac\ncat /answers/{tool}\n", 0o755)
    if spec["efi"]:
        (root / "sys/firmware/efi").mkdir(parents=True)
        write(root, "/usr/bin/mokutil", SCRIPT + f"echo '{spec['efi']}'\n", 0o755)
    for name, (source, _) in {"casepack": (casepack, 0), "bin/busybox": (busybox, 0)}.items():
        (root / name).write_bytes(pathlib.Path(source).read_bytes())
        (root / name).chmod(0o755)
    for applet in ("sh", "cat", "cp", "ln", "mkdir", "mount", "setsid", "sleep"):
        (root / "bin" / applet).symlink_to("busybox")
    if spec["agent"]:
        write_agent(root, spec)
    for path, text in spec["files"].items():
        write(root, path, text, 0o755)
    start = "".join(f"{daemon} </dev/null >/dev/null 2>&1 &\n" for daemon in spec["daemons"])
    write(root, "/start", START.replace("DAEMONS\n", start).replace("OPTIONS", spec["options"]), 0o755)


def run(root):
    # The namespaces end with their first process: nothing of the host's daemons outlives it.
    command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "chroot", str(root), "/start"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=170,
                          env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"})
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def findings(casepack, bundle):
    done = subprocess.run([casepack, "show", bundle, "findings.json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def again(casepack, bundle):
    done = subprocess.run([casepack, "analyze", bundle, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def check(name, spec, found, repeated):
    expected = spec["expected"]
    offered = {row["id"]: row["state"] for row in found["findings"] if row["state"] in ("confirmed", "likely")}
    wrong = []
    if found["verdict"]["state"] != expected["state"]:
        wrong.append(f"state {found['verdict']['state']}, expected {expected['state']}")
    if offered != expected["causes"]:
        wrong.append(f"causes {offered}, expected {expected['causes']}")
    if len(found["checklist"]) != 22:
        wrong.append(f"{len(found['checklist'])} rows in the checklist")
    for row in found["checklist"]:
        if row["state"] == "unknown" and not row.get("unknown") and not row.get("missing"):
            wrong.append(f"{row['id']} is unknown and does not say why")
    repeated.pop("facts")
    if repeated != found:
        wrong.append("analyze of the bundle says something else than the run did")
    shown = ", ".join(f"{cause} {state}" for cause, state in offered.items()) or "-"
    print(f"{'ok ' if not wrong else 'BAD'} {name:30} {found['verdict']['state']:16} {shown}")
    for text in wrong:
        print(f"      {text}")
    return not wrong


def main():
    casepack, work, busybox = sys.argv[1:4]
    names = sys.argv[4:] or list(HOSTS)
    roots = {name: pathlib.Path(work) / name for name in names}
    for name, root in roots.items():
        root.mkdir()
        build(root, HOSTS[name], casepack, busybox)
    # Most of a run is waiting between two looks at the processes.
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(run, roots.values()))
    good = True
    for name, root in roots.items():
        bundle = str(root / "out.tar.gz")
        good = check(name, HOSTS[name], findings(casepack, bundle), again(casepack, bundle)) and good
    sys.exit(0 if good else 1)


main()
