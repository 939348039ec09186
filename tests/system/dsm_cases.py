"""What casepack says of a manager, honest or not: dsm_cases.py BINARY WORK"""
import csv
import json
import os
import signal
import subprocess
import sys
import time

import dsm_server as server

binary, work = sys.argv[1:3]
manager = server.Manager(work)
manager.start()
KEY_FILE = f"{work}/key"
GOOD, SELF = manager.ports["good"], manager.ports["self"]
with open(binary, "rb") as bytes_of_it:
    SANITIZED = b"__asan_init" in bytes_of_it.read()
SLOW = 4 if SANITIZED else 1  # times the deadlines of the test itself, never those under test
wrong = []
said = []  # all that any run printed or wrote


def write(name, text, mode=0o600):
    path = f"{work}/{name}"
    with open(path, "w") as out:
        out.write(text)
    os.chmod(path, mode)
    return path


def expect(what, got, wanted):
    if got != wanted:
        wrong.append(f"{what}: {got!r}, not {wanted!r}")


def says(what, text, part):
    if part not in text:
        wrong.append(f"{what}: {part!r} is not in {text[:2000]!r}")


def run(*argv, code=0, limit=30, env=None):
    done = subprocess.run([binary, *argv], capture_output=True, timeout=limit * SLOW, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    said.append(done.stdout + done.stderr)
    if done.returncode != code:
        wrong.append(f"exit {done.returncode}, not {code}: {argv} {done.stderr.decode(errors='replace')[:600]}")
    return done.stdout.decode(), done.stderr.decode()


def ask(mode, *more, code=0, **rest):
    return run("dsm", "--url", f"https://localhost:{GOOD}/{mode}", "--api-key-file", KEY_FILE, "--ca", f"{work}/ca.pem", *more,
               code=code, **rest)


def counts(mode, *more, **rest):
    document = json.loads(ask(mode, "--json", *more, **rest)[0])
    expect(f"{mode}: complete", document["complete"], True)
    return document


# --- an honest manager

def honest():
    for mode in ("api", "chunked", "pages"):
        document = counts(mode)
        told = document["counts"]
        for name, wanted in {"computers": server.TOTAL, "agents": server.AGENTS, "am_offline": server.OFFLINE, "unreadable": 0,
                             "without_status": 0}.items():
            expect(f"{mode}: {name}", told[name], wanted)
        expect(f"{mode}: the offline", len(document["offline_hosts"]), server.OFFLINE)
        expect(f"{mode}: first", told["by_version"][0], {"value": "20.0.0.2740", "agents": 225, "am_offline": 37})
        texts = {row["value"]: row["am_offline"] for row in told["by_status"]}
        expect(f"{mode}: text", (texts[server.OFFLINE_TEXT], texts[server.JAPANESE], texts["Managed (Online)"]), (36, 1, 0))
        row = document["offline_hosts"][1]
        expect(f"{mode}: row", row, {"id": 1006, "host": "host0002.example.test", "agent": True, "am_offline": True, "agent_status": "error",
                                     "status": [server.OFFLINE_TEXT, "Security Update Failed"], "agent_version": "20.0.0.2740",
                                     "platform": "Red Hat Enterprise 8 (64 bit)", "last_contact": "2025-05-13T07:14:15Z"})
    expect("calls of small pages", document["calls"], 10)
    text, _ = ask("api")
    says("headline", text, "37 of 412 agents: anti-malware engine offline")
    text, _ = ask("api", "--lang", "ja")
    says("headline", text, "Agent 412 台中 37 台")
    # With /api left out, through a proxy, by a pin, and by the pin as openssl prints it.
    run("dsm", "--url", f"https://localhost:{GOOD}", "--api-key-file", KEY_FILE, "--ca", f"{work}/ca.pem",
        "--proxy", f"http://127.0.0.1:{manager.ports['proxy']}")
    expect("the proxy was used", manager.connections["proxy"], 2)
    run("dsm", "--url", f"https://127.0.0.1:{SELF}", "--api-key-file", KEY_FILE, "--pin", manager.fingerprint("self"))
    path = f"{work}/all.csv"
    ask("api", "--csv", path)
    with open(path, newline="") as text:
        rows = list(csv.DictReader(text))
    expect("CSV rows", (len(rows), sum(row["am_offline"] == "yes" for row in rows)), (server.TOTAL, server.OFFLINE))
    says("a CSV that is there stays", ask("api", "--csv", path, code=3)[1], path)


def saved():
    path = write("saved.json", json.dumps({"computers": server.COMPUTERS}))
    document = json.loads(run("dsm", "--from", path, "--json")[0])
    expect("saved", (document["counts"]["am_offline"], document["counts"]["agents"], document["source"]), (37, 412, "file"))
    for text in ("", "{}", "[1", "{\"computers\": 1}"):
        run("dsm", "--from", write("bad.json", text), code=1)
    run("dsm", "--from", write("none.json", "[]"), code=1)
    run("dsm", "--from", f"{work}/not-there", code=2)


# --- who is trusted, and what is told to whom

def trust():
    before = len(manager.requests)
    for argv in ((), ("--pin", "00" * 32)):
        _, err = run("dsm", "--url", f"https://localhost:{SELF}", "--api-key-file", KEY_FILE, *argv, code=1)
        says("fingerprint", err, manager.fingerprint("self").replace(":", "").lower())
        says("nothing sent", err, "nothing was sent")
    run("dsm", "--url", f"https://localhost:{GOOD}", "--api-key-file", KEY_FILE, code=1)  # not of the system's roots
    run("dsm", "--url", f"https://localhost:{SELF}", "--api-key-file", KEY_FILE, "--ca", f"{work}/ca.pem", code=1)
    run("dsm", "--url", f"https://localhost:{manager.ports['plain']}", "--api-key-file", KEY_FILE, "--pin", "00" * 32, code=1)
    expect("requests without trust", manager.requests[before:], [])
    ask("redirect", code=1)
    expect("followed", manager.evil, 0)
    _, err = run("dsm", "--url", f"https://localhost:{GOOD}", "--api-key-file", write("other", "NOTTHEKEY\n"), "--ca",
                 f"{work}/ca.pem", code=1)
    says("wrong key", err, "HTTP 403")


def typed():
    url = f"https://localhost:{GOOD}"
    for argv in ((), ("--url", url), ("--api-key-file", KEY_FILE), ("--url", url, "--api-key-file", KEY_FILE, "--from", KEY_FILE),
                 ("--url", f"http://localhost:{GOOD}", "--api-key-file", KEY_FILE), ("--url", "localhost", "--api-key-file", KEY_FILE),
                 ("--url", f"https://user:pass@localhost:{GOOD}", "--api-key-file", KEY_FILE),
                 ("--url", url + "/api?x", "--api-key-file", KEY_FILE), ("--url", url, "--api-key-file", f"{work}/nothing"),
                 ("--url", url, "--api-key-file", write("wide", server.KEY, 0o644)), ("--url", url, "--api-key-file", write("empty", "\n")),
                 ("--url", url, "--api-key-file", write("lines", "a\r\nEvil: b")), ("--url", url, "--api-key-file", KEY_FILE, "--pin", "12"),
                 ("--url", url, "--api-key-file", KEY_FILE, "--ca", KEY_FILE),
                 ("--url", url, "--api-key-file", KEY_FILE, "--pin", "00" * 32, "--ca", f"{work}/ca.pem")):
        run("dsm", *argv, code=2)


# --- a manager that is slow, broken or hostile

def lies():
    for mode, part in {
            "loop": "repeats itself", "backwards": "order of their IDs", "notjson": "not the JSON", "deep": "not the JSON",
            "shape": "no list of computers", "empty": "no computers", "cut": "cut_short", "endless": "more than is taken",
            "chunks": "more than is taken", "claim": "more than is taken", "head": "bad_header", "gzip": "encoded",
            "redirect": "HTTP 307", "error": "HTTP 500", "nothing-here": "HTTP 404"}.items():
        begun = time.monotonic()
        out, err = ask(mode, code=1, limit=60)
        says(mode, err, part)
        expect(f"{mode}: a count of nothing", out if mode not in ("loop", "backwards") else "", "")
        if time.monotonic() - begun > 30 * SLOW:
            wrong.append(f"{mode}: {time.monotonic() - begun:.0f} s")
    for mode in ("hang", "drip", "always429", "creep"):
        begun = time.monotonic()
        ask(mode, "--timeout", "2s", code=1)
        if time.monotonic() - begun > 10 * SLOW:
            wrong.append(f"{mode}: {time.monotonic() - begun:.0f} s for 2 s")
    child = subprocess.Popen([binary, "dsm", "--url", f"https://localhost:{GOOD}/hang", "--api-key-file", KEY_FILE, "--ca",
                              f"{work}/ca.pem"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = len(manager.requests)
    while len(manager.requests) == before:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    expect("Ctrl-C", child.wait(10 * SLOW), 130)
    out, _ = ask("half", code=1)
    says("half", out, "incomplete, so far 37 of 50 agents")
    document = json.loads(ask("half", "--json", "--csv", f"{work}/half.csv", code=1)[0])
    expect("half", ("counts" in document, document["counts_so_far"]["agents"]), (False, 50))
    expect("a CSV of a half", os.path.exists(f"{work}/half.csv"), False)
    document = counts("throttle")
    expect("throttled", (document["throttled"], document["counts"]["am_offline"]), (2, 37))


def odd():
    document = counts("types")
    expect("types", [document["counts"][name] for name in ("unreadable", "computers", "agents", "am_offline")], [8, 4, 3, 2])
    document = counts("large", limit=60)
    expect("large", (document["counts"]["am_offline"], document["calls"] > 3), (37, True))
    for argv in (("--json",), ()):
        out, _ = ask("hostile", *argv)
        for bad in ("\x1b", "\x07") + (() if argv else ("\u202e",)):
            expect(f"{bad!r} is shown", bad in out, False)
        if len(out) > 20_000:
            wrong.append(f"hostile: {len(out)} bytes")
        says("the key's place", out, "your key is [api key]")
    ask("hostile", "--csv", f"{work}/hostile.csv")
    with open(f"{work}/hostile.csv", newline="") as text:
        rows = list(csv.reader(text))
    expect("rows", len(rows), 3)
    expect("formula", rows[1][1][:2], "'=")
    with open(f"{work}/hostile.csv", "rb") as text:
        said.append(text.read())
    # 20,000 computers and 100 MB of texts, each another; and lies, with little memory to be had.
    # A sanitizer reserves more than that for itself; without the limit only the first is new.
    line = "exec \"$@\"" if SANITIZED else f"ulimit -v {96 << 10}; exec \"$@\""
    modes = (("many", 0), ("endless", 1), ("claim", 1), ("deep", 1), ("gzip", 1), ("hostile", 0), ("large", 0))
    for mode, code in modes[:1] if SANITIZED else modes:
        done = subprocess.run(["sh", "-c", line, "sh", binary, "dsm", "--url", f"https://localhost:{GOOD}/{mode}", "--api-key-file",
                               KEY_FILE, "--ca", f"{work}/ca.pem", "--json"], capture_output=True, timeout=60 * SLOW)
        expect(f"{mode} in 96 MiB", done.returncode, code)
        if mode == "many":
            told = json.loads(done.stdout)["counts"]
            expect("many", (told["agents"], len(told["by_status"]), len(told["by_version"])), (20_000, 501, 501))


# --- in a bundle

def show(bundle, member):
    return run("show", bundle, member)[0]


def collected():
    bundle = f"{work}/c.tar.gz"
    argv = ["collect", "--product", "deep-security", "--only", "dsm.*", "--output", bundle, "--dsm-url", f"https://localhost:{GOOD}/api",
            "--dsm-key-file", KEY_FILE, "--dsm-ca", f"{work}/ca.pem", "--role", "manager"]
    before = len(manager.requests)
    run("plan", *argv[1:5], *argv[7:13])
    run(*argv)  # nobody has agreed
    expect("without consent", manager.requests[before:], [])
    os.rename(bundle, f"{work}/before.tar.gz")
    run(*argv, "--yes")
    told = json.loads(show(bundle, "raw/dsm.computers/agents.json"))
    expect("bundle", (told["counts"]["am_offline"], told["counts"]["agents"], told["hosts_left_out"]), (37, 412, 0))
    rows = show(bundle, "raw/dsm.computers/hosts.ndjson").splitlines()
    expect("hosts", (len(rows), json.loads(rows[0])["status"]), (server.TOTAL, [server.JAPANESE]))
    conclusions = json.loads(show(bundle, "findings.json"))
    facts = {key: fact["value"] for key, fact in json.loads(show(bundle, "facts.json"))["facts"].items()}
    expect("facts", (facts.get("dsm.agents.total"), facts.get("dsm.agents.am_offline")), (412, 37))
    row = next(row for row in conclusions["checklist"] if row["id"] == "environment.count")
    expect("checklist", row["state"], "ok")
    says("checklist", json.dumps(row), "37")
    run("verify", bundle)
    os.rename(bundle, f"{work}/api.tar.gz")
    # A half count is kept, and is no fact.
    argv[8] = f"https://localhost:{GOOD}/half"
    run(*argv, "--yes", code=1)
    told = json.loads(show(bundle, "raw/dsm.computers/agents.json"))
    expect("half", ("counts" in told, told["counts_so_far"]["agents"]), (False, 50))
    expect("no fact of a half", "dsm.agents" in show(bundle, "facts.json"), False)
    os.rename(bundle, f"{work}/half.tar.gz")
    argv[8] = f"https://localhost:{GOOD}/hostile"
    run(*argv, "--yes")
    for member in ("raw/dsm.computers/hosts.ndjson", "raw/dsm.computers/agents.json"):
        text = show(bundle, member)
        for bad in ("\x1b", "hunter2secret"):
            expect(f"{bad!r} in {member}", bad in text, False)
    expect("the whole of 5 MB", len(show(bundle, "raw/dsm.computers/hosts.ndjson")) < 20_000, True)
    for name in ("before", "api", "half", "c"):
        done = subprocess.run(["tar", "-xzOf", f"{work}/{name}.tar.gz"], capture_output=True)
        said.append(done.stdout)
        expect(f"{name}: unpacked", (done.returncode, len(done.stdout) > 1000), (0, True))


def key_stays():
    """Not printed, not stored, in no program's arguments, and no other method or path was used."""
    for text in said:
        if server.KEY.encode() in text:
            wrong.append(f"the key is in {text[:300]!r}")
    for mode, method, path, _ in manager.requests:
        if method != "POST" or not path.endswith("/computers/search?expand=computerStatus"):
            wrong.append(f"not allowed: {mode} {method} {path}")
    trace = f"{work}/trace"
    done = subprocess.run(["strace", "-f", "-s", "4096", "-e", "trace=execve,write,sendto,sendmsg", "-o", trace, binary, "dsm", "--url",
                           f"https://localhost:{GOOD}/api", "--api-key-file", KEY_FILE, "--ca", f"{work}/ca.pem"], capture_output=True)
    with open(trace) as text:
        lines = text.read()
    if done.returncode == 0 and "execve" in lines:
        expect("the key in what was run or written", server.KEY in lines, False)
    elif b"ptrace" not in done.stderr:
        wrong.append(f"strace: {done.returncode} {done.stderr[:300]!r}")


write("key", server.KEY + "\n")
for case in (honest, saved, trust, typed, lies, odd, collected, key_stays):
    begun = time.monotonic()
    case()
    print(f"{case.__name__}: {time.monotonic() - begun:.1f} s")
for line in wrong:
    print("FAIL:", line, file=sys.stderr)
sys.exit(1 if wrong else 0)
