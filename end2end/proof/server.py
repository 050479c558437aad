"""The server under proof, as a process that is started, killed and stopped; its settings come from the environment."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

BINARY = os.environ["SYNVOTE_BINARY"]
URL = os.environ["SYNVOTE_URL"]
LOGS = Path(os.environ["PROOF_LOGS"])
# A server that is not ready by then will never be.
START = 60

# Told to stop, a proof ends as after an error: its server does not stay.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Server:
    def __init__(self, url=URL):
        self.url = url
        self.process = None

    def start(self, environment=None):
        """Starts it and returns the seconds until it said that it is ready."""
        began = time.monotonic()
        with open(LOGS / "said.log", "a") as said, open(LOGS / "server.log", "a") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--address", urlsplit(self.url).netloc],
                stdout=said,
                stderr=log,
                env={**os.environ, **(environment or {})},
            )
        while probe("/readyz", 2, self.url) != 200:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended by itself; see {LOGS / 'server.log'}")
            if time.monotonic() - began > START:
                raise AssertionError(f"the server was not ready after {START} s")
            time.sleep(0.01)
        return time.monotonic() - began

    def admin_link(self):
        return re.findall(r"http\S*/invitation/[0-9a-f]+", (LOGS / "said.log").read_text())[-1]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Stops it in good order."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        if code != 0:
            raise AssertionError(f"the server ended with {code} when it was told to stop")

    def end(self):
        """Whatever happens, no process is left."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def megabytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


def probe(path, patience, url=URL):
    """The status of a page on a connection of its own; None when there was no answer."""
    connection = http.client.HTTPConnection(urlsplit(url).hostname, urlsplit(url).port, timeout=patience)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def command(*arguments):
    """Runs a command of the program on the database while the server is stopped; returns what it said."""
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stdout + done.stderr)[-2000:]
        raise AssertionError(f"`synvote {' '.join(arguments)}` ended with {done.returncode}:\n{said}")
    return done.stdout.strip()


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
