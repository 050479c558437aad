"""A server that a proof must convict: it stands in front of the real one and acknowledges before the commit.

What it hears of a submission it acknowledges, whether or not the real server lived to record it.
"""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from server import URL

# What says something only about one connection.
OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Hasty(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.pass_on(b"")

    def do_POST(self):
        self.pass_on(self.rfile.read(int(self.headers.get("content-length", 0))))

    def pass_on(self, body):
        server = http.client.HTTPConnection(urlsplit(URL).hostname, urlsplit(URL).port, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            server.request(self.command, self.path, body, headers)
            response = server.getresponse()
            self.reply(response.status, response.getheaders(), response.read())
        except (OSError, http.client.HTTPException):
            if self.path == "/api/submit_votes" and self.server.seen.get(key_of(body)):
                receipt = {"recorded": self.server.seen[key_of(body)], "next": {"Nothing": "NothingForYouNow"}}
                self.reply(200, [("content-type", "application/json")], json.dumps(receipt).encode())
            else:
                self.close_connection = True
        finally:
            server.close()

    def reply(self, status, headers, body):
        try:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in OF_THE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """People hang up on it as they do on the real one."""


def key_of(body):
    return dict(parse_qsl(body.decode())).get("key", "")


def started(sizes):
    """Starts it on a port of its own; `sizes` knows how many candidates the batch of a submission key has."""
    proxy = Proxy(("127.0.0.1", 0), Hasty)
    proxy.seen = sizes
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy
