"""Every case of a probe against a real server, and the same check typed by hand: both have
to come to the same verdict. probe_cases.py BINARY WORK [--table]"""
import concurrent.futures
import json
import subprocess
import sys
import time

import probe_net

binary, work = sys.argv[1:3]
wants_table = "--table" in sys.argv
net = probe_net.Net(work)
P = probe_net.PORTS
wrong = []


def probe(targets, *options, user=None, more=()):
    argv = [binary, "probe", "--json", *options, *targets]
    if user:
        argv = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *argv]
    begun = time.monotonic()
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60)
    took = time.monotonic() - begun
    if done.returncode not in (0, 1):
        raise SystemExit(f"exit {done.returncode}: {done.stderr}")
    rows = json.loads(done.stdout)["targets"]
    failed = any(row["state"] != "ok" for row in rows)
    expect("exit code", done.returncode, 1 if failed else 0)
    return rows, took


def expect(what, got, wanted):
    if got != wanted:
        wrong.append(f"{what}: {got!r}, not {wanted!r}")


def by_hand(command):
    begun = time.monotonic()
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=30)
    return done.returncode == 0, time.monotonic() - begun


def verdict(row):
    return "ok" if row["state"] == "ok" else f'{row["deciding"]}.{row["reason"]}'


def dig(name):  # the direct question alone; getent is the system's view
    return f"dig +time=3 +tries=1 +search +short {name} | grep -q ."


def cases():
    """target, verdict, the same by hand."""
    host = probe_net.HOST
    tls = lambda name, *more: f"echo | timeout 6 openssl s_client -brief -verify_return_error -verify_hostname good.test " \
                              f"-CAfile /etc/ssl/certs/ca-certificates.crt -servername good.test -connect {host}:{P[name]} {' '.join(more)}"
    nc = lambda where, port: f"nc -z -w 4 {where} {port}"
    yield from [
        ("dns://good.test", "ok", "getent ahosts good.test && " + dig("good.test")),
        ("dns://short", "ok", "getent ahosts short && " + dig("short")),
        ("dns://many.test", "ok", "getent ahosts many.test"),
        ("dns://none.test", "dns.not_found", "getent ahosts none.test"),
        ("dns://empty.test", "dns.no_address", "getent ahosts empty.test"),
        ("dns://servfail.odd.test", "dns.server_failure", "getent ahosts servfail.odd.test"),
        ("dns://slow.odd.test", "ok", "getent ahosts slow.odd.test"),
        ("dns://hang.odd.test", "dns.timeout", "getent ahosts hang.odd.test"),
        ("dns://hostsonly.example", "ok", "getent ahosts hostsonly.example"),
        ("dns://both.test", "ok", "getent ahosts both.test"),
        (f"icmp://{host}", "ok", None),
        (f"icmp://[{probe_net.HERE6}]", "ok", None),
        (f"tcp://good.test:{P['accept']}", "ok", nc("good.test", P["accept"])),
        (f"tcp://v6.test:{P['accept6']}", "ok", nc("v6.test", P["accept6"])),
        (f"tcp://dual.test:{P['accept6']}", "ok", nc("dual.test", P["accept6"])),
        (f"tcp://good.test:{P['refuse']}", "tcp.refused", nc("good.test", P["refuse"])),
        ("tcp://good.test:4999", "tcp.timeout", nc("good.test", 4999)),
        (f"tcp://{host}:{P['full']}", "tcp.timeout", nc(host, P["full"])),
        (f"tcp://{host}:{P['reset']}", "tcp.reset", f"curl -s -m 4 telnet://{host}:{P['reset']} </dev/null"),
        ("tcp://203.0.113.7:80", "tcp.host_unreachable", nc("203.0.113.7", 80)),
        ("tcp://192.0.2.7:80", "tcp.network_unreachable", nc("192.0.2.7", 80)),
        (f"tls://good.test:{P['good']}", "ok", tls("good")),
        (f"tls://good.test:{P['expired']}", "tls.expired", tls("expired")),
        (f"tls://good.test:{P['future']}", "tls.not_yet_valid", tls("future")),
        (f"tls://good.test:{P['wrong']}", "tls.wrong_name", tls("wrong")),
        (f"tls://good.test:{P['unknown']}", "tls.unknown_root", tls("unknown")),
        (f"tls://good.test:{P['self']}", "tls.self_signed", tls("self")),
        (f"tls://good.test:{P['tls10']}", "tls.old_protocol", tls("tls10")),
        (f"tls://good.test:{P['asks']}", "ok", tls("asks")),
        (f"tls://good.test:{P['http']}", "tls.not_tls", tls("http")),
        (f"tls://good.test:{P['accept']}", "tls.timeout", tls("accept")),
        (f"tls://good.test:{P['reset']}", "tcp.reset tls.reset", tls("reset")),  # whichever sees it first
        (f"https://good.test:{P['https']}/", "ok", f"curl -sI -o /dev/null -m 6 https://good.test:{P['https']}/"),
        (f"https://good.test:{P['from2020']}", "tls.clock", f"curl -sI -o /dev/null -m 6 https://good.test:{P['from2020']}/"),
        (f"http://good.test:{P['http']}", "ok", f"curl -sI -o /dev/null -m 6 http://good.test:{P['http']}/"),
        (f"http://v6.test:{P['http']}", "ok", f"curl -sI -o /dev/null -m 6 http://v6.test:{P['http']}/"),
        (f"http://good.test:{P['http']}/forbidden", "ok", f"curl -sI -o /dev/null -m 6 http://good.test:{P['http']}/forbidden"),
        (f"http://good.test:{P['http']}/broken", "http.server_error", f"curl -sfI -o /dev/null -m 6 http://good.test:{P['http']}/broken"),
        (f"http://good.test:{P['accept']}", "http.timeout", f"curl -sI -o /dev/null -m 6 http://good.test:{P['accept']}/"),
        (f"ntp://good.test:{P['ntp']}", "ok", None),
        (f"ntp://good.test:{P['ntp_off']}", "ntp.clock_off", None),
        (f"ntp://{host}:1", "ntp.refused", None),
    ]


def main_cases():
    listed = list(cases())
    rows, took = probe([target for target, _, _ in listed])
    by_target = {}
    with concurrent.futures.ThreadPoolExecutor(2 if wants_table else 16) as pool:
        hands = list(pool.map(lambda case: by_hand(case[2]) if case[2] else (None, 0), listed))
    for (target, wanted, command), row, (hand, hand_took) in zip(listed, rows, hands):
        by_target[target] = row
        expect(target, verdict(row) in wanted.split(), True) if " " in wanted else expect(target, verdict(row), wanted)
        if command:
            expect(f"by hand: {command}", hand, wanted == "ok")
        if wants_table:
            said = "-" if hand is None else "ok" if hand else "fails"
            print(f"| `{target}` | {verdict(row)} | {row['ms'] / 1000:.2f} s | {said} | {hand_took:.2f} s |")
    if wants_table:
        print(f"all {len(listed)} at once: {took:.1f} s")
    details(by_target)
    if took > 12:
        wrong.append(f"the matrix took {took:.1f} s")


def details(rows):
    host = probe_net.HOST
    dns = rows["dns://both.test"]["layers"]["dns"]
    expect("hosts file", dns["system"]["addresses"], [probe_net.OTHER])
    expect("DNS", dns["direct"][0]["addresses"], [host])
    expect("differ", dns["differ"], True)
    expect("differ of good", rows["dns://good.test"]["layers"]["dns"]["differ"], False)
    expect("differ of hostsonly", rows["dns://hostsonly.example"]["layers"]["dns"]["differ"], True)
    expect("truncated", len(rows["dns://many.test"]["layers"]["dns"]["direct"][0]["addresses"]) > 10, True)
    attempts = rows[f"tcp://dual.test:{P['accept6']}"]["layers"]["tcp"]["attempts"]
    expect("dual", {a["family"]: a["state"] for a in attempts}, {"ipv4": "failed", "ipv6": "ok"})
    attempt = rows[f"tcp://good.test:{P['accept']}"]["layers"]["tcp"]["attempts"][0]
    expect("source", (attempt["source"], attempt["interface"]), (host, "lo"))
    good = rows[f"tls://good.test:{P['good']}"]["layers"]["tls"]
    expect("chain", (good["chain"][0]["names"], good["chain"][0]["not_after"]), (["good.test"], "2040-01-01T00:00:00Z"))
    expect("protocol", good["protocol"], "TLSv1.3")
    expect("asks", rows[f"tls://good.test:{P['asks']}"]["layers"]["tls"]["client_certificate"], "requested")
    offset = rows[f"ntp://good.test:{P['ntp_off']}"]["layers"]["ntp"]["offset_ms"]
    expect("offset", abs(offset - 3_600_000) < 2000, True)
    missing = rows["dns://none.test"]
    expect("the FAQ's words", missing["sentence"]["en"], "Could not resolve host: none.test")


def proxies():
    host = probe_net.HOST
    https, http = f"https://good.test:{P['https']}", f"http://good.test:{P['http']}"
    nowhere = f"https://good.test:{P['refuse']}"
    listed = [
        ("proxy", "", https, "ok"), ("proxy", "", http, "ok"),
        ("proxy", "", http + "/forbidden", "http.forbidden"), ("proxy", "", nowhere, "proxy.proxy_cannot_reach"),
        ("auth", "ann:s3cret-Word@", https, "ok"), ("auth", "", https, "proxy.proxy_auth"),
        ("auth", "ann:wr0ng-Word@", https, "proxy.unauthorized proxy.proxy_auth"), ("narrow", "", https, "proxy.forbidden"),
        ("refuse", "", https, "tcp.refused"), ("accept", "", https, "proxy.timeout")]

    def one(case):
        proxy, user, target, wanted = case
        url = f"http://{user}{host}:{P[proxy]}"
        rows, _ = probe([target], f"--proxy={url}")
        hand, hand_took = by_hand(f"curl -sI -f -o /dev/null -m 6 -x {url} {target}")
        got = verdict(rows[0])
        expect(f"{target} by {url}", got in wanted.split(), True)
        expect(f"by hand: {target} by {url}", hand, wanted == "ok")
        expect("no credentials are shown", "s3cret" in json.dumps(rows) or "wr0ng" in json.dumps(rows), False)
        if wants_table:
            who = f"{proxy} as {user[:3]}" if user else proxy
            print(f"| `{target}` by {who} | {got} | {rows[0]['ms'] / 1000:.2f} s | {'ok' if hand else 'fails'} | {hand_took:.2f} s |")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(one, listed))


def pinned_ports():
    """What the agent's and the manager's own ports are like: signed by themselves, mutual TLS."""
    item = {"id": "test.ports", "title": {"en": "t", "ja": "t"}, "kind": "probe", "with": {
        "targets": [f"m{v}.x=tls://{{manager}}:{P['mutual' + v]}" for v in ("12", "13")] + [f"self=tls://{{manager}}:{P['self']}"],
        "trust": "any"}}
    path = net.write("m.json", json.dumps({"casepack_manifest": 1, "id": "test.m", "title": {"en": "t", "ja": "t"}, "items": [item]}))
    rows, _ = probe([], f"--manifest={path}", "--manager=good.test")
    rows = {row["target"]: row for row in rows}
    for name in ("m12.x", "m13.x"):
        expect(name, verdict(rows[name]), "ok")
        expect(name, rows[name]["layers"]["tls"].get("client_certificate"), "required")
        expect(name, rows[name]["layers"]["tls"]["problems"], ["self_signed"])
    expect("self", verdict(rows["self"]), "ok")
    command = [binary, "collect", f"--manifest={path}", "--only=test.ports", "--manager=good.test", f"--output={work}/b.tar.gz", "--quiet"]
    expect("collect", subprocess.run(command, capture_output=True).returncode, 0)
    shown = subprocess.run([binary, "show", f"{work}/b.tar.gz", "raw/test.ports/probe.json"], capture_output=True, text=True)
    document = json.loads(shown.stdout)
    expect("fact", document["facts"]["m12.x"]["tls"], "ok")
    expect("sentence", bool(document["targets"][0]["sentence"]["ja"]), True)


def many_at_once():
    good = [f"tcp://{probe_net.HOST}:{P['http']}"] * 32
    hang = [f"tcp://{probe_net.HOST}:4999"] * 32
    rows, took = probe([target for pair in zip(good, hang) for target in pair])
    expect("32 of 64", sum(row["state"] == "ok" for row in rows), 32)
    if took > 7:
        wrong.append(f"64 targets took {took:.1f} s")


def ordinary_user():
    rows, _ = probe([f"icmp://{probe_net.HOST}", f"tcp://good.test:{P['accept']}"], user=65534)
    expect("ping of nobody", (rows[0]["state"], verdict(rows[0])), ("not_permitted", "icmp.not_permitted"))
    expect("tcp of nobody", verdict(rows[1]), "ok")


try:
    net.all()
    for part in (main_cases, proxies, pinned_ports, many_at_once, ordinary_user):
        part()
finally:
    net.stop()
    if sys.exc_info()[0]:
        print("\n".join(wrong), file=sys.stderr)
if wrong:
    print("\n".join(wrong), file=sys.stderr)
    raise SystemExit(1)
