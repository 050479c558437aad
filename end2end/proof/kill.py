"""Kills the server at random moments while people label, and compares what was acknowledged with what is recorded.

kill.py [KILLS]     READY_WITHIN: the seconds within which a restarted server must be ready (2)

Afterwards the same is done to a server that acknowledges before the commit: a proof that could not convict it would prove nothing.
"""

import os
import random
import sys
import time

import hasty
from labeler import start_all, stop_all
from ledger import Ledger, compare, exported
from project import prepared
from report import Report, quantile
from server import Server, command

PEOPLE, BATCH = 16, 36
# Submissions that are acknowledged between two kills, at most, and on average with those that were under way.
APART, SUBMISSIONS = 20, 16
HASTY_KILLS = 5
# So long may nothing be acknowledged before the server counts as stuck.
STUCK = 60


def main(kills):
    ready_within = float(os.environ.get("READY_WITHIN", "2"))
    # Everybody is asked about each picture once.
    pictures = max(250, (kills + HASTY_KILLS) * SUBMISSIONS * BATCH // PEOPLE)
    server, chance = Server(), random.Random()
    server.start()
    try:
        project, browsers = prepared(server.admin_link(), PEOPLE, pictures, BATCH)
        ledger = Ledger()
        work = pictures * PEOPLE // BATCH
        ready, seconds = killed(server, browsers, project, ledger, kills, work * kills // (kills + HASTY_KILLS), chance)
        votes, verified = recorded(server)
        found = compare(ledger, votes, PEOPLE)
        report = Report(f"{kills} kills, {PEOPLE} people, {os.environ['SYNVOTE_ENGINE']}")
        report.figure("time", seconds, "s")
        report.figure("acknowledged votes", len(ledger.acknowledged))
        for what, number in found.items():
            report.exactly(f"{what} of them" if what != "never given" else "recorded but never given", number, 0)
        report.exactly("other findings", len(ledger.findings), 0)
        report.exactly("`synvote verify`", verified, "everything agrees")
        report.figure("ready again: half within", quantile(ready, 0.5), "s")
        report.figure("ready again: 90 % within", quantile(ready, 0.9), "s")
        report.at_most("ready again: all within", max(ready), ready_within, "s")
        hold_the_hasty_one(server, browsers, project, work - ledger.submissions, chance, report)
        report.end(ledger.findings)
    finally:
        server.end()


def killed(server, browsers, project, ledger, kills, work, chance):
    """Lets people label while the server is killed again and again; returns the seconds until it was ready, each time.

    `work` is the number of submissions that there are to make: where machines are fast, kills follow sooner.
    """
    began, ready = time.monotonic(), []
    labelers = start_all(browsers, project, ledger)
    for number in range(kills):
        share = (work - 2 * PEOPLE - ledger.submissions) / (kills - number)
        apart = max(1, min(APART, int(2 * share) - SUBMISSIONS + APART // 5))
        wait_for(ledger, ledger.submissions + chance.randint(1, apart), labelers)
        time.sleep(chance.uniform(0, 0.03))
        server.kill()
        ready.append(server.start())
        if (number + 1) % 25 == 0:
            print(f"{number + 1} kills, {len(ledger.acknowledged):,} votes acknowledged", file=sys.stderr, flush=True)
    stop_all(labelers)
    return ready, time.monotonic() - began


def wait_for(ledger, submissions, labelers):
    quiet_since, seen = time.monotonic(), ledger.submissions
    while ledger.submissions < submissions:
        if ledger.submissions != seen:
            quiet_since, seen = time.monotonic(), ledger.submissions
        if all(labeler.idle for labeler in labelers):
            raise AssertionError("there was nothing left to label before the last kill")
        if time.monotonic() - quiet_since > STUCK:
            raise AssertionError(f"nothing was acknowledged for {STUCK} s: {ledger.findings[:3]}")
        time.sleep(0.002)


def recorded(server):
    """The votes in the database and whether all agrees, as the program itself reads them; SQLite takes one process at a time."""
    server.stop()
    votes, verified = exported(command("export", "votes")), command("verify")
    server.start()
    return votes, verified.rsplit(": ", 1)[-1].rstrip(".")


def hold_the_hasty_one(server, browsers, project, work, chance, report):
    ledger = Ledger()
    proxy = hasty.started(ledger.sizes)
    for browser in browsers:
        browser.leave()
        browser.address = proxy.server_address
    killed(server, browsers, project, ledger, HASTY_KILLS, work, chance)
    proxy.shutdown()
    found = compare(ledger, recorded(server)[0], PEOPLE)
    report.at_least(f"convicts a hasty server, votes lost or changed in {HASTY_KILLS} kills", found["lost"] + found["changed"], 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
