"""Sets the server's clock back by an hour while people label, and forward again: no lease and no session goes wrong.   clock.py

The server runs under libfaketime, which reads the offset from a file; CLOCK_LIBRARY names the library.
"""

import os
import time

from browser import Batch, Browser
from labeler import Statuses, start_all, stop_all
from ledger import Ledger, asked_too_often, compare, exported
from project import PASSWORD, admin_again, prepared
from report import Report
from server import LOGS, URL, Server, command

PEOPLE, PATIENT, BATCH, PICTURES = 16, 2, 12, 1_000
# Votes that an image may get: fewer than there are people, so that leases decide who is asked.
VOTES = 10
OFFSET = LOGS / "clock-offset"


def main():
    # By the server's clock it has been running for two hours when people come.
    set_clock("-7200")
    server = Server()
    server.start(
        {
            "LD_PRELOAD": os.environ["CLOCK_LIBRARY"],
            "FAKETIME_TIMESTAMP_FILE": str(OFFSET),
            "FAKETIME_NO_CACHE": "1",
            # Only the clock on the wall goes wrong; what measures spans of time does not.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
    )
    try:
        set_clock("+0")
        project, browsers = prepared(server.admin_link(), PEOPLE, PICTURES, BATCH, votes=VOTES)
        ledger, statuses = Ledger(), Statuses()
        report = Report("the clock set back by an hour, and forward again")
        admin = admin_again()
        holder, late = browsers[:PATIENT]
        before = Batch.of_page(holder.get(f"/label/{project}").need(200).text)
        labelers = start_all(browsers[PATIENT:], project, ledger, statuses, pause=0.3, first=PATIENT + 1)
        time.sleep(2)
        set_clock("-3600")
        time.sleep(3)
        report.exactly("the server's clock", f"{server_clock():+d} min", "-60 min")
        holding(report, holder, before, project, ledger)
        doors(report)
        taken = Batch.of_page(late.get(f"/label/{project}").need(200).text)
        time.sleep(2)
        csv = admin.get(f"/project/{project}/votes.csv").need(200).text
        report.exactly("set back: images asked about too often", asked_too_often(exported(csv), VOTES), 0)
        set_clock("+0")
        time.sleep(2)
        submit(report, "forward again: a page taken an hour before", late, PATIENT, taken, ledger)
        report.exactly("forward again: still signed in", late.get("/work").status, 200)
        stop_all(labelers)
        server.stop()
        votes = exported(command("export", "votes"))
        found = compare(ledger, votes, PEOPLE)
        others = {status: number for status, number in statuses.counts.items() if status != 200}
        report.exactly("answers to people other than 200", str(others or "none"), "none")
        # For leases that were taken meanwhile an hour has passed: they are over, as they would be after a pause of an hour.
        report.figure("forward again: images asked about too often", asked_too_often(votes, VOTES))
        report.exactly("lost, changed or doubled votes", found["lost"] + found["changed"] + found["doubled"], 0)
        report.exactly("other findings", len(ledger.findings), 0)
        report.end(ledger.findings)
    finally:
        server.end()


def set_clock(offset):
    """In one step: the server may read it at any moment."""
    whole = OFFSET.with_suffix(".new")
    whole.write_text(offset + "\n")
    whole.replace(OFFSET)


def server_clock():
    """By how many minutes the newest line of the server's log is off."""
    text = (LOGS / "server.log").read_text().splitlines()[-1][:19]
    return round((time.mktime(time.strptime(text, "%Y-%m-%dT%H:%M:%S")) - time.timezone - time.time()) / 60)


def holding(report, holder, before, project, ledger):
    """Somebody who had a page open finds it again, and can answer it."""
    again = Batch.of_page(holder.get(f"/label/{project}").need(200).text)
    same = again is not None and again.assignment == before.assignment
    report.exactly("set back: the open page", "the same" if same else "another", "the same")
    submit(report, "set back: its answers", holder, 1, before, ledger)


def submit(report, what, browser, person, batch, ledger):
    answers = {candidate: "1" for candidate in batch.candidates}
    ledger.note_sent(person, batch.key, answers)
    answer = browser.post("/api/submit_votes", batch.fields(answers))
    report.exactly(f"{what}, status", answer.status, 200)
    if answer.status == 200:
        report.exactly(f"{what}, recorded", answer.json()["recorded"], len(answers))
        ledger.note_acknowledged(person, answers)


def doors(report):
    """Signing in where people had signed in before, and signing up, work as ever."""
    again = Browser(URL, 1)
    answer = again.post("/api/sign_in", {"name": "proof-01", "password": PASSWORD})
    report.exactly("set back: signing in", answer.status, 200)
    report.exactly("set back: and staying so", again.get("/work").status, 200)
    new = Browser(URL, PEOPLE + 1)
    report.exactly("set back: signing up", new.post("/api/sign_up", {"name": "proof-new", "password": PASSWORD}).status, 200)


if __name__ == "__main__":
    main()
