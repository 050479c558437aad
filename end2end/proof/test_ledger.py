"""The comparison finds what it is there to find: python3 -m unittest"""

import unittest

from ledger import Ledger, asked_too_often, compare, exported

NOTHING = {"lost": 0, "changed": 0, "doubled": 0, "never given": 0}


def compared(votes):
    """Two people, four answers, of which the last one got no acknowledgement."""
    ledger = Ledger()
    ledger.note_sent(1, "page-1", {7: "1", 8: "0"})
    ledger.note_acknowledged(1, {7: "1", 8: "0"})
    ledger.note_sent(2, "page-2", {7: "0"})
    ledger.note_acknowledged(2, {7: "0"})
    ledger.note_sent(2, "page-3", {8: "0.5"})
    return compare(ledger, votes, 2)


class Comparison(unittest.TestCase):
    honest = [(12, 7, "1"), (12, 8, "0"), (13, 7, "0")]

    def test_what_is_recorded_as_it_was_acknowledged_is_no_finding(self):
        self.assertEqual(compared(self.honest), NOTHING)
        self.assertEqual(compared([*self.honest, (13, 8, "0.5")]), NOTHING, "recorded, and its answer got lost on the way")

    def test_a_lost_vote_is_found(self):
        self.assertEqual(compared([(12, 7, "1"), (13, 7, "0")]), {**NOTHING, "lost": 1})

    def test_a_changed_vote_is_found(self):
        self.assertEqual(compared([(12, 7, "0"), *self.honest[1:]]), {**NOTHING, "changed": 1, "never given": 1})

    def test_a_doubled_vote_is_found(self):
        self.assertEqual(compared([*self.honest, (13, 7, "0")]), {**NOTHING, "doubled": 1})

    def test_an_invented_vote_is_found(self):
        self.assertEqual(compared([*self.honest, (13, 9, "1")]), {**NOTHING, "never given": 1})

    def test_a_person_without_votes_is_not_taken_for_another(self):
        with self.assertRaises(AssertionError):
            compared([(12, 7, "1")])

    def test_an_acknowledgement_can_not_be_taken_back(self):
        ledger = Ledger()
        ledger.note_acknowledged(1, {7: "1"})
        ledger.note_acknowledged(1, {7: "0"})
        self.assertEqual(ledger.acknowledged, {(1, 7): "1"})

    def test_who_is_asked_too_often_is_counted_without_the_unsure(self):
        self.assertEqual(asked_too_often([(1, 7, "1"), (2, 7, "0"), (3, 7, "0.5"), (1, 8, "1")], 2), 0)
        self.assertEqual(asked_too_often([(1, 7, "1"), (2, 7, "0"), (3, 7, "1"), (1, 8, "1")], 2), 1)

    def test_an_export_is_read_by_what_was_said_first(self):
        text = "task,worker,label,first_label\n7,w12,0,1\n"
        self.assertEqual(exported(text), [(12, 7, "1")])


if __name__ == "__main__":
    unittest.main()
