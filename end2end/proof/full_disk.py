"""Fills the disk under the server while people label, gives the space back, and looks at what they were told:   full_disk.py FOLDER

The server's data lie in FOLDER, a small file system of its own.
"""

import os
import re
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from browser import Batch
from labeler import Statuses, start_all, stop_all
from ledger import Ledger, compare, exported
from project import admin_again, prepared
from report import Report
from server import Server, command, probe

PEOPLE, BATCH, PICTURES = 4, 4, 600
# Seconds within which people label again once there is space, and how long the disk stays full.
BACK, FULL = 10, 12
SAYS = "Nothing was recorded; please try again"
READS = ["/", "/synsets", "/synset/n02084071", "/projects", "/project/{}", "/project/{}/settings", "/work"]


def main(folder):
    server = Server()
    server.start()
    try:
        project, browsers = prepared(server.admin_link(), PEOPLE, PICTURES, BATCH)
        admin = admin_again()
        ledger, statuses, process = Ledger(), Statuses(), server.process.pid
        labelers = start_all(browsers, project, ledger, statuses)
        statuses.good.wait(30)
        report = Report("a full disk, and space again")
        while_full(report, folder / "filler", admin, project, statuses)
        (folder / "filler").unlink()
        statuses.good.clear()
        began = time.monotonic()
        statuses.good.wait(60)
        report.at_most("with space again: first acknowledgement or page within", time.monotonic() - began, BACK, "s")
        submissions = ledger.submissions
        while ledger.submissions == submissions and time.monotonic() - began < 60:
            time.sleep(0.05)
        report.at_most("with space again: first acknowledged vote within", time.monotonic() - began, BACK, "s")
        # What it said last holds for a second.
        time.sleep(1.1)
        report.exactly("ready", probe("/readyz", 10), 200)
        stop_all(labelers)
        report.exactly("the same process", server.process.pid if server.process.poll() is None else 0, process)
        server.stop()
        found = compare(ledger, exported(command("export", "votes")), PEOPLE)
        others = {status: number for status, number in statuses.counts.items() if status not in (200, 503)}
        report.exactly("answers other than 200 and 503", str(others or "none"), "none")
        report.exactly("lost, changed or doubled votes", found["lost"] + found["changed"] + found["doubled"], 0)
        report.figure("acknowledged votes", len(ledger.acknowledged))
        report.end(ledger.findings)
    finally:
        server.end()


def while_full(report, filler, admin, project, statuses):
    fill(filler)
    before, deadline = statuses.counts[503], time.monotonic() + 30
    while statuses.counts[503] == before and time.monotonic() < deadline:
        fill(filler)
        time.sleep(0.1)
    reads = refused = 0
    deadline = time.monotonic() + FULL
    while time.monotonic() < deadline:
        fill(filler)
        for path in READS:
            reads += 1
            refused += admin.get(path.format(project)).status != 200
        time.sleep(0.5)
    page = without_script(admin, f"/label/{project}")
    report.at_least("while full: submissions and batches refused with 503", statuses.counts[503] - before, 1)
    report.hold("while full: what a form without script is told", SAYS if SAYS in page else page[:200], SAYS, SAYS in page)
    report.exactly("while full: alive", probe("/healthz", 10), 200)
    report.exactly("while full: ready", probe("/readyz", 10), 503)
    report.exactly(f"while full: of {reads} pages read, refused", refused, 0)


def without_script(browser, path):
    """What is said to answers that are sent as a form, or already to asking for a page (leasing is a small write, and may succeed)."""
    page = browser.get(path)
    batch = Batch.of_page(page.text)
    if batch is not None:
        answers = {candidate: "1" for candidate in batch.candidates}
        sent = urlsplit(browser.post_from(path, "/api/submit_votes", batch.fields(answers)).location)
        page = browser.get(f"{sent.path}?{sent.query}")
    return " ".join(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page.text, flags=re.DOTALL).split())


def fill(filler):
    """Takes all the space that there is."""
    with open(filler, "ab", buffering=0) as file:
        for size in (1 << 20, 1 << 16, 1 << 12):
            try:
                while True:
                    os.write(file.fileno(), bytes(size))
            except OSError:
                continue


if __name__ == "__main__":
    main(Path(sys.argv[1]))
