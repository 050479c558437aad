"""A proxy in front of PostgreSQL that makes servers to be convicted: whatever they say there, no row that they read is locked."""

import socket
import socketserver
import threading
from urllib.parse import parse_qs, urlsplit

# What a statement ends with that locks what it reads; blanks of the same length take its place.
LOCKS = [b" for no key update skip locked", b" for no key update"]
# The number that begins a conversation, after its length: what comes before, like the question for TLS, has another one.
PROTOCOL = (196608).to_bytes(4, "big")


class Lockless(socketserver.BaseRequestHandler):
    def handle(self):
        with connected(self.server.address) as database:
            threading.Thread(target=copy, args=(database, self.request), daemon=True).start()
            try:
                self.pass_on(database)
            except OSError:
                pass

    def pass_on(self, database):
        """Message by message, so that no statement comes in two pieces."""
        said = self.request.makefile("rb")
        begun = False
        while head := said.read(5 if begun else 4):
            body = said.read(int.from_bytes(head[-4:], "big") - 4)
            begun = begun or body[:4] == PROTOCOL
            for lock in LOCKS:
                body = body.replace(lock, b" " * len(lock))
            database.sendall(head + body)


class Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def connected(address):
    host, port = address
    if host.startswith("/"):
        database = socket.socket(socket.AF_UNIX)
        database.connect(f"{host}/.s.PGSQL.{port}")
        return database
    return socket.create_connection(address)


def copy(database, client):
    try:
        while heard := database.recv(65536):
            client.sendall(heard)
        client.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def started(url):
    """Starts it on a port of its own; returns the address of the same database by way of it."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
    port = int(parse_qs(parts.query).get("port", [parts.port or 5432])[0])
    proxy = Proxy(("127.0.0.1", 0), Lockless)
    proxy.address = (host, port)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    who = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"{parts.scheme}://{who}127.0.0.1:{proxy.server_address[1]}{parts.path}"
