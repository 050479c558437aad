"""Has people label at two servers on one PostgreSQL, as they are and without locks: the first are right, the others are convicted.

Without the second half nobody would know whether the checker could see what the locks are for.
"""

import os
import time

import lockless
from labeler import Statuses, start_all, stop_all
from ledger import Ledger, asked_too_often, exported
from project import prepared
from report import Report
from server import Server, command, free_port

PEOPLE, BATCH, PICTURES = 16, 6, 1_000
# Votes that an image may get: fewer than there are people, so that leases decide who is asked.
VOTES = 10
# Seconds of labeling with locks, and at most without: until images have all their votes, and some have more.
SPELL, LONGEST = 3, 40


def main():
    servers = [Server(), Server(f"http://127.0.0.1:{free_port()}")]
    unlocked = {"SYNVOTE_DATABASE": lockless.started(os.environ["SYNVOTE_DATABASE"])}
    ledger, statuses = Ledger(), Statuses()
    try:
        browsers, project = None, None
        found = []
        for environment in [None, unlocked]:
            for server in servers:
                server.start(environment)
                if browsers is None:
                    project, browsers = prepared(server.admin_link(), PEOPLE, PICTURES, BATCH, votes=VOTES)
                    for browser in browsers[PEOPLE // 2 :]:
                        browser.go_to(servers[1].url)
            labelers = start_all(browsers, project, ledger, statuses)
            time.sleep(SPELL)
            if environment:
                until_idle(labelers)
            stop_all(labelers)
            for server in servers:
                server.stop()
            found.append(asked_too_often(exported(command("export", "votes")), VOTES))
        report = Report(f"two servers with locks and without, {PEOPLE} people, {PICTURES} images")
        report.figure("acknowledged submissions", ledger.submissions)
        report.exactly("with locks: images asked about too often", found[0], 0)
        report.at_least("without locks: images asked about too often", found[1], 1)
        report.end()
    finally:
        for server in servers:
            server.end()


def until_idle(labelers):
    """Waits until nobody finds anything to do any more."""
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline and not all(labeler.idle for labeler in labelers):
        time.sleep(0.1)


if __name__ == "__main__":
    main()
