"""The servers that probe_cases.py probes, all of them in a network namespace and a mount
namespace that the caller made: nothing leaves it. Ports and names are in the constants."""
import os
import signal
import socket
import ssl
import struct
import subprocess
import threading
import time

HOST, OTHER, HERE6 = "198.51.100.1", "198.51.100.2", "fd00::1"
PORTS = {}


def run(*argv, **more):
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


class Net:
    def __init__(self, work):
        self.work = work
        self.children = []

    def start(self, *argv):
        log = open(f"{self.work}/{os.path.basename(argv[0])}.log", "ab")
        child = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=log, stderr=log)
        self.children.append(child)
        return child

    def stop(self):
        for child in self.children:
            child.kill()
            child.wait()

    def write(self, name, text, mode=0o644):
        path = f"{self.work}/{name}"
        with open(path, "w") as out:
            out.write(text)
        os.chmod(path, mode)
        return path

    def bind(self, name, text, place):
        """Our own file in the place of the machine's, in this mount namespace alone."""
        run("mount", "--bind", self.write(name, text), place)

    def addresses(self):
        run("ip", "link", "set", "lo", "up")
        for address in (f"{HOST}/24", f"{OTHER}/24"):
            run("ip", "address", "add", address, "dev", "lo")
        run("ip", "-6", "address", "add", f"{HERE6}/64", "dev", "lo", "nodad")
        run("ip", "route", "add", "unreachable", "203.0.113.0/24")
        rules = "table inet t {\n chain in {\n type filter hook input priority 0;\n tcp dport 4999 drop\n }\n}\n"
        run("nft", "-f", "-", input=rules.encode())

    def names(self):
        self.bind("hosts", f"127.0.0.1 localhost\n{HOST} hostsonly.example\n{OTHER} both.test\n", "/etc/hosts")
        self.bind("resolv.conf", "nameserver 127.0.0.1\nsearch test\noptions timeout:3 attempts:1\n", "/etc/resolv.conf")
        self.bind("nsswitch.conf", "hosts: files dns\n", "/etc/nsswitch.conf")
        many = [f"--host-record=many.test,10.1.{i}.1" for i in range(60)]
        self.start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root",
                   "--local=/test/", "--local=/example/", "--listen-address=127.0.0.1", "--bind-interfaces",
                   f"--host-record=good.test,{HOST}", f"--host-record=short.test,{HOST}", f"--host-record=both.test,{HOST}",
                   f"--host-record=v6.test,{HERE6}", f"--host-record=dual.test,{HOST},{HERE6}",
                   "--txt-record=empty.test,x", "--server=/odd.test/127.0.0.1#5300", *many)
        threading.Thread(target=self.odd_dns, daemon=True).start()

    def odd_dns(self):
        """servfail, slow, hang: what a good server does not do."""
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", 5300))
        while True:
            query, peer = server.recvfrom(512)
            first = query[13:13 + query[12]].decode()
            end = 12 + query[12:].index(b"\0") + 5
            kind = struct.unpack(">H", query[end - 4:end - 2])[0]
            head = lambda code, answers: query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, answers, 0, 0) + query[12:end]
            if first == "servfail":
                server.sendto(head(2, 0), peer)
            elif first == "slow":
                record = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04" + socket.inet_aton(HOST)
                answer = head(0, 1) + record if kind == 1 else head(0, 0)
                threading.Timer(1.2, server.sendto, (answer, peer)).start()

    def tcp(self, name, serve, backlog=16, family=socket.AF_INET, address=HOST, port=0):
        server = socket.create_server((address, port), family=family, backlog=backlog)
        PORTS[name] = server.getsockname()[1]

        def loop():
            while True:
                client, _ = server.accept()
                threading.Thread(target=serve, args=(client,), daemon=True).start()
        if serve:
            threading.Thread(target=loop, daemon=True).start()
        self.children_sockets = getattr(self, "children_sockets", []) + [server]
        return server

    def plain_servers(self):
        def accept(client):
            time.sleep(30)
            client.close()

        def reset(client):
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        self.tcp("accept", accept)
        self.tcp("accept6", accept, family=socket.AF_INET6, address=HERE6)
        self.tcp("reset", reset)
        full = self.tcp("full", None, backlog=0)
        self.fillers = []
        for _ in range(4):  # the queue of connections that nobody accepts is full then
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex((HOST, full.getsockname()[1]))
            self.fillers.append(filler)
        free = socket.create_server((HOST, 0))
        PORTS["refuse"] = free.getsockname()[1]
        free.close()

    def certificates(self):
        folder = f"{self.work}/ca"
        os.makedirs(folder, exist_ok=True)
        conf = self.write("ca.cnf", f"""
[ca]\ndefault_ca=x\n[x]\ndatabase={folder}/index\nnew_certs_dir={folder}\nrand_serial=yes\npolicy=p\ndefault_md=sha256
copy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\n[req]\ndistinguished_name=d\n[d]\n[v3]\nbasicConstraints=critical,CA:TRUE
""")
        open(f"{folder}/index", "w").close()
        for ca in ("root", "stranger"):
            run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{folder}/{ca}.key", "-out", f"{folder}/{ca}.pem",
                "-subj", f"/CN=test {ca}", "-days", "30", "-config", conf, "-extensions", "v3")

        def leaf(name, host, ca="root", begin="20200101000000Z", end="20400101000000Z"):
            run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.csr",
                "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}", "-config", conf)
            run("openssl", "ca", "-batch", "-config", conf, "-cert", f"{folder}/{ca}.pem", "-keyfile", f"{folder}/{ca}.key",
                "-in", f"{folder}/{name}.csr", "-out", f"{folder}/{name}.pem", "-notext", "-startdate", begin, "-enddate", end)
        leaf("good", "good.test")
        leaf("expired", "good.test", end="20210101000000Z")
        leaf("future", "good.test", begin="20390101000000Z")
        leaf("wrong", "other.test")
        leaf("unknown", "good.test", ca="stranger")
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{folder}/self.key", "-out", f"{folder}/self.pem",
            "-subj", "/CN=good.test", "-addext", "subjectAltName=DNS:good.test", "-days", "30", "-config", conf)
        self.bind("roots.crt", open(f"{folder}/root.pem").read(), "/etc/ssl/certs/ca-certificates.crt")
        return folder

    def s_server(self, name, certificate, *more):
        probe = socket.create_server((HOST, 0))
        port = probe.getsockname()[1]
        probe.close()
        PORTS[name] = port
        self.start("openssl", "s_server", "-accept", f"{HOST}:{port}", "-cert", f"{self.work}/ca/{certificate}.pem",
                   "-key", f"{self.work}/ca/{certificate}.key", "-quiet", *more)

    def tls_servers(self):
        folder = self.certificates()
        for name in ("good", "expired", "future", "wrong", "unknown", "self"):
            self.s_server(name, name)
        self.s_server("tls10", "good", "-tls1", "-cipher", "DEFAULT@SECLEVEL=0")
        self.s_server("mutual13", "self", "-Verify", "1", "-verify_return_error", "-tls1_3")
        self.s_server("mutual12", "self", "-Verify", "1", "-verify_return_error", "-tls1_2")
        self.s_server("asks", "good", "-verify", "1")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/expired.pem", f"{folder}/expired.key")

        def from_2020(client):
            try:
                with context.wrap_socket(client, server_side=True) as talk:
                    talk.recv(4096)
                    talk.sendall(b"HTTP/1.1 200 OK\r\nDate: Wed, 01 Jul 2020 00:00:00 GMT\r\n\r\n")
            except OSError:
                pass
        self.tcp("from2020", from_2020)

    def http_servers(self):
        PORTS.update(http=8000, https=8443, proxy=8801, auth=8802, narrow=8803)
        conf = self.write("nginx.conf", f"""
daemon off; pid {self.work}/nginx.pid; error_log {self.work}/nginx.err; events {{}}
http {{ access_log off;
  client_body_temp_path {self.work}/t1; proxy_temp_path {self.work}/t2; fastcgi_temp_path {self.work}/t3;
  uwsgi_temp_path {self.work}/t4; scgi_temp_path {self.work}/t5;
  server {{ listen {HOST}:8000; listen [{HERE6}]:8000; listen {HOST}:8443 ssl;
    ssl_certificate {self.work}/ca/good.pem; ssl_certificate_key {self.work}/ca/good.key;
    location / {{ return 200 "hello"; }} location /forbidden {{ return 403; }} location /secret {{ return 401; }}
    location /broken {{ return 502; }} }} }}
""")
        self.start("nginx", "-c", conf, "-g", "user root;")
        common = "Listen %s\nTimeout 20\nMaxClients 20\nLogLevel Critical\n" % HOST
        for name, more in (("proxy", ""), ("auth", "BasicAuth ann s3cret-Word\n"), ("narrow", "ConnectPort 443\n")):
            path = self.write(f"{name}.conf", f"Port {PORTS[name]}\n{common}{more}")
            self.start("tinyproxy", "-d", "-c", path)

    def ntp(self, name, offset):
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind((HOST, 0))
        PORTS[name] = server.getsockname()[1]

        def loop():
            while True:
                packet, peer = server.recvfrom(512)
                now = int((time.time() + 2208988800 + offset) * 2**32)
                stamp = struct.pack(">Q", now & (2**64 - 1))
                server.sendto(b"\x24\x02\x06\xec" + b"\0" * 20 + packet[40:48] + stamp + stamp, peer)
        threading.Thread(target=loop, daemon=True).start()

    def wait_for(self, *names):
        for name in names:
            for _ in range(200):
                try:
                    socket.create_connection((HOST, PORTS[name]), 1).close()
                    break
                except OSError:
                    time.sleep(0.02)
            else:
                raise SystemExit(f"server {name} does not come up")

    def all(self):
        os.chmod(self.work, 0o755)
        self.addresses()
        self.names()
        self.plain_servers()
        self.tls_servers()
        self.http_servers()
        self.ntp("ntp", 0)
        self.ntp("ntp_off", 3600)
        self.wait_for("good", "expired", "future", "wrong", "unknown", "self", "tls10", "mutual13", "mutual12", "asks",
                      "http", "https", "proxy", "auth", "narrow")
        return self
