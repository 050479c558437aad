"""People who answer batch after batch by chance, and note what is acknowledged. Some hang up; all send again what got no answer."""

import random
import threading
import time
from collections import Counter

from browser import Batch, NoAnswer

# Of so many submissions one is first sent by somebody who hangs up.
ONE_HANGS_UP_IN = 10


class Labeler(threading.Thread):
    """Labels until told to stop, then brings the submission at hand to its end."""

    def __init__(self, person, browser, project, ledger, statuses=None, pause=0.0):
        super().__init__(daemon=True)
        self.person = person
        self.browser = browser
        self.page = f"/label/{project}"
        self.ledger = ledger
        self.statuses = statuses or Statuses()
        self.pause = pause
        self.chance = random.Random(person)
        self.stopping = threading.Event()
        self.idle = False

    def run(self):
        try:
            batch = None
            while not self.stopping.is_set():
                batch = self.answer(batch or self.open_page())
                self.stopping.wait(self.pause)
        except Exception as error:
            self.ledger.find(f"person {self.person} gave up: {type(error).__name__} {error}")

    def open_page(self):
        """The batch on the labeling page; None when there is none, or no answer."""
        answer = self.once(lambda: self.browser.get(self.page))
        if answer is None:
            return None
        batch = Batch.of_page(answer.text)
        self.idle = batch is None
        return batch

    def answer(self, batch):
        """Answers a batch, however often it takes; returns the next one, where the receipt holds it."""
        if batch is None:
            self.stopping.wait(0.1)
            return None
        if self.ledger.knows(self.person, batch.candidates):
            self.ledger.find(f"person {self.person} was asked again what had been acknowledged")
        answers = {candidate: self.chance.choices(["1", "0", "0.5"], [30, 65, 5])[0] for candidate in batch.candidates}
        self.ledger.note_sent(self.person, batch.key, answers)
        if self.chance.randrange(ONE_HANGS_UP_IN) == 0:
            wait = self.chance.uniform(0, 0.03)
            self.browser.post_and_hang_up("/api/submit_votes", batch.fields(answers), lambda: time.sleep(wait))
        while True:
            answer = self.once(lambda: self.browser.post("/api/submit_votes", batch.fields(answers)))
            if answer is not None:
                break
        receipt = answer.json()
        if receipt["recorded"] != len(answers):
            self.ledger.find(f"person {self.person} gave {len(answers)} answers, {receipt['recorded']} were recorded")
        self.ledger.note_acknowledged(self.person, answers)
        return Batch.of_receipt(receipt)

    def once(self, ask):
        """The answer, if it is 200. Silence and a busy server are waited for; anything else is a finding, and the end."""
        began = time.monotonic()
        try:
            answer = ask()
        except NoAnswer as silence:
            self.statuses.note(f"none: {str(silence).split(': ', 1)[1].split()[0]}", time.monotonic() - began)
            time.sleep(0.02)
            return None
        self.statuses.note(answer.status, time.monotonic() - began)
        if answer.status == 200:
            return answer
        if answer.status in (429, 503):
            time.sleep(0.1)
            return None
        raise AssertionError(f"{answer.asked} answered {answer.status}: {answer.text[:200]}")


class Statuses:
    """Answers of all people by status, the longest wait, and when the last good one came."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = Counter()
        self.waits = []
        self.last_good = 0.0
        self.good = threading.Event()

    def clear(self):
        with self.lock:
            self.counts.clear()
            self.waits.clear()

    def note(self, status, seconds):
        with self.lock:
            self.counts[status] += 1
            self.waits.append(seconds)
            if status == 200:
                self.last_good = time.monotonic()
                self.good.set()


def start_all(browsers, project, ledger, statuses=None, pause=0.0, first=1):
    labelers = [Labeler(number, browser, project, ledger, statuses, pause) for number, browser in enumerate(browsers, first)]
    for labeler in labelers:
        labeler.start()
    return labelers


def stop_all(labelers, seconds=60):
    """Everybody ends what is at hand. Whoever can't is a finding."""
    for labeler in labelers:
        labeler.stopping.set()
    deadline = time.monotonic() + seconds
    for labeler in labelers:
        labeler.join(max(0, deadline - time.monotonic()))
        if labeler.is_alive():
            labeler.ledger.find(f"person {labeler.person} got no answer within {seconds} s")
