"""Reads what strace wrote and says of each acknowledged submission whether the database's log had been synced before."""

import re

WRITES = ("pwrite64", "pwritev", "write", "writev")
SENDS = ("write", "writev", "sendto", "sendmsg")
READS = ("read", "readv", "recvfrom", "recvmsg")
SYNCS = ("fsync", "fdatasync")
CALLS = sorted({*WRITES, *SENDS, *READS, *SYNCS})

LINE = re.compile(r"^(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$")


class Trace:
    """One client at a time: whatever is synced between a request and its answer was synced for it.

    A call that others came in between of stands on two lines: what it does counts as begun on the first and as done on the second.
    """

    def __init__(self, log):
        self.log = log
        self.acknowledged = 0
        self.synced = 0
        self.begun = {}
        # None: nobody has asked. Then, in this order: asked, written, synced.
        self.state = None

    def read(self, lines):
        for line in lines:
            match = LINE.match(line)
            if match:
                process, resumed, call, rest = match.groups()
                self.line(process, resumed or call, rest, resumed is not None)
        return self

    def line(self, process, call, rest, is_resumed):
        is_unfinished = rest.endswith("<unfinished ...>")
        text = self.begun.pop(process, "") + rest if is_resumed else rest
        if is_unfinished:
            self.begun[process] = rest.removesuffix("<unfinished ...>")
        if not is_resumed and call in SENDS and '"HTTP/1.1 200' in text:
            self.answered()
        elif not is_resumed and call in WRITES and self.log in text and self.state:
            self.state = "written"
        elif not is_unfinished and call in SYNCS and self.log in text and text.rstrip().endswith("= 0"):
            self.state = "synced" if self.state == "written" else self.state
        elif not is_unfinished and call in READS and '"POST /api/submit_votes' in text:
            self.state = "asked"

    def answered(self):
        if self.state:
            self.acknowledged += 1
            self.synced += self.state == "synced"
        self.state = None
