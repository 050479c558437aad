"""Follows the system calls of 200 submissions: is the database's log synced before each is acknowledged?   sync.py"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from browser import Batch
from project import prepared
from report import Report
from server import LOGS, Server
from tracing import CALLS, Trace

SUBMISSIONS, BATCH = 200, 4


def main():
    engine = os.environ["SYNVOTE_ENGINE"]
    server = Server()
    server.start()
    try:
        project, [person] = prepared(server.admin_link(), 1, SUBMISSIONS * BATCH, BATCH)
        batch = Batch.of_page(person.get(f"/label/{project}").need(200).text)
        following = followed([server.process.pid, *(postgres() if engine == "postgres" else [])])
        for _ in range(SUBMISSIONS):
            answers = {candidate: "1" for candidate in batch.candidates}
            receipt = person.post("/api/submit_votes", batch.fields(answers)).need(200).json()
            batch = Batch.of_receipt(receipt) or batch
        following.send_signal(signal.SIGINT)
        following.wait()
        with open(LOGS / "trace", errors="replace") as lines:
            trace = Trace("/pg_wal/" if engine == "postgres" else "db-wal>").read(lines)
        server.stop()
        report = Report(f"a sync before each acknowledgement, {engine}")
        report.exactly("acknowledged submissions", trace.acknowledged, SUBMISSIONS)
        report.exactly("synced before", trace.synced, SUBMISSIONS)
        report.end()
    finally:
        server.end()


def postgres():
    """PostgreSQL's first process and its children; strace follows those that are still to come."""
    folder = Path(os.environ["SYNVOTE_TEST_POSTGRES_FOLDER"])
    first = int((folder / "data/postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


def followed(processes):
    calls = ",".join(CALLS)
    command = ["strace", "-f", "-y", "-s", "40", "-e", f"trace={calls}", "-e", "signal=none", "-o", LOGS / "trace"]
    for process in processes:
        command += ["-p", str(process)]
    following = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    attached = 0
    while attached < len(processes):
        line = following.stderr.readline()
        if not line:
            sys.exit("strace could not attach: it needs the right to trace processes (root, or kernel.yama.ptrace_scope = 0)")
        attached += "attached" in line
    # Nobody reads the rest, and a full pipe would stop it.
    threading.Thread(target=following.stderr.read, daemon=True).start()
    return following


if __name__ == "__main__":
    main()
