"""Holds 3,000 connections open by saying next to nothing, and measures what everybody else gets meanwhile:   slow.py [CONNECTIONS]

A third says nothing at all, a third sends its headers byte by byte, a third a form. First all of them come once; then whoever is
shown the door comes back at once.
"""

import asyncio
import resource
import sys
import threading
import time
from urllib.parse import urlsplit

from labeler import Statuses, start_all, stop_all
from ledger import Ledger
from project import prepared
from report import Report, quantile
from server import URL, Server, probe

PEOPLE, BATCH, PICTURES = 8, 4, 2_000
SECONDS = 40
# More memory than before, in megabytes, and the longest time in which somebody new must be served, in seconds.
MEMORY, PATIENCE = 200, 30
FORM = b"Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\nkey="
STARTS = [
    b"",
    b"GET / HTTP/1.1\r\nHost: slow\r\nX-Slow: ",
    b"POST /api/submit_votes HTTP/1.1\r\nHost: slow\r\n" + FORM,
]


def main(connections):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < connections + 500:
        sys.exit(f"SKIPPED: {connections} connections need as many open files, and `ulimit -Hn` is {most}.")
    # The server inherits it.
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    server = Server()
    server.start()
    try:
        project, browsers = prepared(server.admin_link(), PEOPLE, PICTURES, BATCH)
        ledger, statuses = Ledger(), Statuses()
        labelers = start_all(browsers, project, ledger, statuses, pause=0.1)
        time.sleep(3)
        before, quiet = server.megabytes(), list(statuses.waits)
        report = Report(f"{connections:,} slow connections, twice for {SECONDS} s")
        report.figure("people before: half / 99 % within", spread(quiet, 1_000, "ms"))
        memory = max(during(server, statuses, Slow(connections, comes_back), report) for comes_back in (False, True))
        stop_all(labelers)
        report.at_most("more memory than before", memory - before, MEMORY, "MB")
        report.exactly("other findings", len(ledger.findings), 0)
        report.end(ledger.findings)
    finally:
        server.end()


def during(server, statuses, slow, report):
    """Measures what people and newcomers get while the slow ones are there; returns the most memory that was seen."""
    statuses.clear()
    crowd = threading.Thread(target=lambda: asyncio.run(slow.all()), daemon=True)
    crowd.start()
    newcomers, memory = met(server)
    slow.ends = True
    counts, waits = dict(statuses.counts), list(statuses.waits)
    crowd.join(60)
    when = "coming back" if slow.comes_back else "coming once"
    report.figure(f"{when}: slow ones at the same time", slow.most)
    report.figure(f"{when}: shown the door", slow.closed)
    report.figure(f"{when}: people, half / 99 % within", spread(waits, 1_000, "ms"))
    others = {status: number for status, number in counts.items() if status != 200}
    report.exactly(f"{when}: of {len(waits)} answers to people, not 200", str(others or "none"), "none")
    answered = [seconds for status, seconds in newcomers if status == 200]
    report.figure(f"{when}: newcomers, half / 99 % within", spread(answered, 1, "s"))
    report.exactly(f"{when}: of {len(newcomers)} newcomers, not served in {PATIENCE} s", len(newcomers) - len(answered), 0)
    return memory


def spread(seconds, unit, name):
    return f"{quantile(seconds, 0.5) * unit:.3g} / {quantile(seconds, 0.99) * unit:.3g} {name}"


def met(server):
    """Somebody new comes every second; returns what became of them, and the most memory that was seen."""
    newcomers, memory, threads = [], 0.0, []

    def come():
        began = time.monotonic()
        newcomers.append((probe("/healthz", PATIENCE), time.monotonic() - began))

    for _ in range(SECONDS):
        threads.append(threading.Thread(target=come, daemon=True))
        threads[-1].start()
        time.sleep(1)
        memory = max(memory, server.megabytes())
    for thread in threads:
        thread.join()
    return newcomers, memory


class Slow:
    def __init__(self, connections, comes_back):
        self.connections = connections
        self.comes_back = comes_back
        self.open = self.most = self.closed = 0
        self.ends = False

    async def all(self):
        await asyncio.gather(*(self.one(number) for number in range(self.connections)))

    async def one(self, number):
        # Not all in the same moment: the system's own queue is short.
        await asyncio.sleep(number / 1_000)
        while not self.ends:
            try:
                await self.once(STARTS[number % len(STARTS)])
            except OSError:
                await asyncio.sleep(0.2)
                continue
            if not self.comes_back:
                return

    async def once(self, start):
        reader, writer = await asyncio.open_connection(urlsplit(URL).hostname, urlsplit(URL).port)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            writer.write(start)
            while not self.ends:
                try:
                    if not await asyncio.wait_for(reader.read(4_096), 1):
                        break
                except asyncio.TimeoutError:
                    writer.write(b"x" if start else b"")
            self.closed += not self.ends
        finally:
            self.open -= 1
            writer.transport.abort()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
