"""The reader of traces tells who synced before the answer from who did not."""

import unittest

from tracing import Trace

WAL = "</data/synvote.db-wal>"
ASKED = '7 recvfrom(11<socket:[1]>, "POST /api/submit_votes HTTP/1.1"..., 8192, 0, NULL, NULL) = 900'
WRITTEN = f"8 pwrite64(12{WAL}, \"\"..., 4120, 32) = 4120"
SYNCED = f"8 fdatasync(12{WAL}) = 0"
ANSWERED = '7 sendto(11<socket:[1]>, "HTTP/1.1 200 OK"..., 700, MSG_NOSIGNAL, NULL, 0) = 700'


def counted(*lines):
    trace = Trace("db-wal>").read(lines)
    return trace.acknowledged, trace.synced


class Traces(unittest.TestCase):
    def test_written_synced_and_then_answered_is_right(self):
        self.assertEqual(counted(ASKED, WRITTEN, SYNCED, ANSWERED), (1, 1))

    def test_an_answer_before_the_sync_is_found(self):
        self.assertEqual(counted(ASKED, WRITTEN, ANSWERED, SYNCED), (1, 0))

    def test_what_is_written_after_the_last_sync_is_not_synced(self):
        self.assertEqual(counted(ASKED, WRITTEN, SYNCED, WRITTEN, ANSWERED), (1, 0))

    def test_a_sync_of_something_else_or_that_failed_does_not_count(self):
        self.assertEqual(counted(ASKED, WRITTEN, "8 fdatasync(13</data/other>) = 0", ANSWERED), (1, 0))
        self.assertEqual(counted(ASKED, WRITTEN, f"8 fdatasync(12{WAL}) = -1 EIO (Input/output error)", ANSWERED), (1, 0))
        self.assertEqual(counted(SYNCED, ASKED, ANSWERED), (1, 0))

    def test_a_sync_that_is_still_going_on_when_the_answer_leaves_is_too_late(self):
        begun, done = f"8 fdatasync(12{WAL} <unfinished ...>", "8 <... fdatasync resumed>) = 0"
        self.assertEqual(counted(ASKED, WRITTEN, begun, ANSWERED, done), (1, 0))
        self.assertEqual(counted(ASKED, WRITTEN, begun, done, ANSWERED), (1, 1))

    def test_a_request_that_is_read_in_two_steps_is_known(self):
        begun = "7 recvfrom(11<socket:[1]>,  <unfinished ...>"
        done = '7 <... recvfrom resumed>"POST /api/submit_votes HTTP/1.1"..., 8192, 0, NULL, NULL) = 900'
        self.assertEqual(counted(begun, done, WRITTEN, SYNCED, ANSWERED), (1, 1))

    def test_other_answers_are_not_counted(self):
        self.assertEqual(counted(WRITTEN, ANSWERED), (0, 0))


if __name__ == "__main__":
    unittest.main()
