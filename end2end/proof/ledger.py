"""What the server has acknowledged, kept outside of it, and how it compares with what is in the database."""

import csv
import threading
from collections import Counter


class Ledger:
    """Answers by person and candidate. All methods may be called from any thread."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = {}
        self.sizes = {}
        self.acknowledged = {}
        self.submissions = 0
        self.findings = []

    def note_sent(self, person, key, answers):
        with self.lock:
            self.sizes[key] = len(answers)
            for candidate, answer in answers.items():
                self.sent.setdefault((person, candidate), set()).add(answer)

    def note_acknowledged(self, person, answers):
        """The first acknowledgement holds: whatever is said later may not replace it."""
        with self.lock:
            self.submissions += 1
            for candidate, answer in answers.items():
                self.acknowledged.setdefault((person, candidate), answer)

    def knows(self, person, candidates):
        with self.lock:
            return any((person, candidate) in self.acknowledged for candidate in candidates)

    def find(self, finding):
        with self.lock:
            self.findings.append(finding)


def exported(text):
    """Votes of `synvote export votes` as (worker's account number, candidate, answer)."""
    rows = csv.DictReader(text.splitlines())
    return [(int(row["worker"].removeprefix("w")), int(row["task"]), row["first_label"]) for row in rows]


def asked_too_often(votes, most):
    """How many images got more than so many votes. Who is unsure gives none that counts, and somebody else is asked."""
    counted = Counter(candidate for _, candidate, answer in votes if answer != "0.5")
    return sum(number > most for number in counted.values())


def compare(ledger, votes, people):
    """Counts what must not be. People sign up one after the other, so the export's numbers are in the order of theirs."""
    accounts = sorted({account for account, _, _ in votes})
    if len(accounts) != people:
        raise AssertionError(f"{people} people labeled, and {len(accounts)} accounts have votes")
    person_of = dict(zip(accounts, range(1, people + 1)))
    recorded = {}
    for account, candidate, answer in votes:
        recorded.setdefault((person_of[account], candidate), []).append(answer)
    acknowledged = ledger.acknowledged
    return {
        "lost": sum(place not in recorded for place in acknowledged),
        "changed": sum(answer not in recorded[place] for place, answer in acknowledged.items() if place in recorded),
        "doubled": sum(len(answers) - 1 for answers in recorded.values()),
        "never given": sum(not set(answers) <= ledger.sent.get(place, set()) for place, answers in recorded.items()),
    }
