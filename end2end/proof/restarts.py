"""Stops and starts PostgreSQL again and again while people label: everybody is told to come back, and can as soon as it is back.

restarts.py [RESTARTS]
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from labeler import Statuses, start_all, stop_all
from ledger import Ledger, compare, exported
from project import prepared
from report import Report, quantile
from server import Server, command

PEOPLE, BATCH = 16, 36
# Longest time from PostgreSQL's start to the first success, and for any answer at all, in seconds.
BACK, ANSWER = 5, 15
POSTGRES = Path(__file__).parent / "../setup/postgres.sh"
FOLDER = os.environ.get("SYNVOTE_TEST_POSTGRES_FOLDER", "")


def main(restarts):
    server = Server()
    server.start()
    try:
        project, browsers = prepared(server.admin_link(), PEOPLE, restarts * 120, BATCH)
        ledger, statuses, process = Ledger(), Statuses(), server.process.pid
        labelers = start_all(browsers, project, ledger, statuses)
        back = [restarted(statuses, number) for number in range(restarts)]
        time.sleep(1)
        stop_all(labelers)
        verdict = "yes" if server.process.pid == process and server.process.poll() is None else "no"
        server.stop()
        found = compare(ledger, exported(command("export", "votes")), PEOPLE)
        report = Report(f"PostgreSQL restarted {restarts} times, {PEOPLE} people")
        report.figure("acknowledged votes", len(ledger.acknowledged))
        report.figure("answers 200 / 503", f"{statuses.counts[200]:,} / {statuses.counts[503]:,}")
        others = {status: number for status, number in statuses.counts.items() if status not in (200, 503)}
        report.exactly("other answers, or none", str(others or "none"), "none")
        report.at_most("longest wait for an answer", max(statuses.waits), ANSWER, "s")
        report.figure("first success: half within", quantile(back, 0.5), "s")
        report.at_most("first success: all within", max(back), BACK, "s")
        report.exactly("lost, changed or doubled votes", found["lost"] + found["changed"] + found["doubled"], 0)
        report.exactly("other findings", len(ledger.findings), 0)
        report.exactly("the same server all the time", verdict, "yes")
        report.end(ledger.findings)
    finally:
        server.end()


def restarted(statuses, number):
    """Every second time as a crash would. Returns the seconds from PostgreSQL's being back to the first success."""
    time.sleep(random.uniform(0.5, 1.5))
    subprocess.run([POSTGRES, "down", FOLDER, "immediate" if number % 2 else "fast"], check=True)
    time.sleep(random.uniform(0.1, 2))
    statuses.good.clear()
    subprocess.run([POSTGRES, "up", FOLDER], check=True)
    began = time.monotonic()
    statuses.good.wait(60)
    return max(0.0, time.monotonic() - began)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
