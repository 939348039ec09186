"""A stand-in for the manager's automation API, over TLS on loopback: it serves the documented
shapes, pages and throttles, and lies in every way that is named in MODES. The first part of a
request's path is the mode: /api is an honest manager. Every request is kept in `requests`."""
import json
import os
import socket
import ssl
import subprocess
import threading
import time

KEY = "TESTKEY:a1B2c3D4e5F6g7H8/i9J0+k="
TOTAL, AGENTS, OFFLINE = 450, 412, 37
OFFLINE_TEXT = "Anti-Malware Engine Offline"
JAPANESE = "不正プログラム対策エンジンがオフライン"


def computer(number):
    """The n-th of them, n from 1. IDs have gaps."""
    host = {
        "ID": number * 3 + 1000, "hostName": f"host{number:04}.example.test", "displayName": "", "groupID": 34, "policyID": 265,
        "platform": "Red Hat Enterprise 8 (64 bit)" if number % 3 else "Microsoft Windows Server 2019 (64 bit)",
        "lastIPUsed": f"192.0.2.{number % 250}",
        "computerStatus": {"agentStatus": "active", "agentStatusMessages": ["Managed (Online)"],
                           "applianceStatus": "inactive", "applianceStatusMessages": []},
    }
    if number > AGENTS:  # no agent there
        host["computerStatus"] = {"agentStatus": "inactive", "agentStatusMessages": ["Unmanaged (No Agent/Appliance)"]}
        host["agentVersion"] = "0.0.0.0"
        return host
    host["agentVersion"] = "20.0.1.7380" if number % 2 else "20.0.0.2740"
    host["agentFingerPrint"] = "AA:BB:CC"
    host["lastAgentCommunication"] = 1747120455000 + number
    if number <= OFFLINE:
        host["agentVersion"] = "20.0.0.2740"
        host["computerStatus"]["agentStatus"] = "error"
        host["computerStatus"]["agentStatusMessages"] = [JAPANESE if number == 1 else OFFLINE_TEXT]
        if number == 2:
            host["computerStatus"]["agentStatusMessages"].append("Security Update Failed")
    if number == AGENTS:  # looks like it and is not
        host["computerStatus"]["agentStatusMessages"] = [OFFLINE_TEXT + " resolved"]
    return host


COMPUTERS = [computer(number) for number in range(1, TOTAL + 1)]


def search(body, expands):
    """The documented search: IDs above idValue, in their order, at most maxItems."""
    criterion = body["searchCriteria"][0]
    assert body["sortByObjectID"] is True and criterion["idTest"] == "greater-than", body
    found = [one for one in COMPUTERS if one["ID"] > criterion["idValue"]][:body["maxItems"]]
    if "computerStatus" not in expands:
        found = [{name: value for name, value in one.items() if name != "computerStatus"} for one in found]
    return found


def answer(body, status="200 OK", headers=()):
    text = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json;charset=UTF-8", f"Content-Length: {len(text)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + text


class Manager:
    def __init__(self, work):
        self.work = work
        self.requests = []   # (mode, method, path, key was right)
        self.connections = {}
        self.ports = {}
        self.tries = {}
        self.evil = 0

    # --- certificates, and who listens

    def openssl(self, *argv):
        subprocess.run(["openssl", *argv], check=True, cwd=self.work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def certificates(self):
        new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        self.openssl(*new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test ca")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "good.key",
                     "-out", "good.csr", "-subj", "/CN=localhost")
        with open(f"{self.work}/san", "w") as out:
            out.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        self.openssl("x509", "-req", "-in", "good.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                     "-extfile", "san", "-out", "good.pem")
        # A manager's own: self-signed, for a name of its own, with terminal escapes in it.
        self.openssl(*new, "-keyout", "self.key", "-out", "self.pem", "-subj", "/CN=manager.example\x1b[31m")

    def fingerprint(self, name):
        done = subprocess.run(["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", f"{self.work}/{name}.pem"],
                              check=True, capture_output=True, text=True)
        return done.stdout.strip().split("=")[1]

    def start(self):
        self.certificates()
        for name in ("good", "self"):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{self.work}/{name}.pem", f"{self.work}/{name}.key")
            self.listen(name, lambda taken, context=context, name=name: self.serve(context.wrap_socket(taken, server_side=True)))
        self.listen("plain", lambda taken: taken.sendall(b"220 mail.example ESMTP\r\n"))
        self.listen("evil", self.count_evil)
        self.listen("proxy", self.proxy)

    def listen(self, name, serve):
        server = socket.create_server(("127.0.0.1", 0))
        self.ports[name] = server.getsockname()[1]
        self.connections[name] = 0

        def one(taken):
            try:
                serve(taken)
            except (OSError, ValueError, AssertionError) as wrong:
                if isinstance(wrong, AssertionError):
                    self.requests.append(("assert", str(wrong), "", False))
            finally:
                taken.close()

        def forever():
            while True:
                taken, _ = server.accept()
                self.connections[name] += 1
                threading.Thread(target=one, args=(taken,), daemon=True).start()
        threading.Thread(target=forever, daemon=True).start()

    def count_evil(self, taken):
        self.evil += 1

    def proxy(self, taken):
        head = b""
        while b"\r\n\r\n" not in head:
            head += taken.recv(4096)
        host, port = head.split()[1].decode().split(":")
        assert head.startswith(b"CONNECT") and KEY.encode() not in head
        with socket.create_connection((host, int(port))) as other:
            taken.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")

            def pump(source, to):
                try:
                    while data := source.recv(65536):
                        to.sendall(data)
                    to.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
            thread = threading.Thread(target=pump, args=(other, taken), daemon=True)
            thread.start()
            pump(taken, other)
            thread.join()

    # --- requests

    def serve(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(65536)
            if not piece:
                return
            head += piece
        head, _, body = head.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += client.recv(65536)
        method, path, _ = first.split(" ")
        mode = path.split("/")[1]
        self.requests.append((mode, method, path, headers.get("api-secret-key") == KEY))
        try:
            if headers.get("api-secret-key") != KEY:
                client.sendall(answer({"message": "Invalid API Key"}, "403 Forbidden"))
            elif headers.get("api-version") != "v1" or headers.get("content-type") != "application/json":
                client.sendall(answer({"message": "Bad Request"}, "400 Bad Request"))
            elif not path.partition("?")[0] == f"/{mode}/computers/search" or method != "POST" or not hasattr(self, "mode_" + mode):
                client.sendall(answer({"message": "Not Found"}, "404 Not Found"))
            else:
                expands = [one[7:] for one in path.partition("?")[2].split("&")]
                getattr(self, "mode_" + mode)(client, json.loads(body), expands)
            client.unwrap()
        except (OSError, ssl.SSLError):
            pass
        finally:
            client.close()

    def mode_api(self, client, body, expands):
        client.sendall(answer({"computers": search(body, expands)}))

    def mode_chunked(self, client, body, expands):
        text = json.dumps({"computers": search(body, expands)}).encode()
        client.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for at in range(0, len(text), 777):
            piece = text[at:at + 777]
            client.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        client.sendall(b"0\r\n\r\n")

    def mode_pages(self, client, body, expands):
        """A manager that gives fewer than it was asked for."""
        client.sendall(answer({"computers": search(body | {"maxItems": 50}, expands)}))

    def mode_throttle(self, client, body, expands):
        tries = self.tries.setdefault("throttle", {})
        at = body["searchCriteria"][0]["idValue"]
        tries[at] = tries.get(at, 0) + 1
        if at == 0 and tries[at] == 1:
            client.sendall(answer({"message": "Too many API requests."}, "429 Too Many Requests", ["Retry-After: 1"]))
        elif at == 0 and tries[at] == 2:
            client.sendall(answer({"message": "busy"}, "503 Service Unavailable"))
        else:
            self.mode_pages(client, body, expands)

    def mode_always429(self, client, body, expands):
        client.sendall(answer({"message": "Too many API requests."}, "429 Too Many Requests", ["Retry-After: 999999999"]))

    def mode_half(self, client, body, expands):
        if body["searchCriteria"][0]["idValue"] == 0:
            self.mode_pages(client, body, expands)
        else:
            client.sendall(answer({"message": "oops"}, "500 Internal Server Error"))

    def mode_loop(self, client, body, expands):
        body["searchCriteria"][0]["idValue"] = 0
        self.mode_pages(client, body, expands)

    def mode_backwards(self, client, body, expands):
        client.sendall(answer({"computers": list(reversed(search(body, expands)))}))

    def mode_creep(self, client, body, expands):
        """One computer at a time, for ever."""
        after = body["searchCriteria"][0]["idValue"]
        client.sendall(answer({"computers": [{"ID": after + 1, "hostName": "x"}]}))

    def mode_large(self, client, body, expands):
        """Computers of 100 KB: 500 of them are more than is taken at once."""
        found = search(body, expands)
        client.sendall(answer({"computers": [one | {"description": "x" * 100_000} for one in found]}))

    def mode_notjson(self, client, body, expands):
        client.sendall(answer(b"<html><script>alert(1)</script>"))

    def mode_shape(self, client, body, expands):
        client.sendall(answer({"computers": "none"}))

    def mode_empty(self, client, body, expands):
        client.sendall(answer({"computers": []}))

    def mode_deep(self, client, body, expands):
        client.sendall(answer(b"[" * 1_000_000))

    def mode_types(self, client, body, expands):
        rows = [None, 7, "x", [], {}, {"ID": "1"}, {"ID": -5}, {"ID": 1.5}, {"ID": 1, "hostName": 7, "agentFingerPrint": {}},
                {"ID": 2, "computerStatus": [], "lastAgentCommunication": "x", "agentFingerPrint": "A"},
                {"ID": 3, "computerStatus": {"agentStatusMessages": [1, None, OFFLINE_TEXT], "agentStatus": 3},
                 "lastAgentCommunication": 9223372036854775807, "agentFingerPrint": "A"},
                {"ID": 9223372036854775807, "computerStatus": {"agentStatusMessages": OFFLINE_TEXT}, "agentFingerPrint": "A"}]
        client.sendall(answer({"computers": rows if body["searchCriteria"][0]["idValue"] == 0 else []}))

    def mode_hostile(self, client, body, expands):
        rows = [{"ID": 1, "hostName": "=HYPERLINK(\"http://evil\")", "agentFingerPrint": "A", "agentVersion": "\x1b]0;owned\x07\x1b[2J",
                 "platform": "<script>alert(1)</script>\u202e", "computerStatus": {"agentStatus": "error", "agentStatusMessages": [
                     OFFLINE_TEXT, "your key is " + KEY, "line\r\nbreak", "password=hunter2secret"]}},
                {"ID": 2, "hostName": "h" * 100_000, "agentFingerPrint": "A",
                 "computerStatus": {"agentStatusMessages": ["x" * 5_000_000, OFFLINE_TEXT]}}]
        client.sendall(answer({"computers": rows if body["searchCriteria"][0]["idValue"] == 0 else []}))

    def mode_many(self, client, body, expands):
        """Texts without end: each computer has its own."""
        after = body["searchCriteria"][0]["idValue"]
        rows = [{"ID": i, "hostName": f"h{i}", "agentFingerPrint": "A", "agentVersion": f"{i}" * 60, "platform": f"p{i}" * 50,
                 "computerStatus": {"agentStatus": f"s{i}", "agentStatusMessages": [f"text {i} {n} " + "x" * 250 for n in range(20)]}}
                for i in range(after + 1, min(after + 501, 20_001))]
        client.sendall(answer({"computers": rows}))

    def mode_hang(self, client, body, expands):
        time.sleep(60)

    def mode_drip(self, client, body, expands):
        for byte in answer({"computers": search(body, expands)}):
            client.sendall(bytes([byte]))
            time.sleep(0.3)

    def mode_cut(self, client, body, expands):
        client.sendall(answer({"computers": search(body, expands)})[:2000])

    def mode_endless(self, client, body, expands):
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b"x" * 65536)

    def mode_chunks(self, client, body, expands):
        client.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            client.sendall(b"1\r\nx\r\n" * 1000)

    def mode_claim(self, client, body, expands):
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999\r\n\r\n{}")

    def mode_head(self, client, body, expands):
        client.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            client.sendall(b"X-Y: " + b"z" * 1000 + b"\r\n")

    def mode_gzip(self, client, body, expands):
        import gzip
        client.sendall(answer(gzip.compress(b"0" * 20_000_000, 1), headers=["Content-Encoding: gzip"]))

    def mode_redirect(self, client, body, expands):
        client.sendall(answer(b"", "307 Temporary Redirect", [f"Location: https://localhost:{self.ports['evil']}/api/computers/search"]))

    def mode_error(self, client, body, expands):
        client.sendall(answer({"message": KEY}, "500 Internal Server Error"))
