"""Freezes one of two servers in the middle of what it does, again and again, while people label at both:   cut_off.py [TIMES]

Whatever it holds in PostgreSQL at that moment may not keep the people of the other one waiting, and what both hand out at the
same time is asked about no more often than needed.
"""

import random
import signal
import sys
import time

from labeler import Statuses, start_all, stop_all
from ledger import Ledger, asked_too_often, compare, exported
from project import prepared
from report import Report, quantile
from server import Server, command, free_port

PEOPLE, BATCH, PICTURES = 16, 6, 1_500
# Votes that an image may get: fewer than there are people, so that leases decide who is asked.
VOTES = 10
# Seconds for which it is frozen, and within which 99 of 100 answers of the other one must come.
FROZEN, ANSWER = 8, 3


def main(times):
    frozen, other = Server(), Server(f"http://127.0.0.1:{free_port()}")
    frozen.start()
    try:
        other.start()
        project, browsers = prepared(frozen.admin_link(), PEOPLE, PICTURES, BATCH, votes=VOTES)
        half = PEOPLE // 2
        for browser in browsers[half:]:
            browser.go_to(other.url)
        ledger, theirs, ours = Ledger(), Statuses(), Statuses()
        labelers = start_all(browsers[:half], project, ledger, theirs, pause=0.8)
        labelers += start_all(browsers[half:], project, ledger, ours, pause=0.8, first=half + 1)
        time.sleep(3)
        quiet = list(ours.waits)
        waits = [wait for _ in range(times) for wait in cut_off(frozen, ours)]
        stop_all(labelers)
        frozen.stop()
        other.stop()
        votes = exported(command("export", "votes"))
        found = compare(ledger, votes, PEOPLE)
        report = Report(f"one of two servers frozen {times} times for {FROZEN} s, {PEOPLE} people")
        report.figure("acknowledged votes", len(ledger.acknowledged))
        before = f"{quantile(quiet, 0.5):.3f} / {quantile(quiet, 0.99):.3f} s"
        report.figure("people of the other server before: half / 99 % within", before)
        report.figure("people of the other server meanwhile: answers", len(waits))
        report.figure("half within", quantile(waits, 0.5), "s")
        report.at_most("99 % within", quantile(waits, 0.99), ANSWER, "s")
        report.figure("all within", max(waits), "s")
        for name, statuses in [("their", ours), ("the frozen server's", theirs)]:
            report.figure(f"{name} answers 200 / 503", f"{statuses.counts[200]:,} / {statuses.counts[503]:,}")
            others = {status: number for status, number in statuses.counts.items() if status not in (200, 503)}
            report.exactly(f"{name} other answers, or none", str(others or "none"), "none")
        report.exactly("lost, changed or doubled votes", found["lost"] + found["changed"] + found["doubled"], 0)
        report.exactly("images asked about too often", asked_too_often(votes, VOTES), 0)
        report.exactly("other findings", len(ledger.findings), 0)
        report.end(ledger.findings)
    finally:
        frozen.end()
        other.end()


def cut_off(server, statuses):
    """Freezes it for a while; returns how long the people of the other one waited for each answer meanwhile."""
    time.sleep(random.uniform(1, 2))
    statuses.waits.clear()
    server.process.send_signal(signal.SIGSTOP)
    time.sleep(FROZEN)
    waits = list(statuses.waits)
    server.process.send_signal(signal.SIGCONT)
    return waits


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
